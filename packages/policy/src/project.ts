import { type FieldPath, fieldOf, pathOf, type ResourceType } from './catalog/index.ts'
import type { FieldGrant } from './field-grants.ts'
import { applyMask, type MaskedValue } from './masks.ts'
import { PART_TEXT, partOf } from './parts.ts'
import { fieldAccess, type Scope } from './scope.ts'

export interface Projection {
  /**
   * By field name: a clear value as it was given, a part of it, or a MaskedValue. Nothing that the scope
   * does not grant.
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
  for (const name of Object.keys(fields)) {
    const value = fields[name]
    const path = pathOf(type, name)
    if (value === undefined || value === null || path === undefined) continue
    const access = fieldAccess(scope, path)
    if (access === 'none') continue
    const part = access === 'partly' ? shownPart(path, value) : null
    values[name] = access === 'clear' ? value : (part ?? hiddenAs(access, path, value))
    if (access === 'clear' || part !== null) shown.push(path)
    else masked.push(path)
  }
  return { values, shown: shown.sort(), masked: masked.sort() }
}

const shownPart = (path: FieldPath, value: unknown): readonly unknown[] | null => {
  const part = fieldOf(path)?.part
  return part === undefined ? null : partOf(part, value)
}

/** Where a part alone is granted and the value has none: that there is a value, and no more. */
const hiddenAs = (access: FieldGrant, path: FieldPath, value: unknown): MaskedValue => {
  if (access === 'masked') return applyMask(path, value)
  const part = fieldOf(path)?.part
  const masked = applyMask(path, null)
  return Object.freeze({ ...masked, reason: part === undefined ? masked.reason : PART_TEXT[part] })
}
