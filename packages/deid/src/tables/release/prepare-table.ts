import type { IdMap } from '../../shared/id-map.ts'
import type { Scrubber } from '../../text/scrubber.ts'
import type { ColumnPlan, Plan } from '../format/plan.ts'
import { bindAttribute } from '../hierarchy/bind.ts'
import { buildHierarchy, type RowsOfFile } from '../hierarchy/build.ts'
import type { Attribute, Hierarchy } from '../hierarchy/hierarchy.ts'
import { levelOf } from '../hierarchy/level.ts'
import { ranksOf } from '../hierarchy/ranks.ts'
import type { Problem, Sensitive } from '../problem.ts'
import { type Column, columnOf, type Table } from '../table/table.ts'
import { compileTransform } from '../transforms/compile.ts'
import { type TransformContext, usesPatient } from '../transforms/context.ts'
import { scrubColumn } from './scrub-column.ts'
import { showByPatient, showByValue } from './show.ts'

/** What a release is made with beside its plan and its table. */
export interface ReleaseInputs {
  readonly plan: Plan
  readonly table: Table
  readonly rowsOfFile: RowsOfFile
  /** The export's secret, for keyed transforms; null where the plan has none. */
  readonly key: Uint8Array | null
  /** Tells this export from every other under the same key. */
  readonly exportId: string
  /** The crosswalk, for random ids; null where the plan makes none. */
  readonly ids: IdMap | null
  readonly scrubber: Scrubber
  /**
   * Awaited now and then in what takes long: lets the caller's thread do other work, and rejects where the
   * run is to stop.
   */
  readonly breathe?: () => Promise<void>
}

/** A table made ready for the search: what the plan fixes is done, what it leaves to the search is bound. */
export interface PreparedTable {
  readonly problem: Problem
  /** By name, in the order of the plan: every released column that the search does not generalise. */
  readonly shown: ReadonlyMap<string, Column>
  /** The column that numbers the patients, or null where every row is one. */
  readonly patients: Column | null
}

/** The name of the column that numbers the patients of a release. */
export const PATIENT_COLUMN = 'patient'

const contextOf = (inputs: ReleaseInputs, column: string, hierarchy: Hierarchy | null): TransformContext => ({
  column,
  key: inputs.key,
  exportId: inputs.exportId,
  asOf: inputs.plan.asOf,
  ids: inputs.ids,
  hierarchy,
})

const isSearched = ({ role, transform }: ColumnPlan): boolean =>
  role === 'quasi-identifier' && transform.kind === 'generalise' && transform.level === undefined

const show = async (
  inputs: ReleaseInputs,
  column: Column,
  { transform, hierarchy: spec }: ColumnPlan,
  patientOf: (row: number) => string,
): Promise<Column> => {
  if (transform.kind === 'scrub') return scrubColumn(inputs, column, patientOf)
  const hierarchy =
    transform.kind === 'generalise' && spec !== undefined
      ? buildHierarchy(spec, column.values, inputs.rowsOfFile, column.name)
      : null
  const apply = compileTransform(transform, contextOf(inputs, column.name, hierarchy))
  return usesPatient(transform) ? showByPatient(column, patientOf, apply) : showByValue(column, apply)
}

/** The values as they stand: for a quasi-identifier that the plan itself has settled. */
const flatHierarchy = (values: readonly string[]): Hierarchy => {
  const levels = [levelOf(values)]
  return { domain: values, levels, ranks: ranksOf(values, levels) }
}

const attributeOf = (
  inputs: ReleaseInputs,
  name: string,
  column: ColumnPlan,
  shown: ReadonlyMap<string, Column>,
): Attribute => {
  const settled = shown.get(name)
  const source = settled === undefined ? columnOf(inputs.table, name) : settled
  const hierarchy =
    settled === undefined && column.hierarchy !== undefined
      ? buildHierarchy(column.hierarchy, source.values, inputs.rowsOfFile, name)
      : flatHierarchy(source.values)
  return bindAttribute(name, hierarchy, source, column.weight ?? 1)
}

/** Counted as it is shown: were it counted before, values that the plan joins would pass for diverse. */
const sensitiveOf = (inputs: ReleaseInputs, shown: Column, { hierarchy: spec }: ColumnPlan): Sensitive => {
  const { name, values, codes } = shown
  const isNumeric = values.every((value) => value.trim() !== '' && Number.isFinite(Number(value)))
  const hierarchy = spec === undefined ? null : buildHierarchy(spec, values, inputs.rowsOfFile, name)
  const bound = hierarchy === null ? null : bindValues(hierarchy, shown)
  return {
    name,
    values,
    codes,
    ranks: isNumeric ? flatHierarchy(values).ranks : bound === null ? null : bound.ranks,
    groups: bound === null ? null : bound.groups,
  }
}

const bindValues = (hierarchy: Hierarchy, { name, values }: Column) => {
  // Each value once, bound as a column of its own is.
  const codes = Int32Array.from(values.keys())
  const { codes: places } = bindAttribute(name, hierarchy, { name, values, codes }, 1)
  return {
    ranks: places.map((place) => hierarchy.ranks[place] ?? 0),
    groups: hierarchy.levels.map(({ groups }) => places.map((place) => groups[place] ?? 0)),
  }
}

const patientsShown = (inputs: ReleaseInputs): Column | null => {
  const { plan, table } = inputs
  if (plan.patient === null) return null
  const column = { ...columnOf(table, plan.patient), name: PATIENT_COLUMN }
  return showByValue(column, compileTransform({ kind: 'random-id' }, contextOf(inputs, PATIENT_COLUMN, null)))
}

/**
 * Does to a table what its plan fixes, and sets the problem that is left to the search. Rejects with
 * `unknown-column` for what the table lacks, and with what transforms, hierarchies and their binding throw.
 */
export const prepareTable = async (inputs: ReleaseInputs): Promise<PreparedTable> => {
  const { plan, table } = inputs
  const patient = plan.patient === null ? null : columnOf(table, plan.patient)
  const patientOf = (row: number): string =>
    patient === null ? String(row) : (patient.values[patient.codes[row] ?? 0] ?? '')
  const named = Object.entries(plan.columns)
  // Also those that are left out: a plan that names a column which the table lacks is of another table.
  for (const [name] of named) columnOf(table, name)
  const released = named.filter(([, { transform }]) => transform.kind !== 'redact')
  const shown = new Map<string, Column>()
  for (const [name, column] of released)
    if (!isSearched(column)) shown.set(name, await show(inputs, columnOf(table, name), column, patientOf))
  const modelled = new Set(plan.models.flatMap((model) => ('attribute' in model ? [model.attribute] : [])))
  return {
    problem: {
      rows: table.rows,
      attributes: released
        .filter(([, { role }]) => role === 'quasi-identifier')
        .map(([name, column]) => attributeOf(inputs, name, column, shown)),
      sensitive: released.flatMap(([name, column]) => {
        const as = shown.get(name)
        return as === undefined || !modelled.has(name) ? [] : [sensitiveOf(inputs, as, column)]
      }),
      patients: patient === null ? null : patient.codes,
      models: plan.models,
      suppressionLimit: plan.suppressionLimit,
    },
    shown,
    patients: patientsShown(inputs),
  }
}
