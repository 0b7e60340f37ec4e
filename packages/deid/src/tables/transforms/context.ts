import { DeidError } from '../../shared/errors.ts'
import type { IdMap } from '../../shared/id-map.ts'
import type { Transform } from '../format/plan.ts'
import type { Hierarchy } from '../hierarchy/hierarchy.ts'

/** What a transform may know beside the value. */
export interface TransformContext {
  readonly column: string
  /** The export's secret, 32 bytes or more. Null where the plan has no keyed transform. */
  readonly key: Uint8Array | null
  /** What tells this export from every other under the same key: its id, or the hash of its plan. */
  readonly exportId: string
  /** YYYY-MM-DD: the plan's. */
  readonly asOf: string
  /** The crosswalk of this export, for random ids; an earlier run's, and the ids are the same again. */
  readonly ids: Pick<IdMap, 'idFor'> | null
  /** The column's, for a fixed level. */
  readonly hierarchy: Hierarchy | null
}

/**
 * What the release shows for a value of a patient, or null where it is left out. `patient` is the source's id
 * of the patient, or of the row where every row is a patient of its own.
 */
export type Apply = (value: string, patient: string) => string | null

/** Names the column and the rule, never the value. */
export const badValue = (column: string, rule: string): DeidError =>
  new DeidError('bad-value', `A value of the column "${column}" is not ${rule}.`)

const KEYED: ReadonlySet<Transform['kind']> = new Set(['pseudonym', 'date-shift', 'perturb', 'substitute'])

/** Whether the result is derived by the export's key. */
export const isKeyed = ({ kind }: Transform): boolean => KEYED.has(kind)

const BY_PATIENT: ReadonlySet<Transform['kind']> = new Set(['date-shift', 'perturb', 'substitute', 'scrub'])

/**
 * Whether two patients with one value may get different results. Of the others, once for each distinct value
 * is enough.
 */
export const usesPatient = ({ kind }: Transform): boolean => BY_PATIENT.has(kind)
