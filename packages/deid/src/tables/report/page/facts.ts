import type { ModelVerdict, RiskReport } from '../../format/risk-report.ts'
import { chosen, chosenShare, count, counted, fraction, measured, share } from '../numbers.ts'
import { html, type Markup, named, type Part } from './markup.ts'
import { methodName, proofName } from './method.ts'
import { table } from './table.ts'

const facts = (rows: readonly (readonly [name: string, value: Part])[]): Markup =>
  html`<dl class="facts">${rows.map(
    ([name, value]) => html`
<dt>${name}</dt><dd>${value}</dd>`,
  )}
</dl>`

/** What was released, under which profile, and by which rules. */
export const releaseSection = (report: RiskReport): Markup => {
  const { profile, source, released, utility } = report
  return facts([
    ['Profile', html`${profile.name}, ${profile.citation}<br/><span class="dim">${profile.meaning}</span>`],
    ...profile.basis.map(({ name, value }) => [name, named(value)] as const),
    ['As of', report.asOf],
    [
      'Source',
      `${counted(source.rows, 'row')} of ${counted(source.patients, 'patient')}, ${counted(source.columns, 'column')}`,
    ],
    [
      'Released',
      `${counted(released.rows, 'row')} of ${counted(released.patients, 'patient')}, ${counted(report.columns.length, 'column')}`,
    ],
    [
      'Suppressed',
      `${counted(released.suppressedRows, 'row')}, ${share(source.rows === 0 ? 0 : released.suppressedRows / source.rows)}, of at most ${chosenShare(report.suppressionLimit)}`,
    ],
    [
      'Patients counted by',
      report.countsPatientsBy === 'column'
        ? 'a column that says whose row it is'
        : 'row: each is taken for a patient of its own',
    ],
    ['Search', html`${methodName(report.method)}<br/><span class="dim">${proofName(report.proof)}</span>`],
    ['Discernibility', count(utility.discernibility)],
    [
      'Average class',
      utility.averageClass === null
        ? 'not defined without a k'
        : `${measured(utility.averageClass)} times the smallest that the models allow`,
    ],
    ['Engine', report.engine],
    ['SHA-256 of the plan', html`<span class="hash">${report.planSha256}</span>`],
  ])
}

const asAsked = ({ unit, asked, relation }: ModelVerdict): string => {
  const number = unit === 'share' ? chosenShare(asked) : unit === 'patients' ? count(asked) : chosen(asked)
  return `${relation} ${number}`
}

const asReached = ({ unit, reached }: ModelVerdict): string => {
  switch (unit) {
    case 'share':
      return share(reached)
    case 'distance':
      return fraction(reached)
    case 'ratio':
      return measured(reached)
    case 'patients':
    case 'values':
      return count(reached)
    default:
      return unit satisfies never
  }
}

const verdict = (holds: boolean): Markup =>
  holds ? html`<span class="good">✓ holds</span>` : html`<span class="bad">✗ does not hold</span>`

/** Every model that was asked for: what it means, what was asked and reached, and the verdict. */
export const modelsSection = ({ models }: RiskReport): Markup =>
  models.length === 0
    ? html`<p>The plan asks for no model: the risks below are what they came to be.</p>`
    : table({
        caption: 'Privacy models, counted over distinct patients',
        heads: [
          { head: 'Model' },
          { head: 'Verdict' },
          { head: 'Asked', number: true },
          { head: 'Reached', number: true },
        ],
        rows: models.map((model) => ({
          cells: [
            html`${model.name}${model.attribute === null ? null : html` of ${named(model.attribute)}`}<br/><span class="dim">${model.meaning}</span>`,
            verdict(model.holds),
            asAsked(model),
            html`${asReached(model)}${model.estimated ? html`<br/><span class="dim">estimated</span>` : null}`,
          ],
        })),
      })
