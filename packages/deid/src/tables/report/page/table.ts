import { html, type Markup, type Part } from './markup.ts'

export interface Head {
  readonly head: Part
  readonly number?: boolean
}

export interface Row {
  /** The first names the row. */
  readonly cells: readonly Part[]
  readonly released?: boolean
}

interface Table {
  readonly caption: string
  readonly heads: readonly Head[]
  readonly rows: readonly Row[]
}

const cell = (part: Part, at: number, heads: readonly Head[]): Markup => {
  const number = heads[at]?.number === true ? html` class="number"` : null
  return at === 0 ? html`<th scope="row"${number}>${part}</th>` : html`<td${number}>${part}</td>`
}

/** A table that a keyboard can scroll where it is wider than the page. */
export const table = ({ caption, heads, rows }: Table): Markup => html`
<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
<table>
<caption>${caption}</caption>
<thead><tr>${heads.map(
  ({ head, number }) => html`<th scope="col"${number === true ? html` class="number"` : null}>${head}</th>`,
)}</tr></thead>
<tbody>${rows.map(
  ({ cells, released }) => html`
<tr${released === true ? html` class="released"` : null}>${cells.map((part, at) => cell(part, at, heads))}</tr>`,
)}
</tbody>
</table>
</div>`
