import type { Page } from 'playwright-core'

/* What must not stand on any page: words of the wire, values that are none, two names of one thing. */

/** English, or names of things that are written so; each is what a person calls it. */
const WORDS = new Set([
  // How English is written.
  ...['break-glass', 'de-identified', 'e-mail', 'follow-up', 'sign-in', 'sign-ins', 'clean-up', 'build-up'],
  // Units of measurement.
  ...['KiB', 'MiB', 'GiB', 'dL', 'mIU', 'mmHg', 'mL', 'mmol', 'kPa'],
  // Names of systems of a computer.
  ...['macOS', 'iOS'],
])

/** Names of people, of the log as its checkpoints have it, and of what the made-up patients' records cite. */
const NAMES = /^(?:Mc|Mac|O)[A-Z]|\.(?:invalid|example|localhost)$|^example\.org$/

/** Not plural, though it ends so. */
const ONE = new Set(['is', 'was', 'has', 'does', 'needs', 'waits', 'as', 'minus', 'this', 'its'])

interface Rule {
  readonly name: string
  readonly pattern: RegExp
  /** What is found and may stand there. */
  readonly but?: (found: string) => boolean
}

const NOWHERE: readonly Rule[] = [
  { name: 'a value that is none', pattern: /\b(?:undefined|NaN|Invalid Date)\b|\[object|\bnull\b/g },
]

const ANYWHERE: readonly Rule[] = [
  { name: 'a whole id', pattern: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]*/g },
  { name: 'a date of the wire', pattern: /\b\d{4}-\d{2}(?:-\d{2})?(?:T[\d:.]+Z?)?\b/g },
]

const IN_WORDS: readonly Rule[] = [
  {
    name: 'a word of the wire',
    pattern: /(?<![@.\w-])(?:[a-z]+(?:[-_.][a-z0-9]+)+|[A-Za-z]*[a-z][A-Z][A-Za-z]*)(?![@\w-]|\.\w)/g,
    but: (found) => WORDS.has(found) || NAMES.test(found),
  },
  { name: 'one of many', pattern: /(?<![\d.,:])\b1 [a-z]+s\b/g, but: (found) => ONE.has(found.slice(2)) },
  {
    name: 'many of one',
    pattern:
      /(?<![\d.,:])\b(?:0|[2-9]|\d{2,}|\d,\d{3}) (?:patient|user|entry|record|export|request|role|field|session|day|hour|minute|account|approval|person|file|observation|access)\b(?! id)/g,
  },
  {
    name: 'another name of one thing',
    pattern:
      /\bsafe harbor\b|Safe harbor|\b72 ?h(?:ours)?\b|\bWait(?:ing|s)? for (?:a )?(?:second person|approval)\b|\b[Pp]ending approval\b|\b[Ll]og ?(?:in|out)\b|\b[Ee]mail\b|\b2FA\b|\bZIP3\b|\bzip3\b/g,
    but: (found) => found === 'Waits for approval',
  },
]

interface Texts {
  /** All that is seen. */
  readonly all: string
  /** Without what is shown as code, or as it was sent. */
  readonly words: string
  /** Names for people who hear the page, and what fields say before they are filled. */
  readonly names: string
  /** Of what is not shown as code. */
  readonly namesOfWords: string
  readonly titles: string
}

/** What is made to be printed names its entries whole: nobody can press paper. */
const PAPER = /\/accesses(?:\?|$)/

const textsOf = (page: Page): Promise<Texts> =>
  page.evaluate(() => {
    const read = (node: Node, skipped: string | null): string => {
      if (node instanceof Text) return node.data
      if (!(node instanceof HTMLElement) || !node.checkVisibility({ visibilityProperty: true })) return ''
      if (node.matches('script, style, noscript') || (skipped !== null && node.matches(skipped))) return ' … '
      if (node instanceof HTMLInputElement)
        return node.getAttribute('role') === 'combobox' || node.readOnly ? `\n${node.value}\n` : '\n'
      const text = [...node.childNodes].map((child) => read(child, skipped)).join('')
      return getComputedStyle(node).display.startsWith('inline') && !node.matches('dt, dd')
        ? text
        : `\n${text}\n`
    }
    const HEARD = ['aria-label', 'aria-description', 'aria-roledescription', 'placeholder', 'alt']
    const attributes = (names: readonly string[], but = ''): string =>
      names
        .flatMap((name) =>
          [...document.body.querySelectorAll(`[${name}]${but}`)].map((one) => one.getAttribute(name) ?? ''),
        )
        .join('\n')
    return {
      all: read(document.body, 'pre'),
      words: read(document.body, 'pre, code'),
      names: attributes(HEARD),
      namesOfWords: attributes(HEARD, ':not(:has(code))'),
      titles: attributes(['title']),
    }
  })

/** A key as auditors have it (C2SP signed-note): its last part is chance, and reads like anything. */
const VERIFIER_KEY = /\S+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+/g

const findingsIn = (text: string, rules: readonly Rule[]): string[] =>
  rules.flatMap(({ name, pattern, but }) =>
    [...new Set(text.match(pattern))]
      .filter((found) => but?.(found) !== true)
      .map((found) => {
        const at = text.indexOf(found)
        const around = text.slice(Math.max(0, at - 40), at + found.length + 40).replaceAll(/\s+/g, ' ')
        return `${name}: “${found}” in “${around}”`
      }),
  )

/** What of a page's texts should not be there. */
export const strayTexts = async (page: Page): Promise<string[]> => {
  const { all, words, names, namesOfWords, titles } = await textsOf(page)
  return [
    ...findingsIn([all, names, titles].join('\n'), NOWHERE),
    ...(PAPER.test(page.url()) ? [] : findingsIn([all, names].join('\n'), ANYWHERE)),
    ...findingsIn([words, namesOfWords].join('\n').replaceAll(VERIFIER_KEY, 'a key'), IN_WORDS),
  ]
}
