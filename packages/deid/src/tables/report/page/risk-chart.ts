import type { RiskReport } from '../../format/risk-report.ts'
import type { Risks } from '../../format/table-release.ts'
import { chosenShare, share } from '../numbers.ts'
import { chart, dot, line, sample, text } from './chart.ts'
import { html, type Markup } from './markup.ts'
import { table } from './table.ts'

interface Measure {
  readonly name: string
  readonly said: string | null
  readonly before: number
  readonly after: number
}

const atRisk = ({ atRisk: shares }: Risks, threshold: string): number =>
  Object.hasOwn(shares, threshold) ? (shares[threshold] ?? 0) : 0

const measuresOf = ({ risks: { before, after, journalist } }: RiskReport): readonly Measure[] => [
  {
    name: 'Highest risk',
    said: 'Prosecutor: of a patient known to be in the data',
    before: before.prosecutor,
    after: after.prosecutor,
  },
  ...(journalist === null
    ? []
    : [
        {
          name: "Journalist's risk",
          said: 'Of somebody of the population, estimated',
          before: journalist.before,
          after: journalist.after,
        },
      ]),
  {
    name: 'Average risk',
    said: 'Marketer: the share matched rightly if all are tried',
    before: before.marketer,
    after: after.marketer,
  },
  {
    name: 'Alone',
    said: 'The share of patients alone in their class',
    before: before.unique,
    after: after.unique,
  },
  ...Object.keys(after.atRisk)
    .toSorted((a, b) => Number(a) - Number(b))
    .map((threshold) => ({
      name: `At risk above ${chosenShare(Number(threshold))}`,
      said: null,
      before: atRisk(before, threshold),
      after: atRisk(after, threshold),
    })),
]

const WIDTH = 400
const LEFT = 118
const RIGHT = WIDTH - 18
const ROW = 27

const x = (value: number): number => LEFT + value * (RIGHT - LEFT)

const picture = (measures: readonly Measure[]): Markup => {
  const bottom = measures.length * ROW + 6
  return chart({
    id: 'risks-chart',
    title: 'Risks before and after',
    said: measures
      .map(({ name, before, after }) => `${name}: ${share(before)} before, ${share(after)} after.`)
      .join(' '),
    width: WIDTH,
    height: bottom + 22,
    parts: [
      [0, 0.25, 0.5, 0.75, 1].map((tick) => [
        line(tick === 0 ? 'axis' : 'grid', x(tick), 4, x(tick), bottom),
        text(x(tick), bottom + 16, chosenShare(tick), { anchor: 'middle' }),
      ]),
      measures.map(({ name, before, after }, at) => {
        const y = ROW * (at + 0.5) + 4
        return [
          text(LEFT - 10, y + 4, name, { anchor: 'end', kind: 'label' }),
          line('span', x(before), y, x(after), y),
          dot('before', x(before), y, 5),
          dot('after', x(after), y, 5.5),
        ]
      }),
    ],
    legend: html`${sample(dot('before', 8, 6, 4.5))} in the source ${sample(dot('after', 8, 6, 5))} in the release`,
  })
}

/** The risks of the source and of the release: a picture, and a table of the same. */
export const risksSection = (report: RiskReport): Markup => {
  const measures = measuresOf(report)
  return html`<div class="pair">${picture(measures)}${table({
    caption: 'Risks of the source and of the release',
    heads: [{ head: 'Risk' }, { head: 'Before', number: true }, { head: 'After', number: true }],
    rows: measures.map(({ name, said, before, after }) => ({
      cells: [
        html`${name}${said === null ? null : html`<br/><span class="dim">${said}</span>`}`,
        share(before),
        share(after),
      ],
    })),
  })}</div>`
}
