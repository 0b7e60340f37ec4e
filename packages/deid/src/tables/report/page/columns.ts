import type { ReportColumn, RiskReport } from '../../format/risk-report.ts'
import { chosen, counted, fraction } from '../numbers.ts'
import { at, rect } from './chart.ts'
import { html, type Markup, named } from './markup.ts'
import { methodName } from './method.ts'
import { table } from './table.ts'

/** The number beside it says the same, so the bar is for the eye alone. */
const bar = (loss: number): Markup =>
  html`<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${rect('track', 0, 0, 100, 8)}${rect('after', 0, 0, at(100 * Math.min(1, Math.max(0, loss))), 8)}</svg>`

const lossOf = (losses: Readonly<Record<string, number>>, name: string): string =>
  Object.hasOwn(losses, name) ? fraction(losses[name] ?? Number.NaN) : '–'

/** What each quasi-identifier lost, in the release and in the solutions that were not chosen. */
export const lossSection = ({ columns, utility, alternatives }: RiskReport): Markup => {
  const quasi = columns.filter(({ loss }) => loss !== null)
  if (quasi.length === 0) return html`<p>No column was generalised by a search.</p>`
  const others = alternatives.filter(({ released }) => !released)
  const weighted = quasi.some(({ weight }) => weight !== 1)
  return html`
<p>0 is a column that is as it was, 1 one that tells nothing: the mean over all cells of the source of how much of the column's domain a label covers. A suppressed cell counts 1.${weighted ? ' The loss of all is weighted by column.' : ''}</p>
${table({
  caption: 'Loss of each quasi-identifier',
  heads: [
    { head: 'Quasi-identifier' },
    ...(weighted ? [{ head: 'Weight', number: true }] : []),
    { head: 'Released', number: true },
    { head: html`<span class="dim">0 to 1</span>` },
    ...others.map(({ method }) => ({ head: methodName(method), number: true })),
  ],
  rows: [
    ...quasi.map(({ name, loss, weight }) => ({
      cells: [
        named(name),
        ...(weighted ? [chosen(weight)] : []),
        fraction(loss ?? 0),
        html`<div class="bar">${bar(loss ?? 0)}</div>`,
        ...others.map(({ utility: { lossByColumn } }) => lossOf(lossByColumn, name)),
      ],
    })),
    {
      released: true,
      cells: [
        'All',
        ...(weighted ? [''] : []),
        fraction(utility.loss),
        html`<div class="bar">${bar(utility.loss)}</div>`,
        ...others.map(({ utility: { loss } }) => fraction(loss)),
      ],
    },
  ],
})}`
}

const ROLES: Readonly<Record<ReportColumn['role'], string>> = {
  patient: 'patient',
  identifier: 'identifier',
  'quasi-identifier': 'quasi-identifier',
  sensitive: 'sensitive',
  insensitive: 'insensitive',
  text: 'free text',
}

/** Every released column, and what was done to it. */
export const columnsSection = ({ columns, columnsLeftOut }: RiskReport): Markup => html`
<p>${columnsLeftOut === 0 ? 'Every column of the source is in the release.' : `${counted(columnsLeftOut, 'column')} of the source ${columnsLeftOut === 1 ? 'is' : 'are'} left out.`}</p>
${table({
  caption: 'Released columns',
  heads: [
    { head: 'Column' },
    { head: 'Role' },
    { head: 'Content' },
    { head: 'Identifier category' },
    { head: 'What was done' },
  ],
  rows: columns.map(({ name, role, content, category, done }) => ({
    cells: [
      named(name),
      ROLES[role],
      content,
      category === null ? 'none' : html`${category.title}<br/><span class="dim">${category.citation}</span>`,
      done,
    ],
  })),
})}`
