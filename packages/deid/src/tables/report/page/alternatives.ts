import type { RiskReport } from '../../format/risk-report.ts'
import { count, counted, fraction, measured, share } from '../numbers.ts'
import { frontierChart } from './frontier-chart.ts'
import { html, type Markup } from './markup.ts'
import { methodName, proofName } from './method.ts'
import { type Row, table } from './table.ts'

type Found = RiskReport['alternatives'][number]

const METRICS: Readonly<Record<RiskReport['metric'], string>> = {
  loss: 'loss',
  discernibility: 'discernibility',
  'average-class': 'average class',
  'non-uniform-entropy': 'non-uniform entropy',
}

const row = (
  { method, released, proof, utility, metrics, suppressedRows, risks }: Found,
  index: number,
): Row => ({
  released,
  cells: [
    html`${index + 1}. ${methodName(method)}${released ? html` <span class="tag">released</span>` : null}<br/><span class="dim">${proofName(proof)}</span>`,
    fraction(utility.loss),
    fraction(metrics['non-uniform-entropy']),
    count(metrics.discernibility),
    measured(metrics['average-class']),
    count(suppressedRows),
    count(risks.classes),
    count(risks.smallestClass),
    share(risks.prosecutor),
    share(risks.marketer),
  ],
})

/** What the searches found, side by side: a table, and the picture of risk against loss. */
export const alternativesSection = (report: RiskReport): Markup => html`
<p>${counted(report.alternatives.length, 'search', 'searches')} ran, and each solution keeps every model. The plan chooses by ${METRICS[report.metric]}; of every metric less is better.</p>
${table({
  caption: 'The solutions side by side',
  heads: [
    { head: 'Search' },
    { head: 'Loss', number: true },
    { head: 'Non-uniform entropy', number: true },
    { head: 'Discernibility', number: true },
    { head: 'Average class, rows', number: true },
    { head: 'Rows suppressed', number: true },
    { head: 'Classes', number: true },
    { head: 'Smallest class', number: true },
    { head: 'Highest risk', number: true },
    { head: 'Average risk', number: true },
  ],
  rows: report.alternatives.map(row),
})}
${frontierChart(report)}`
