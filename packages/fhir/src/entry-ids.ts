import { referenceId } from './references.ts'
import { sourceIdOf, splitSourceId } from './source-id.ts'

/** What references inside a Bundle mean: source ids of its entries, by what a reference may call them. */
export type EntryIds = ReadonlyMap<string, string>
export const NO_ENTRIES: EntryIds = new Map()

const isUrn = (fullUrl: string | null): boolean => fullUrl?.toLowerCase().startsWith('urn:') === true

/**
 * The source id of a Bundle's entry: a `urn:` of its fullUrl is what references mean, so it goes before the
 * resource's own id; a URL tells which server's id that is. Undefined where neither gives one.
 */
export const entryId = (type: string, id: string | undefined, fullUrl: string | null): string | undefined => {
  const named = fullUrl === null ? null : referenceId(fullUrl)
  if (named === null || (named.type !== null && named.type !== type)) return id
  if (named.type === null) return named.id
  const { base, id: ofUrl } = splitSourceId(named.id)
  return sourceIdOf(base, id ?? ofUrl)
}

/** The source ids of entries, for resolving the references between them. */
export const entryIdsOf = (
  entries: readonly {
    readonly resource: { readonly resourceType: string; readonly id?: string }
    readonly fullUrl: string | null
  }[],
): EntryIds => {
  const ids = new Map<string, string>()
  const ambiguous = new Set<string>()
  for (const { resource, fullUrl } of entries) {
    const { resourceType, id } = resource
    const sourceId = entryId(resourceType, id, fullUrl)
    if (sourceId === undefined) continue
    ids.set(`${resourceType}/${sourceId}`, sourceId)
    if (isUrn(fullUrl)) ids.set(`urn:${sourceId}`, sourceId)
    const plain = `${resourceType}/${id}`
    if (id === undefined || plain === `${resourceType}/${sourceId}`) continue
    if (ids.has(plain) && ids.get(plain) !== sourceId) ambiguous.add(plain)
    else ids.set(plain, sourceId)
  }
  // Two servers' entries of one id: what is meant by it depends on who says it.
  for (const plain of ambiguous) ids.delete(plain)
  return ids
}

/**
 * What a reference means where it stands: a resource of the server that the referring entry's fullUrl names,
 * an entry of the same Bundle, else the id as it is. https://hl7.org/fhir/R4/bundle.html#references
 */
export const meantBy = (type: string, id: string, fullUrl: string | null, entries: EntryIds): string => {
  if (splitSourceId(id).base !== null) return id
  const own = fullUrl === null || isUrn(fullUrl) ? null : referenceId(fullUrl)
  const base = own === null ? null : splitSourceId(own.id).base
  if (base === null) return entries.get(`${type}/${id}`) ?? id
  const there = sourceIdOf(base, id)
  if (entries.has(`${type}/${there}`)) return there
  return entries.get(`urn:${id}`) ?? entries.get(`${type}/${id}`) ?? there
}

/** The source id of what an entry says is deleted. */
export const deletedId = (type: string, id: string, fullUrl: string | null, entries: EntryIds): string =>
  (fullUrl === null ? undefined : entryId(type, id, fullUrl)) ?? meantBy(type, id, fullUrl, entries)
