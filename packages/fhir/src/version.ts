import { FhirError } from './errors.ts'
import { type FhirResource, isObject, isString, objectsOf, stringsOf } from './json.ts'
import { FOREIGN_TYPES, type OtherVersion, TELLS } from './version-tells.ts'

/** R4 and R4B, whose resources of our types are the same: https://hl7.org/fhir/R4B/diff.html */
const R4 = /^4\.[013](?:\.|$)/
const CORE_PROFILE = /^http:\/\/hl7\.org\/fhir\/(?:(\d\.\d)\/)?StructureDefinition\/[^|]*(?:\|(\d[\d.]*))?/

const nameOf = (version: string): OtherVersion | 'another release' => {
  if (/^(?:0\.5|1\.0)/.test(version)) return 'DSTU2'
  if (/^(?:1\.[1-9]|3\.)/.test(version)) return 'STU3'
  return version.startsWith('5.') ? 'R5' : 'another release'
}

/**
 * What the resource says of itself: `fhirVersion`, an extension of that name, or a versioned core profile.
 */
const statedVersion = (resource: FhirResource): string | null => {
  const own = resource.fhirVersion
  if (isString(own)) return own
  const meta = isObject(resource.meta) ? resource.meta : {}
  for (const extension of objectsOf(meta.extension)) {
    const url = extension.url
    const value = extension.valueCode ?? extension.valueString
    if (isString(url) && url.endsWith('/fhirVersion') && isString(value)) return value
  }
  for (const profile of stringsOf(meta.profile)) {
    const found = CORE_PROFILE.exec(profile)
    const version = found?.[1] ?? found?.[2]
    if (version !== undefined) return version
  }
  return null
}

/**
 * The release that a resource is of where it is not R4, with the element that says so; null where nothing
 * does.
 */
export const otherVersionOf = (
  resource: FhirResource,
): { version: OtherVersion | 'another release'; element: string } | null => {
  const stated = statedVersion(resource)
  if (stated !== null && !R4.test(stated)) return { version: nameOf(stated), element: 'meta' }
  const { resourceType } = resource
  if (Object.hasOwn(FOREIGN_TYPES, resourceType)) {
    return { version: FOREIGN_TYPES[resourceType] ?? 'another release', element: 'resourceType' }
  }
  if (resource.fhir_comments !== undefined) return { version: 'DSTU2', element: 'fhir_comments' }
  const tells = Object.hasOwn(TELLS, resourceType) ? (TELLS[resourceType] ?? []) : []
  for (const { element, version, when } of tells) {
    const value = resource[element]
    if (value !== undefined && (when === undefined || when(value))) return { version, element }
  }
  return null
}

/** Throws `wrong-fhir-version` for a resource that is not of R4. */
export const refuseOtherVersion = (resource: FhirResource): void => {
  const other = otherVersionOf(resource)
  if (other === null) return
  const of = other.version === 'before R4' ? 'a release before R4 (DSTU2 or STU3)' : other.version
  throw new FhirError(
    'wrong-fhir-version',
    `This is FHIR ${of}, by its ${other.element}: export it as FHIR R4 (4.0.1) and import that.`,
  )
}
