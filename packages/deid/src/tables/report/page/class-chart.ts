import type { ClassSizes, RiskReport } from '../../format/risk-report.ts'
import { chosenShare, count, measured, share } from '../numbers.ts'
import { chart, line, rect, text, ticksTo } from './chart.ts'
import { html, type Markup } from './markup.ts'
import { table } from './table.ts'

const WIDTH = 400
const TOP = 20
const BOTTOM = 190
const LEFT = 44
const RIGHT = WIDTH - 8

const sizeOf = ({ from, to }: ClassSizes): string => {
  if (to === null) return `${count(from)} or more`
  return from === to ? count(from) : `${count(from)}–${count(to)}`
}

/** Without the empty ones at either end. */
const filled = (sizes: readonly ClassSizes[]): readonly ClassSizes[] => {
  const first = sizes.findIndex(({ classes }) => classes > 0)
  return first < 0 ? [] : sizes.slice(first, sizes.findLastIndex(({ classes }) => classes > 0) + 1)
}

const picture = (sizes: readonly ClassSizes[], patients: number): Markup => {
  const part = ({ patients: some }: ClassSizes) => (patients === 0 ? 0 : some / patients)
  const ticks = ticksTo(Math.max(...sizes.map(part)))
  const greatest = ticks.at(-1) ?? 1
  const y = (value: number) => BOTTOM - (value / greatest) * (BOTTOM - TOP)
  const step = (RIGHT - LEFT) / sizes.length
  // A label needs the width of its text, about; where bars are closer, every second or third has one.
  const every = Math.ceil(52 / step)
  return chart({
    id: 'classes-chart',
    title: 'Patients by the size of their class',
    said: sizes.map((bin) => `Classes of ${sizeOf(bin)}: ${share(part(bin))} of patients.`).join(' '),
    width: WIDTH,
    height: BOTTOM + 36,
    parts: [
      ticks.map((tick) => [
        line(tick === 0 ? 'axis' : 'grid', LEFT, y(tick), RIGHT, y(tick)),
        text(LEFT - 6, y(tick) + 4, chosenShare(tick), { anchor: 'end' }),
      ]),
      sizes.map((bin, index) => {
        const left = LEFT + step * index
        const middle = left + step / 2
        return [
          rect('after', left + step * 0.12, y(part(bin)), step * 0.76, BOTTOM - y(part(bin))),
          index % every === 0 ? text(middle, BOTTOM + 15, sizeOf(bin), { anchor: 'middle' }) : null,
        ]
      }),
      text((LEFT + RIGHT) / 2, BOTTOM + 32, 'patients in the class', { anchor: 'middle' }),
    ],
    legend: 'The share of released patients in classes of each size.',
  })
}

/** How large the released classes are: a picture, and a table of the same. */
export const classesSection = ({ alternatives, risks: { after } }: RiskReport): Markup => {
  const sizes = filled(alternatives.find(({ released }) => released)?.classSizes ?? [])
  if (sizes.length === 0) return html`<p>No class was released.</p>`
  const patients = sizes.reduce((sum, bin) => sum + bin.patients, 0)
  return html`
<p>${count(after.classes)} classes of records that share their quasi-identifiers, of ${measured(after.averageClass)} patients on average and ${count(after.smallestClass)} at least.</p>
<div class="pair">${picture(sizes, patients)}${table({
    caption: 'Classes by size',
    heads: [
      { head: 'Patients in the class', number: true },
      { head: 'Classes', number: true },
      { head: 'Patients', number: true },
      { head: 'Share', number: true },
    ],
    rows: sizes.map((bin) => ({
      cells: [sizeOf(bin), count(bin.classes), count(bin.patients), share(bin.patients / patients)],
    })),
  })}</div>`
}
