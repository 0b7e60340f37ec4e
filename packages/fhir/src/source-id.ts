/** Parts of a source id that has a base: no id of FHIR holds it. */
const MARK = '|'

/**
 * A server's base URL as one that is compared: without scheme (http and https are one server), letters of the
 * host small, no port that is the scheme's own, no slash at the end. Null for what is none.
 */
export const normalBase = (url: string): string | null => {
  const parsed = URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.search !== '' || parsed.hash !== '')
    return null
  return `${parsed.host}${parsed.pathname.replace(/\/+$/, '')}`
}

/**
 * The id by which a source knows a resource: the resource's own, behind its server's base where one is known
 * (`a.example/fhir|1`), since two servers use the same ids for different people.
 */
export const sourceIdOf = (base: string | null, id: string): string =>
  base === null ? id : `${base}${MARK}${id}`

/** The parts of a source id. */
export const splitSourceId = (sourceId: string): { readonly base: string | null; readonly id: string } => {
  const at = sourceId.lastIndexOf(MARK)
  return at === -1
    ? { base: null, id: sourceId }
    : { base: sourceId.slice(0, at), id: sourceId.slice(at + MARK.length) }
}
