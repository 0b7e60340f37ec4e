import type { Problem, Sensitive } from '../problem.ts'
import { hopelessRows } from './hopeless.ts'
import { PairIndex } from './pair-index.ts'

/**
 * The distinct prefixes of the rows after one more attribute: each is one of the stage before, and a value.
 */
export interface Stage {
  readonly attribute: number
  readonly count: number
  /** For each prefix, its prefix of the stage before. */
  readonly parents: Int32Array
  /** For each prefix, its value of the attribute: a code of its hierarchy's domain. */
  readonly codes: Int32Array
}

/**
 * The rows of a problem, folded: rows with the same quasi-identifiers (and the same patient where patients
 * have several rows, and the same sensitive values where a model asks for them) are one unit. Memory follows
 * the distinct tuples. With patients, units are in the order of their patients, so that each patient is
 * counted once by looking at the last one counted.
 */
export interface Units {
  readonly count: number
  readonly rows: Int32Array
  /** For each attribute, the code of each unit. */
  readonly codes: readonly Int32Array[]
  /** The patient of each unit; null where every row is a patient of its own: a unit's rows may then part. */
  readonly patients: Int32Array | null
  /** Patient numbers are below it. */
  readonly patientBound: number
  /** For each sensitive attribute that a model asks for, the code of each unit. */
  readonly sensitive: readonly Int32Array[]
  readonly sensitiveBounds: readonly number[]
  /** For each row its unit, or -1 where no class can hold it. */
  readonly ofRow: Int32Array
  /** Rows in no unit. */
  readonly hopeless: number
  /** Prefixes before the first attribute: the patients, or one that all rows share. */
  readonly root: { readonly count: number; readonly patients: Int32Array | null }
  /** By attribute, the one with the fewest values first. */
  readonly stages: readonly Stage[]
  /** For each unit, its prefix of the last stage. */
  readonly tuples: Int32Array
}

const distinctCodes = (codes: Int32Array, domain: number): number => {
  const seen = new Uint8Array(domain)
  let distinct = 0
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0
    if (seen[code] === 0) distinct++
    seen[code] = 1
  }
  return distinct
}

const boundOf = (codes: Int32Array): number => {
  let bound = 0
  for (let row = 0; row < codes.length; row++) bound = Math.max(bound, (codes[row] ?? 0) + 1)
  return bound
}

/** Rows by their patient, each patient's in their order. */
const byPatient = (patients: Int32Array, bound: number): Int32Array => {
  const next = new Int32Array(bound + 1)
  for (let row = 0; row < patients.length; row++) {
    const after = (patients[row] ?? 0) + 1
    next[after] = (next[after] ?? 0) + 1
  }
  for (let patient = 0; patient < bound; patient++)
    next[patient + 1] = (next[patient + 1] ?? 0) + (next[patient] ?? 0)
  const order = new Int32Array(patients.length)
  for (let row = 0; row < patients.length; row++) {
    const patient = patients[row] ?? 0
    const place = next[patient] ?? 0
    order[place] = row
    next[patient] = place + 1
  }
  return order
}

/** Folds the rows of a problem by its attributes, and by these of its sensitive attributes. */
export const foldUnits = (problem: Problem, sensitive: readonly Sensitive[]): Units => {
  const { rows, attributes, patients } = problem
  const patientBound = patients === null ? rows : boundOf(patients)
  const order = patients === null ? null : byPatient(patients, patientBound)
  const out = hopelessRows(problem)
  const index = new PairIndex()
  const ids = new Int32Array(rows)
  if (out !== null) for (let row = 0; row < rows; row++) if (out[row] === 1) ids[row] = -1
  let count = 1
  const refine = (codes: Int32Array, codeCount: number): { parents: Int32Array; codes: Int32Array } => {
    index.clear(count, codeCount)
    for (let at = 0; at < rows; at++) {
      const row = order === null ? at : (order[at] ?? 0)
      const id = ids[row] ?? 0
      if (id >= 0) ids[row] = index.add(id, codes[row] ?? 0)
    }
    count = index.count
    return { parents: index.ids.slice(0, count), codes: index.codes.slice(0, count) }
  }
  const root =
    patients === null
      ? { count: 1, patients: null }
      : { patients: refine(patients, patientBound).codes, count }
  const distinct = attributes.map(({ codes, hierarchy }) => distinctCodes(codes, hierarchy.domain.length))
  const ascending = attributes
    .map((_, attribute) => attribute)
    .sort((a, b) => (distinct[a] ?? 0) - (distinct[b] ?? 0) || a - b)
  const stages = ascending.flatMap((attribute): Stage[] => {
    const bound = attributes[attribute]
    if (bound === undefined) return []
    return [{ attribute, ...refine(bound.codes, bound.hierarchy.domain.length), count }]
  })
  const extra = sensitive.map(({ codes, values }) => refine(codes, values.length))

  const unitRows = new Int32Array(count)
  let hopeless = 0
  for (let row = 0; row < rows; row++) {
    const unit = ids[row] ?? 0
    if (unit < 0) hopeless++
    else unitRows[unit] = (unitRows[unit] ?? 0) + 1
  }
  // From each unit back to the root, gathering the code of every step.
  const at = Int32Array.from({ length: count }, (_, unit) => unit)
  const gather = ({ parents, codes }: { parents: Int32Array; codes: Int32Array }): Int32Array => {
    const gathered = new Int32Array(count)
    for (let unit = 0; unit < count; unit++) {
      const prefix = at[unit] ?? 0
      gathered[unit] = codes[prefix] ?? 0
      at[unit] = parents[prefix] ?? 0
    }
    return gathered
  }
  const unitSensitive = extra.toReversed().map(gather).toReversed()
  const tuples = at.slice()
  const unitCodes = new Array<Int32Array>(attributes.length).fill(at)
  for (const stage of stages.toReversed()) unitCodes[stage.attribute] = gather(stage)
  return {
    count,
    rows: unitRows,
    codes: unitCodes,
    patients: root.patients === null ? null : at.map((prefix) => root.patients?.[prefix] ?? 0),
    patientBound,
    sensitive: unitSensitive,
    sensitiveBounds: sensitive.map(({ values }) => values.length),
    ofRow: ids,
    hopeless,
    root,
    stages,
    tuples,
  }
}
