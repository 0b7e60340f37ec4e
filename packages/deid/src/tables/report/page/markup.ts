/**
 * A piece of the page. Only `html` makes one, so that a text becomes markup by being escaped and in no other
 * way.
 */
class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type { Markup }

export type Part = Markup | string | number | null | readonly Part[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/**
 * What HTML 5 does not allow in a text, control characters and noncharacters; and what sets a direction by
 * hand, by which a name could change how the words beside it read.
 */
const FORBIDDEN = /[^\t\n\x20-\x7E\u00A0-\u2029\u202F-\u2065\u206A-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{10FFFF}]/gu

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(FORBIDDEN, '\uFFFD')
    .replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '')

const written = (part: Part): string => {
  if (part === null) return ''
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return escaped(part)
  return 'text' in part ? part.text : part.map(written).join('')
}

/**
 * Markup from a template. Everything in the holes is escaped, for use as text or in a quoted attribute, but
 * for what is markup already; lists are joined, null is left out.
 */
export const html = (template: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(template.map((text, at) => text + written(parts[at] ?? null)).join(''))

/** A name or a label of the data: its direction is its own, and what stands beside it stays where it is. */
export const named = (text: string): Markup => html`<bdi>${text}</bdi>`
