import { DeidError } from '../../shared/errors.ts'
import type { Model } from '../format/model.ts'
import type { Problem, Sensitive } from '../problem.ts'
import { patientsPerGroup } from './grouping.ts'
import { namedSensitive } from './named.ts'

/** What models need to know of a sensitive attribute in the source table. */
export interface SensitiveFacts {
  /** Its place in `Classes.histograms`. */
  readonly index: number
  readonly sensitive: Sensitive
  /** Distinct patients of the source table with each value. */
  readonly patients: Int32Array
  /** Their sum: more than the patients, where some have several values. */
  readonly total: number
  /** Values that some patient has. */
  readonly distinct: number
}

/** What models need to know of the source table. */
export interface SourceFacts {
  readonly rows: number
  /** Distinct patients. */
  readonly patients: number
  /** Every row is a patient of its own: class counts then add up when classes are joined. */
  readonly rowPerPatient: boolean
  readonly suppressionLimit: number
  /** Throws `bad-model` for an attribute that the problem does not hold as sensitive. */
  readonly sensitive: (model: Extract<Model, { attribute: string }>) => SensitiveFacts
}

const sensitiveFacts = (problem: Problem, index: number, sensitive: Sensitive): SensitiveFacts => {
  const patients = patientsPerGroup(problem.patients, sensitive.codes, sensitive.values.length)
  let total = 0
  let distinct = 0
  for (const count of patients) {
    total += count
    if (count > 0) distinct++
  }
  return { index, sensitive, patients, total, distinct }
}

export const sourceFacts = (problem: Problem): SourceFacts => {
  const named = namedSensitive(problem)
  const known = new Map<number, SensitiveFacts>()
  return {
    rows: problem.rows,
    patients: patientsPerGroup(problem.patients, new Int32Array(problem.rows), 1)[0] ?? 0,
    rowPerPatient: problem.patients === null,
    suppressionLimit: problem.suppressionLimit,
    sensitive: ({ kind, attribute }) => {
      const index = named.findIndex(({ name }) => name === attribute)
      const sensitive = named[index]
      if (sensitive === undefined)
        throw new DeidError('bad-model', `${kind}: "${attribute}" is not a sensitive column of the table.`)
      const facts = known.get(index) ?? sensitiveFacts(problem, index, sensitive)
      known.set(index, facts)
      return facts
    },
  }
}
