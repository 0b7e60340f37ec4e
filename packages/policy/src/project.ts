import { type FieldPath, isFieldPath, type ResourceType } from './catalog/index.ts'
import { applyMask, type MaskedValue } from './masks.ts'
import { fieldAccess, type Scope } from './scope.ts'

export interface Projection {
  /**
   * By field name: a clear value as it was given, or a MaskedValue. Nothing that the scope does not grant.
   */
  readonly values: Record<string, unknown | MaskedValue>
  /** The paths of the values shown clear, and of those shown as masks, sorted: what the audit entry names. */
  readonly shown: FieldPath[]
  readonly masked: FieldPath[]
}

/**
 * Cuts a decrypted record down to what the scope grants. It looks at fields only: that the record belongs to
 * a patient of `scope.rows` is for the query to see to.
 */
export const projectRecord = (
  scope: Scope,
  type: ResourceType,
  fields: Readonly<Record<string, unknown>>,
): Projection => {
  const values: Record<string, unknown | MaskedValue> = {}
  const shown: FieldPath[] = []
  const masked: FieldPath[] = []
  for (const [name, value] of Object.entries(fields)) {
    const path = `${type}.${name}`
    if (value === undefined || value === null || !isFieldPath(path)) continue
    const access = fieldAccess(scope, path)
    if (access === 'none') continue
    values[name] = access === 'clear' ? value : applyMask(path, value)
    if (access === 'clear') shown.push(path)
    else masked.push(path)
  }
  return { values, shown: shown.sort(), masked: masked.sort() }
}
