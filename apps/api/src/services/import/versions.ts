import type { RecordFields } from '@chartward/fhir'

/** What a resource says of which of its versions it is: https://hl7.org/fhir/R4/resource.html#Meta */
export interface StatedVersion {
  readonly versionId: string | null
  readonly lastUpdated: number | null
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The version that a record states, or null where it states none. */
export const statedVersion = (fields: RecordFields): StatedVersion | null => {
  for (const values of Object.values(fields)) {
    const meta = values?.meta
    if (!isObject(meta)) continue
    const { versionId, lastUpdated } = meta
    const at = typeof lastUpdated === 'string' ? Date.parse(lastUpdated) : Number.NaN
    const id = typeof versionId === 'string' ? versionId : null
    if (id === null && Number.isNaN(at)) return null
    return { versionId: id, lastUpdated: Number.isNaN(at) ? null : at }
  }
  return null
}

const NUMBER = /^\d{1,30}$/

/** Whether one version of a resource came after another, where the two say so. */
export const orderOf = (
  one: StatedVersion | null,
  other: StatedVersion | null,
): 'newer' | 'older' | 'same' | 'untold' => {
  if (one === null || other === null) return 'untold'
  if (one.lastUpdated !== null && other.lastUpdated !== null && one.lastUpdated !== other.lastUpdated)
    return one.lastUpdated > other.lastUpdated ? 'newer' : 'older'
  const [a, b] = [one.versionId, other.versionId]
  if (a === null && b === null) return 'same'
  if (a !== null && a === b) return 'same'
  if (a === null || b === null || !NUMBER.test(a) || !NUMBER.test(b)) return 'untold'
  return BigInt(a) > BigInt(b) ? 'newer' : 'older'
}
