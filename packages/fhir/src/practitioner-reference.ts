import { isObject, isString, type JsonObject, objectsOf } from './json.ts'
import { npiIn, npisOf } from './npi.ts'
import { ID, referenceId } from './references.ts'
import { normalBase, sourceIdOf } from './source-id.ts'

const TYPES = ['Practitioner', 'PractitionerRole'] as const
type CarerType = (typeof TYPES)[number]

/** By what a practitioner is named: an id of the source's, of the practitioner or of a role, or an NPI. */
export type Who =
  | { readonly by: 'id'; readonly type: CarerType; readonly id: string }
  | { readonly by: 'npi'; readonly npi: string }

const SEARCH = /^(?:(https?:\/\/[^?#\s]+)\/|\/)?(Practitioner|PractitionerRole)\?(.+)$/

const isCarerType = (type: string): type is CarerType => TYPES.some((known) => known === type)

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const byNpi = (npi: string): Who => ({ by: 'npi', npi })

/**
 * Whom a conditional reference means: by `identifier` with an NPI, or by `_id`. Other parameters only narrow
 * what is found. Nobody where it may mean several. https://hl7.org/fhir/R4/http.html#trules
 */
const whoOfSearch = (base: string | null, type: CarerType, query: string): Who[] => {
  const parameters = query.split('&').map((pair) => {
    const at = pair.indexOf('=')
    return { name: decoded(pair.slice(0, Math.max(at, 0))), value: decoded(pair.slice(at + 1)) }
  })
  const ids = parameters.filter(({ name }) => name === '_id').map(({ value }) => value)
  const [id] = ids
  const npis = new Set<string>()
  for (const { name, value } of parameters) {
    if (name !== 'identifier') continue
    for (const token of value.split(',')) {
      const npi = npiIn(token.slice(0, Math.max(token.indexOf('|'), 0)), token.slice(token.indexOf('|') + 1))
      if (npi !== null) npis.add(npi)
    }
  }
  if (id !== undefined)
    return ids.length === 1 && ID.test(id) ? [{ by: 'id', type, id: sourceIdOf(base, id) }] : []
  return npis.size === 1 ? [...npis].map(byNpi) : []
}

/** A contained practitioner has no id beyond its resource: an NPI alone tells who it is. */
const whoOfContained = (local: string, contained: readonly JsonObject[]): Who[] => {
  const resource = contained.find(({ id }) => id === local || id === `#${local}`)
  if (resource === undefined) return []
  if (resource.resourceType === 'Practitioner') return npisOf(objectsOf(resource.identifier)).map(byNpi)
  if (resource.resourceType !== 'PractitionerRole') return []
  // A role may name a contained practitioner, and no further role.
  return whoOf(
    resource.practitioner,
    contained.filter(({ resourceType }) => resourceType === 'Practitioner'),
  )
}

const whoOfLiteral = (reference: string, contained: readonly JsonObject[]): Who[] => {
  if (reference.startsWith('#')) return whoOfContained(reference.slice(1), contained)
  const text = reference.includes('?') ? reference : decoded(reference)
  const [, url, type, query] = SEARCH.exec(text) ?? []
  if (type !== undefined && query !== undefined && isCarerType(type))
    return whoOfSearch(url === undefined ? null : normalBase(url), type, query)
  const found = referenceId(reference)
  if (found === null) return []
  const { id } = found
  if (found.type !== null) return isCarerType(found.type) ? [{ by: 'id', type: found.type, id }] : []
  return TYPES.map((candidate): Who => ({ by: 'id', type: candidate, id }))
}

/**
 * By what a Reference names a practitioner, the surest first, or nothing: literally (a `urn:uuid:` does not
 * say its type, so it may be either), by a search, by an NPI beside or instead of the reference, as a
 * contained resource, through a PractitionerRole. https://hl7.org/fhir/R4/references.html
 */
export const whoOf = (reference: unknown, contained: readonly JsonObject[] = []): Who[] => {
  if (!isObject(reference)) return []
  const type = isString(reference.type) ? reference.type.replace(/^.*\//, '') : null
  if (type !== null && !isCarerType(type)) return []
  const literal = isString(reference.reference) ? whoOfLiteral(reference.reference, contained) : []
  const { identifier } = reference
  const npi = isObject(identifier) ? npiIn(identifier.system, identifier.value) : null
  return npi === null ? literal : [...literal, byNpi(npi)]
}
