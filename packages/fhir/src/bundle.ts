import { FhirError } from './errors.ts'
import { type FhirResource, isObject, isResource, isString } from './json.ts'
import { refuseOtherVersion } from './version.ts'

/**
 * Types whose entries are the current state of resources: https://hl7.org/fhir/R4/valueset-bundle-type.html
 */
const TYPES: ReadonlySet<unknown> = new Set(['transaction', 'batch', 'collection', 'searchset'])
/** In a transaction or batch only these say that the entry's resource is to be there afterwards. */
const METHODS: ReadonlySet<unknown> = new Set([undefined, 'POST', 'PUT'])

export interface BundleResource {
  readonly resource: FhirResource
  readonly fullUrl: string | null
}

const readEntry = (entry: unknown, place: number): BundleResource | FhirError => {
  const refuse = (reason: string) => new FhirError('bundle-entry', `Entry ${place} of the Bundle ${reason}`)
  if (!isObject(entry)) return refuse('is not an object.')
  const { request, resource, fullUrl } = entry
  if (isObject(request) && !METHODS.has(request.method)) {
    return refuse(
      'asks for something other than to create or update a resource: only POST and PUT are imported.',
    )
  }
  if (!isResource(resource)) return refuse('has no resource with a resourceType.')
  return { resource, fullUrl: isString(fullUrl) ? fullUrl : null }
}

/**
 * The resources of a Bundle, and an error for each entry that has none. Throws `bundle-type` for a Bundle
 * that is no set of resources to import, and `wrong-fhir-version` where any entry is of another release: none
 * of it is taken, since the entries that look the same in both would otherwise go in without the rest of
 * their patient.
 */
export const readBundle = (bundle: FhirResource): { resources: BundleResource[]; errors: FhirError[] } => {
  refuseOtherVersion(bundle)
  if (!TYPES.has(bundle.type)) {
    throw new FhirError(
      'bundle-type',
      'Only Bundles of type transaction, batch, collection or searchset are imported: export this one as one of them.',
    )
  }
  const entries = bundle.entry ?? []
  if (!Array.isArray(entries)) throw new FhirError('bundle-entry', "The Bundle's entry is not a list.")
  const resources: BundleResource[] = []
  const errors: FhirError[] = []
  for (const [index, entry] of entries.entries()) {
    const read = readEntry(entry, index + 1)
    if (read instanceof FhirError) errors.push(read)
    else resources.push(read)
  }
  for (const { resource } of resources) refuseOtherVersion(resource)
  return { resources, errors }
}
