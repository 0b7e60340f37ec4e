import { type EntryIds, entryIdsOf, NO_ENTRIES } from './entry-ids.ts'
import { FhirError } from './errors.ts'
import { type FhirResource, isObject, isResource, isString, type JsonObject } from './json.ts'
import { isKnownType } from './r4-types.ts'
import { referenceId } from './references.ts'
import { splitSourceId } from './source-id.ts'
import { refuseOtherVersion } from './version.ts'

/** Types whose entries are resources: https://hl7.org/fhir/R4/valueset-bundle-type.html */
const TYPES: ReadonlySet<unknown> = new Set([
  'transaction',
  'batch',
  'collection',
  'searchset',
  'document',
  'message',
  'history',
])
const RESPONSES: ReadonlySet<unknown> = new Set(['transaction-response', 'batch-response'])
/** Where an entry says what is to be done, these say that its resource is to be there afterwards. */
const METHODS: ReadonlySet<unknown> = new Set([undefined, 'POST', 'PUT'])
/** Deeper than any Bundle that is meant: a searchset of documents has two. */
const MAX_DEPTH = 4

export interface BundleResource {
  /** Of a deletion its type and id alone. */
  readonly resource: FhirResource
  readonly fullUrl: string | null
  /** Which entry it is, from 1, with dots inside of another Bundle; null outside of any. */
  readonly entry: string | null
  /** What the references inside its Bundle mean. */
  readonly entries: EntryIds
  /** Whether the source says that it has deleted the resource. */
  readonly isDeleted: boolean
}

/** What stands in a Bundle beside its resources. */
interface Aside {
  readonly entry: string
  /** A type of FHIR's own list, where it is known. */
  readonly type: string | null
}

export interface EntryError extends Aside {
  readonly error: FhirError
}

/** What is no record and needs none: nothing is lost by leaving it out. */
export interface Skipped extends Aside {
  readonly code: 'operation-outcome' | 'message-header'
  readonly message: string
}

export interface ReadBundle {
  readonly resources: readonly BundleResource[]
  readonly errors: readonly EntryError[]
  readonly skipped: readonly Skipped[]
}

const SKIPPED: Readonly<Record<string, Pick<Skipped, 'code' | 'message'>>> = {
  OperationOutcome: {
    code: 'operation-outcome',
    message: 'An OperationOutcome is what a server has to say of its answer, and no record: it is left out.',
  },
  MessageHeader: {
    code: 'message-header',
    message: 'A MessageHeader says how a message travels, and is no record: it is left out.',
  },
}

/** Why a resource is left out that is no record, or null. */
export const skippedAs = ({ resourceType }: FhirResource): Pick<Skipped, 'code' | 'message'> | null =>
  (Object.hasOwn(SKIPPED, resourceType) ? SKIPPED[resourceType] : undefined) ?? null

const knownType = (resource: FhirResource): string | null =>
  isKnownType(resource.resourceType) ? resource.resourceType : null

/** What an entry's `DELETE` names, or null where it is none that names a resource by id. */
const deletedBy = (request: JsonObject, fullUrl: string | null): FhirResource | null => {
  const named = referenceId(isString(request.url) ? request.url : '') ?? referenceId(fullUrl ?? '')
  return named === null || named.type === null
    ? null
    : { resourceType: named.type, id: splitSourceId(named.id).id }
}

/** When an entry of a history became what it is, where it says so. */
const timeOf = (entry: unknown): number => {
  if (!isObject(entry)) return Number.NaN
  const { resource, response } = entry
  const meta = isObject(resource) && isObject(resource.meta) ? resource.meta.lastUpdated : undefined
  const at = meta ?? (isObject(response) ? response.lastModified : undefined)
  return isString(at) ? Date.parse(at) : Number.NaN
}

/**
 * The places of entries in the order in which they came to be. A history stands newest first:
 * https://hl7.org/fhir/R4/http.html#history
 */
const orderOf = (type: unknown, entries: readonly unknown[]): number[] => {
  const places = [...entries.keys()]
  if (type !== 'history') return places
  const times = entries.map(timeOf)
  const oldestFirst = places.reverse()
  if (times.some(Number.isNaN)) return oldestFirst
  return oldestFirst.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0))
}

class BundleReader {
  readonly resources: BundleResource[] = []
  readonly errors: EntryError[] = []
  readonly skipped: Skipped[] = []

  read(bundle: FhirResource, before: string, depth: number): void {
    refuseOtherVersion(bundle)
    const { type, entry: entries = [] } = bundle
    if (!TYPES.has(type)) throw wrongType(type)
    if (!Array.isArray(entries)) throw new FhirError('bundle-entry', "The Bundle's entry is not a list.")
    const own: Omit<BundleResource, 'entries'>[] = []
    for (const place of orderOf(type, entries)) {
      const entry = `${before}${place + 1}`
      const found = this.#take(entries[place], entry, depth)
      if (found !== null) own.push(found)
    }
    for (const { resource } of own) refuseOtherVersion(resource)
    const ids = own.length === 0 ? NO_ENTRIES : entryIdsOf(own.filter(({ isDeleted }) => !isDeleted))
    for (const one of own) this.resources.push({ ...one, entries: ids })
  }

  #take(value: unknown, entry: string, depth: number): Omit<BundleResource, 'entries'> | null {
    const refuse = (reason: string, type: string | null = null): null => {
      const error = new FhirError('bundle-entry', `Entry ${entry} of the Bundle ${reason}`)
      this.errors.push({ entry, type, error })
      return null
    }
    if (!isObject(value)) return refuse('is not an object.')
    const { request, resource } = value
    const fullUrl = isString(value.fullUrl) ? value.fullUrl : null
    if (isObject(request) && request.method === 'DELETE') {
      const deleted = deletedBy(request, fullUrl)
      if (deleted === null) return refuse('deletes what it does not name by type and id: name it so.')
      const url = isString(request.url) && /^https?:/i.test(request.url) ? request.url : null
      return { resource: deleted, fullUrl: fullUrl ?? url, entry, isDeleted: true }
    }
    if (isObject(request) && !METHODS.has(request.method)) {
      return refuse('asks for something other than to create, update or delete a resource.')
    }
    if (!isResource(resource)) return refuse('has no resource with a resourceType.')
    const skip = skippedAs(resource)
    if (skip !== null) {
      this.skipped.push({ entry, type: resource.resourceType, ...skip })
      return null
    }
    if (resource.resourceType !== 'Bundle') return { resource, fullUrl, entry, isDeleted: false }
    if (depth >= MAX_DEPTH) return refuse(`is a Bundle in a Bundle, more than ${MAX_DEPTH} deep.`, 'Bundle')
    try {
      this.read(resource, `${entry}.`, depth + 1)
    } catch (error) {
      if (!(error instanceof FhirError) || error.code === 'wrong-fhir-version') throw error
      this.errors.push({ entry, type: knownType(resource), error })
    }
    return null
  }
}

const wrongType = (type: unknown): FhirError =>
  new FhirError(
    'bundle-type',
    RESPONSES.has(type)
      ? 'This Bundle is what a server answered to a transaction or a batch (its type ends in -response), and says what was done: import the Bundle that was sent, or export the resources.'
      : 'Only Bundles of type transaction, batch, collection, searchset, document, message or history are imported: export this one as one of them.',
  )

/**
 * The resources of a Bundle and of the Bundles in it, oldest version first; an error for each entry that has
 * none, and what is left out because it is no record. Throws `bundle-type` for a Bundle that is no set of
 * resources to import, and `wrong-fhir-version` where any entry is of another release: none of it is taken,
 * since the entries that look the same in both would otherwise go in without the rest of their patient.
 */
export const readBundle = (bundle: FhirResource): ReadBundle => {
  const reader = new BundleReader()
  reader.read(bundle, '', 1)
  return reader
}
