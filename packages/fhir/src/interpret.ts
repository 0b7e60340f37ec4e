import { findDuplicateKey, parseJson } from '@chartward/policy'
import { type BundleResource, readBundle, type Skipped, skippedAs } from './bundle.ts'
import { placeOf } from './duplicate-keys.ts'
import { NO_ENTRIES } from './entry-ids.ts'
import { FhirError, type FhirErrorCode } from './errors.ts'
import { formatMessage } from './format.ts'
import { isResource } from './json.ts'

export type FhirInput =
  | {
      readonly kind: 'bundle' | 'resource'
      /** The line that it stands on; for a document over many lines, the one it begins on. From 1. */
      readonly line: number
      /** Its length in bytes. */
      readonly bytes: number
      readonly resources: readonly BundleResource[]
    }
  | {
      readonly kind: 'error'
      readonly line: number
      /** Which entry of the line's Bundle is meant, and its type, where it is known. */
      readonly entry?: string
      readonly type?: string | null
      readonly error: FhirError
    }
  | (Omit<Skipped, 'entry'> & {
      readonly kind: 'skipped'
      readonly line: number
      readonly entry: string | null
    })

export const failure = (line: number, code: FhirErrorCode, message: string): FhirInput => ({
  kind: 'error',
  line,
  error: new FhirError(code, message),
})

// A byte order mark is taken off by the decoder, and bytes that are no UTF-8 are an error, not a U+FFFD.
const decoder = new TextDecoder('utf-8', { fatal: true })

/** The text of UTF-8 bytes, or null where they are none. */
export const decode = (bytes: Uint8Array): string | null => {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

/** With every digit; the parser's own error quotes the input and so goes no further than here. */
export const parse = (text: string): ReturnType<typeof parseJson> | null => {
  try {
    return parseJson(text)
  } catch {
    return null
  }
}

const interpretBundle = (
  line: number,
  bytes: number,
  bundle: Parameters<typeof readBundle>[0],
): FhirInput[] => {
  try {
    const { resources, errors, skipped } = readBundle(bundle)
    return [
      ...errors.map((error): FhirInput => ({ kind: 'error', line, ...error })),
      ...skipped.map((one): FhirInput => ({ kind: 'skipped', line, ...one })),
      { kind: 'bundle', line, bytes, resources },
    ]
  } catch (error) {
    if (error instanceof FhirError) return [{ kind: 'error', line, error }]
    throw error
  }
}

/**
 * What one JSON text holds: a Bundle's resources (and the errors of its entries), a resource, or an error.
 */
export const interpret = (text: string, line: number, bytes: number, what = `Line ${line}`): FhirInput[] => {
  const parsed = parse(text)
  if (parsed === null) {
    return [
      failure(line, 'not-json', `${what} is not valid JSON: it is cut off or damaged. Export it again.`),
    ]
  }
  const { value, mayHaveDuplicates } = parsed
  const duplicate = mayHaveDuplicates ? findDuplicateKey(text) : null
  if (duplicate !== null) {
    const reason = `${what} has an element twice (${placeOf(value, duplicate)}), and nobody can say which of the two is meant.`
    return [failure(line, 'duplicate-key', `${reason} None of it is taken: correct it at the source.`)]
  }
  if (Array.isArray(value)) return [failure(line, 'not-fhir-json', formatMessage('json-array'))]
  if (!isResource(value)) {
    const reason = `${what} is JSON but no FHIR resource: it needs a resourceType, and its id must be a string.`
    return [failure(line, 'not-a-resource', reason)]
  }
  if (value.resourceType === 'Bundle') return interpretBundle(line, bytes, value)
  const skip = skippedAs(value)
  if (skip !== null) return [{ kind: 'skipped', line, entry: null, type: value.resourceType, ...skip }]
  const alone = { resource: value, fullUrl: null, entry: null, entries: NO_ENTRIES, isDeleted: false }
  return [{ kind: 'resource', line, bytes, resources: [alone] }]
}
