import type { Model } from '../format/model.ts'
import type { Transform } from '../format/plan.ts'
import type { TableRelease } from '../format/risk-report.ts'
import { counted, share } from './numbers.ts'

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ')

const namesOf = ({ columns }: TableRelease, kind: Transform['kind']): readonly string[] =>
  columns
    .filter(({ role, transform }) => role !== 'patient' && transform.kind === kind)
    .map(({ name }) => name)

const BOUND_VALUES: ReadonlySet<Model['kind']> = new Set([
  'distinct-l-diversity',
  'entropy-l-diversity',
  'recursive-l-diversity',
  't-closeness',
])

const modelsOf = ({ models }: TableRelease, ...kinds: readonly Model['kind'][]): readonly Model[] =>
  models.map(({ model }) => model).filter(({ kind }) => kinds.includes(kind))

function* ofRisk(release: TableRelease): Generator<string> {
  const quasi = release.columns.filter(({ role }) => role === 'quasi-identifier').length
  if (quasi === 0)
    yield 'The plan names no quasi-identifier, so all patients count as one class. The risks hold only if nobody could know any released column of a person.'
  else
    yield `The risks are those of an attacker who knows ${counted(quasi, 'quasi-identifier')} of a person, exactly, and nothing else. Whoever knows a value of another released column as well may single a person out of a class.`
  if (release.patientColumn === null)
    yield 'Every row is taken for a patient of its own. If a patient has several rows, the classes have fewer patients than the figures say, and the risks are higher.'
  yield 'Other data about the same patients, an earlier release among them, can be laid over this one. The figures are about this release alone.'
  if (modelsOf(release, 'journalist-risk', 'population-uniqueness').length > 0)
    yield 'Figures about the population are estimates: they take the table for a fair sample of a population, whose size is what the plan says.'
}

function* ofValues(release: TableRelease): Generator<string> {
  const bounded = new Set(
    release.models.flatMap(({ model }) =>
      BOUND_VALUES.has(model.kind) && 'attribute' in model ? [model.attribute] : [],
    ),
  )
  const unbounded = release.columns
    .filter(({ name, role }) => role === 'sensitive' && !bounded.has(name))
    .map(({ name }) => name)
  if (unbounded.length > 0)
    yield `k-anonymity hides who a record is of, not what it says. No model bounds what a class tells of ${quoted(unbounded)}: where all patients of a class share a value, whoever finds the class learns it of each.`
  if (modelsOf(release, 'distinct-l-diversity', 'entropy-l-diversity', 'recursive-l-diversity').length > 0)
    yield 'l-diversity counts values as different however alike they are in meaning, and one of them may still be far more likely than the others.'
  if (modelsOf(release, 't-closeness').length > 0)
    yield 't-closeness bounds what a class tells beyond the whole table. What the whole table tells of everybody in it, it does not hide.'
}

function* ofTransforms(release: TableRelease): Generator<string> {
  const scrubbed = namesOf(release, 'scrub')
  if (scrubbed.length > 0)
    yield `Identifiers in ${quoted(scrubbed)} were found by the patient's own values, patterns and dictionaries. Nothing proves that none was missed.`
  const pseudonyms = namesOf(release, 'pseudonym')
  if (pseudonyms.length > 0)
    yield `Whoever has the export's key can tell whose the codes in ${quoted(pseudonyms)} are.`
  const shifted = namesOf(release, 'date-shift')
  if (shifted.length > 0)
    yield `The dates in ${quoted(shifted)} keep their distances: a known interval between two events of a patient may give the others away.`
  const perturbed = namesOf(release, 'perturb')
  if (perturbed.length > 0)
    yield `The noise in ${quoted(perturbed)} leaves a value near the true one, and is not counted in the risks or in the loss.`
}

function* ofUse(release: TableRelease): Generator<string> {
  const { suppressedRows, rows } = release.released
  if (suppressedRows > 0)
    yield `${counted(suppressedRows, 'row')} of ${counted(suppressedRows + rows, 'row')} (${share(suppressedRows / (suppressedRows + rows))}) ${suppressedRows === 1 ? 'was' : 'were'} suppressed, and not at random: rare combinations are missing, so that what is counted of small groups is too low.`
  if (release.method !== 'optimal')
    yield 'The same value is generalised further in some classes than in others: labels of one column may overlap, and are to be compared by what they cover.'
}

function* ofProfile({ profile }: TableRelease): Generator<string> {
  if (profile === 'safe-harbor')
    yield 'Safe Harbor also asks that nothing is known that would identify anybody with the rest, (b)(2)(ii). A person attests that; no figure here can.'
  if (profile === 'limited-data-set')
    yield 'A limited data set is protected health information. The risks are told for information; they do not make it de-identified.'
  if (profile === 'expert-determination')
    yield 'The figures inform the determination. That the risk is very small, for this recipient and what the recipient may know, is for the expert to say.'
}

/** What the figures of this release do not say. */
export const caveatsOf = (release: TableRelease): readonly string[] => [
  ...ofRisk(release),
  ...ofValues(release),
  ...ofTransforms(release),
  ...ofUse(release),
  ...ofProfile(release),
]
