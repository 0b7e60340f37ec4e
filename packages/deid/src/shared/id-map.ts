import { DeidError } from './errors.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/**
 * Version 4 only: a time-ordered id would tell the order of records, a name-based one could be derived again.
 */
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/**
 * From source ids to the random ids of one export. Its entries are the crosswalk: PHI, kept by the caller.
 */
export interface IdMap {
  /** The same random id for every mention of the same resource in this export. */
  idFor(type: string | null, sourceId: string): string
  /** Key and random id of every resource met so far, for the crosswalk. */
  entries(): IterableIterator<[key: string, id: string]>
  readonly size: number
}

/** A UUID is unique over all types; another FHIR id only within its type. */
const keyOf = (type: string | null, sourceId: string): string =>
  UUID.test(sourceId) ? sourceId.toLowerCase() : `${type ?? ''}/${sourceId}`

/**
 * `randomId` gives version 4 UUIDs from a CSPRNG (`crypto.randomUUID`). `crosswalk` is an earlier run's
 * `entries()`, so that a release made again has the same ids. Throws `bad-random-id` where the source gives
 * something else or repeats itself, `bad-crosswalk` where entries contradict each other.
 */
export const createIdMap = (
  randomId: () => string,
  crosswalk: Iterable<readonly [key: string, id: string]> = [],
): IdMap => {
  const ids = new Map<string, string>()
  const issued = new Set<string>()
  const issue = (key: string, id: string, code: 'bad-random-id' | 'bad-crosswalk'): string => {
    if (!UUID_V4.test(id)) throw new DeidError(code, 'A release id must be a version 4 UUID in lower case.')
    if (issued.has(id) || ids.has(key) || id === key)
      throw new DeidError(code, 'A release id must be new and belong to one resource.')
    ids.set(key, id)
    issued.add(id)
    return id
  }
  for (const [key, id] of crosswalk) issue(key, id, 'bad-crosswalk')
  return {
    idFor: (type, sourceId) => {
      const key = keyOf(type, sourceId)
      return ids.get(key) ?? issue(key, randomId(), 'bad-random-id')
    },
    entries: () => ids.entries(),
    get size() {
      return ids.size
    },
  }
}
