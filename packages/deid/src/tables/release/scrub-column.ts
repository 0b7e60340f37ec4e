import type { IdentifierCategory } from '@chartward/policy'
import type { KnownValues } from '../../text/known/values.ts'
import type { ColumnPlan } from '../format/plan.ts'
import { type Column, columnOf } from '../table/table.ts'
import type { ReleaseInputs } from './prepare-table.ts'
import { Labels } from './show.ts'

type KnownKind = keyof KnownValues

/** What the values of a category are to the scrubber; those not named are ids. */
const KINDS: Partial<Record<IdentifierCategory, KnownKind>> = {
  A: 'names',
  B: 'addresses',
  C: 'dates',
  D: 'phones',
  E: 'phones',
  F: 'emails',
  N: 'urls',
}

/**
 * An age or a year is no value to look for: what patterns and the option for years find of them goes anyway.
 */
const kindOf = ({ role, category, content }: ColumnPlan): KnownKind | null =>
  category === 'none' || role === 'text' || content === 'age' || content === 'year'
    ? null
    : (KINDS[category] ?? 'ids')

/** The columns that say who the patient is, also those that the release leaves out: these above all. */
const knownColumns = ({ plan, table }: ReleaseInputs): { kind: KnownKind; column: Column }[] =>
  Object.entries(plan.columns).flatMap(([name, planned]) => {
    const kind = kindOf(planned)
    return kind === null ? [] : [{ kind, column: columnOf(table, name) }]
  })

/** Everything that the table knows of each patient, from all their rows. */
const knownByPatient = (
  inputs: ReleaseInputs,
  patientOf: (row: number) => string,
): ((patient: string) => KnownValues) => {
  const columns = knownColumns(inputs)
  const rowsOf = Map.groupBy(
    Array.from({ length: inputs.table.rows }, (_, row) => row),
    patientOf,
  )
  return (patient) => {
    const known: Partial<Record<KnownKind, string[]>> = {}
    for (const { kind, column } of columns) {
      const codes = new Set((rowsOf.get(patient) ?? []).map((row) => column.codes[row] ?? 0))
      const values = [...codes].map((code) => column.values[code] ?? '').filter((value) => value !== '')
      known[kind] = [...(known[kind] ?? []), ...values]
    }
    return known
  }
}

/** Texts between two breaths: some tens of milliseconds. */
const AT_ONCE = 64

/**
 * Free text with every identifier replaced by its category: what the table knows of the patient first, then
 * whatever looks like one.
 */
export const scrubColumn = async (
  inputs: ReleaseInputs,
  { name, values, codes }: Column,
  patientOf: (row: number) => string,
): Promise<Column> => {
  const knownOf = knownByPatient(inputs, patientOf)
  const labels = new Labels()
  const shown = new Int32Array(codes.length)
  for (let row = 0; row < codes.length; row++) {
    if (row % AT_ONCE === 0) await inputs.breathe?.()
    const text = values[codes[row] ?? 0] ?? ''
    shown[row] = labels.codeOf(inputs.scrubber.scrub(text, knownOf(patientOf(row))).text)
  }
  return { name, values: labels.list, codes: shown }
}
