import { html, type Markup, type Part } from './markup.ts'

interface Chart {
  /** Of the page, for its title and description. */
  readonly id: string
  readonly title: string
  /** What the picture shows, for those who do not see it; the table beside it has the figures. */
  readonly said: string
  readonly width: number
  readonly height: number
  readonly parts: readonly Part[]
  readonly legend?: Part
}

/** A picture with its name, its description and its legend. */
export const chart = ({ id, title, said, width, height, parts, legend = null }: Chart): Markup => html`
<figure class="chart">
<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-said">
<title id="${id}-title">${title}</title>
<desc id="${id}-said">${said}</desc>${parts}
</svg>
<figcaption>${legend}</figcaption>
</figure>`

/** A coordinate, to a hundredth: no longer, and the same on every machine. */
export const at = (value: number): number => Math.round(100 * value) / 100

export const line = (kind: string, x1: number, y1: number, x2: number, y2: number): Markup =>
  html`
<line class="${kind}" x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}"/>`

export const dot = (kind: string, x: number, y: number, radius: number): Markup =>
  html`
<circle class="${kind}" cx="${at(x)}" cy="${at(y)}" r="${radius}"/>`

export const rect = (kind: string, x: number, y: number, width: number, height: number): Markup =>
  html`
<rect class="${kind}" x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}"/>`

export const text = (
  x: number,
  y: number,
  words: string,
  { anchor = 'start', kind = '' }: { anchor?: 'start' | 'middle' | 'end'; kind?: string } = {},
): Markup =>
  html`
<text class="${kind}" x="${at(x)}" y="${at(y)}" text-anchor="${anchor}">${words}</text>`

/** A sample of a mark of a chart, for its legend. Beside its words, so it says nothing itself. */
export const sample = (part: Markup): Markup =>
  html`<svg class="sample" viewBox="0 0 16 12" aria-hidden="true">${part}</svg>`

const STEPS = [1, 2, 2.5, 5, 10]

/** Round steps from 0 to `greatest` or a little more: 4 to 6 of them. */
export const ticksTo = (greatest: number): readonly number[] => {
  if (!(greatest > 0)) return [0, 1]
  const scale = 10 ** Math.floor(Math.log10(greatest / 5))
  const step = (STEPS.find((candidate) => candidate * scale * 5 >= greatest) ?? 10) * scale
  return Array.from({ length: Math.ceil(greatest / step - 1e-9) + 1 }, (_, index) => index * step)
}
