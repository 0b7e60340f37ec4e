import type { RiskReport } from '../../format/risk-report.ts'
import { chosenShare, fraction, share } from '../numbers.ts'
import { chart, dot, line, sample, text, ticksTo } from './chart.ts'
import { html, type Markup } from './markup.ts'

interface Point {
  readonly mark: string
  readonly kind: 'before' | 'after' | 'other'
  readonly loss: number
  readonly average: number
  readonly highest: number
}

/**
 * What can be drawn: a figure that is no number has no place in a picture. The released one is last, so that
 * no other covers it.
 */
const pointsOf = ({ risks: { before }, alternatives }: RiskReport): readonly Point[] => {
  const source: Point = {
    mark: 'source',
    kind: 'before',
    loss: 0,
    average: before.marketer,
    highest: before.prosecutor,
  }
  const found = alternatives.map(
    ({ released, utility: { loss }, risks }, index): Point => ({
      mark: String(index + 1),
      kind: released ? 'after' : 'other',
      loss,
      average: risks.marketer,
      highest: risks.prosecutor,
    }),
  )
  return [source, ...found]
    .filter(({ loss, average, highest }) => Number.isFinite(loss + average + highest))
    .toSorted((a, b) => Number(a.kind === 'after') - Number(b.kind === 'after'))
}

const WIDTH = 400
const TOP = 34
const BOTTOM = 226
const LEFT = 52
const RIGHT = WIDTH - 16

/** Powers of ten from 100% down to the least risk that is drawn. */
const decadesOf = (points: readonly Point[]): number => {
  const least = Math.min(...points.flatMap(({ average }) => (average > 0 ? [average] : [])), 0.1)
  return Math.min(6, Math.max(2, Math.ceil(-Math.log10(least) - 1e-9)))
}

/** Labels stand over their points; those of points that are too close stand one over the other. */
const heightsOf = (places: readonly number[]): readonly number[] => {
  const heights = places.map(() => 0)
  const order = places.map((_, index) => index).toSorted((a, b) => (places[a] ?? 0) - (places[b] ?? 0))
  for (const [position, index] of order.entries()) {
    const before = order[position - 1]
    if (before !== undefined && (places[index] ?? 0) - (places[before] ?? 0) < 14)
      heights[index] = (heights[before] ?? 0) + 1
  }
  return heights
}

/** The greatest risk that the plan allows a patient, where a model bounds it. */
const boundOf = ({ models }: RiskReport): number | null => {
  const bounds = models.flatMap(({ model }) => {
    if (model.kind === 'k-anonymity') return [1 / model.k]
    return model.kind === 'prosecutor-risk' ? [model.threshold] : []
  })
  return bounds.length === 0 ? null : Math.min(...bounds)
}

/** Risk against loss of the source and of all that was found: what the officer weighs. */
export const frontierChart = (report: RiskReport): Markup => {
  const points = pointsOf(report)
  const ticks = ticksTo(Math.max(0, ...points.map(({ loss }) => loss)))
  const greatest = ticks.at(-1) ?? 1
  const decades = decadesOf(points)
  const x = (loss: number) => LEFT + (loss / greatest) * (RIGHT - LEFT)
  const y = (risk: number) =>
    risk > 0 ? TOP + (Math.min(decades, -Math.log10(risk)) / decades) * (BOTTOM - TOP) : BOTTOM
  const heights = heightsOf(points.map(({ loss }) => x(loss)))
  const bound = boundOf(report)
  return chart({
    id: 'alternatives-chart',
    title: 'Risk and loss of what was found',
    said: points
      .map(
        ({ mark, loss, average, highest }) =>
          `${mark === 'source' ? 'The source' : `Number ${mark}`}: loss ${fraction(loss)}, average risk ${share(average)}, highest ${share(highest)}.`,
      )
      .join(' '),
    width: WIDTH,
    height: BOTTOM + 38,
    parts: [
      Array.from({ length: decades + 1 }, (_, decade) => [
        line(decade === decades ? 'axis' : 'grid', LEFT, y(10 ** -decade), RIGHT, y(10 ** -decade)),
        text(LEFT - 6, y(10 ** -decade) + 4, chosenShare(10 ** -decade), { anchor: 'end' }),
      ]),
      ticks.map((tick) =>
        text(x(tick), BOTTOM + 16, fraction(tick).replace(/\.?0+$/, ''), { anchor: 'middle' }),
      ),
      text((LEFT + RIGHT) / 2, BOTTOM + 33, 'loss of information', { anchor: 'middle' }),
      text(4, 12, 'risk of a patient, on a scale of tenfold steps'),
      bound === null ? null : line('asked', LEFT, y(bound), RIGHT, y(bound)),
      points.map(({ mark, kind, loss, average, highest }, index) => [
        line('span', x(loss), y(average), x(loss), y(highest)),
        line('span', x(loss) - 5, y(highest), x(loss) + 5, y(highest)),
        dot(kind, x(loss), y(average), 5.5),
        mark === 'source'
          ? text(x(loss) + 9, y(average) + 4, mark, { kind: 'label' })
          : text(x(loss), y(highest) - 6 - 13 * (heights[index] ?? 0), mark, {
              anchor: 'middle',
              kind: 'label',
            }),
      ]),
    ],
    legend: html`${sample(dot('after', 8, 6, 5))} released ${sample(dot('other', 8, 6, 4.5))} not chosen ${sample(dot('before', 8, 6, 4.5))} the source${bound === null ? null : html` ${sample(line('asked', 0, 6, 16, 6))} the highest risk allowed, ${share(bound)}`}. The dot is the average risk, the bar over it the highest. Further left keeps more, further down tells less.`,
  })
}
