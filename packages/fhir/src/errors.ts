/** Everything that can be wrong with FHIR input. Callers branch on the code, never on the message. */
export type FhirErrorCode =
  | 'not-utf8'
  | 'not-json'
  | 'duplicate-key'
  | 'not-fhir-json'
  | 'not-a-resource'
  | 'unsupported-type'
  | 'wrong-fhir-version'
  | 'bundle-type'
  | 'bundle-entry'
  | 'missing-id'
  | 'missing-patient-reference'
  | 'invalid-element'
  | 'too-deep'
  | 'line-too-long'
  | 'document-too-long'

/**
 * The only error this package throws on purpose. A message says what to do and names at most a resource
 * type of FHIR's own list, an element of the catalog, a line or an entry number: never a value of the
 * resource, and never a name that the input made up. It carries no `cause`: a JSON parser's own message
 * quotes the input.
 */
export class FhirError extends Error {
  override readonly name = 'FhirError'
  readonly code: FhirErrorCode

  constructor(code: FhirErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
