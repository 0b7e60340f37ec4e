import { describe, expect, it } from 'vitest'
import { FhirError, type FhirErrorCode } from './errors.ts'
import type { FhirResource } from './json.ts'
import { toRecord } from './map.ts'
import { readFhir } from './read.ts'
import { streamOf } from './testing/streams.ts'

const readError = async (bytes: string | Uint8Array, limits = {}): Promise<FhirError> => {
  for await (const input of readFhir(streamOf(bytes), limits)) if (input.kind === 'error') return input.error
  throw new Error('nothing was refused')
}

const mapError = (resource: FhirResource): FhirError => {
  try {
    toRecord(resource)
  } catch (error) {
    if (error instanceof FhirError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

/** Stands for PHI wherever a caller could put it: no message may repeat it. */
const SECRET = 'Xyzzy'
const patient = (elements: object): FhirResource => ({ resourceType: 'Patient', id: 'p1', ...elements })
const nested = (depth: number): unknown => (depth === 0 ? SECRET : { [SECRET]: nested(depth - 1) })

/** One input at least for every code: the type demands it. */
const REFUSED: Readonly<Record<FhirErrorCode, readonly (() => Promise<FhirError> | FhirError)[]>> = {
  'not-utf8': [
    () => readError(Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d, 0x0a)),
    () => readError(Uint8Array.of(0x7b, 0x0a, 0x22, 0x61, 0x22, 0x0a, 0xc3, 0x28, 0x0a)),
  ],
  'not-json': [
    () => readError(`{"resourceType":"Patient","id":"${SECRET}`),
    () => readError(`{"resourceType":"Patient","id":"p1"}\n${SECRET}\n`),
    () => readError(`{\n"resourceType": "Patient",\n"id": ${SECRET}\n}`),
  ],
  'duplicate-key': [
    () => readError(`{"resourceType":"Patient","id":"${SECRET}","id":"p1"}`),
    () => readError(`{"resourceType":"Patient","id":"p1","${SECRET}":1,"${SECRET}":1}`),
    () => readError(`{\n"resourceType":"Patient",\n"name":[{"${SECRET}":{"a":1,"a":"${SECRET}"}}]\n}`),
  ],
  'not-fhir-json': [
    () => readError(`["${SECRET}"]`),
    () => readError(`MSH|^~\\&|${SECRET}|`),
    () => readError(`name,born\n${SECRET},1970`),
    () => readError(`<Patient xmlns="http://hl7.org/fhir"><id value="${SECRET}"/></Patient>`),
  ],
  'not-a-resource': [
    () => readError(`{"id":"${SECRET}"}`),
    () => readError(`{"resourceType":"Patient","id":{"a":"${SECRET}"}}`),
    () => mapError({ resourceType: SECRET, id: 'p1' }),
    () => mapError({ resourceType: '__proto__', id: 'p1' }),
  ],
  'unsupported-type': [() => mapError({ resourceType: 'NutritionOrder', id: SECRET })],
  'wrong-fhir-version': [
    () => mapError(patient({ animal: { species: SECRET } })),
    () =>
      readError(
        `{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Order"}}]}`,
      ),
  ],
  'bundle-type': [() => readError(`{"resourceType":"Bundle","type":"${SECRET}","entry":[]}`)],
  'bundle-entry': [
    () => readError(`{"resourceType":"Bundle","type":"batch","entry":["${SECRET}"]}`),
    () => readError(`{"resourceType":"Bundle","type":"batch","entry":"${SECRET}"}`),
    () =>
      readError(
        `{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"PATCH","url":"Patient/${SECRET}"}}]}`,
      ),
  ],
  'missing-id': [() => mapError({ resourceType: 'Patient', name: [{ family: SECRET }] })],
  'missing-patient-reference': [
    () => mapError({ resourceType: 'Condition', id: 'c1' }),
    () => mapError({ resourceType: 'Condition', id: 'c1', subject: { display: SECRET } }),
    () => mapError({ resourceType: 'Condition', id: 'c1', subject: { reference: `#${SECRET}` } }),
    () => mapError({ resourceType: 'Condition', id: 'c1', subject: { reference: `Group/${SECRET}` } }),
    () => mapError({ resourceType: 'Condition', id: 'c1', subject: { reference: `Patient?name=${SECRET}` } }),
    () => mapError({ resourceType: 'Condition', id: 'c1', subject: SECRET }),
  ],
  'invalid-element': [
    () => mapError(patient({ birthDate: SECRET })),
    () => mapError(patient({ birthDate: '1961-02-29' })),
    () => mapError(patient({ birthDate: null })),
    () => mapError(patient({ deceasedDateTime: '2026-01-02T10:00:00' })),
    () => mapError(patient({ name: { family: SECRET } })),
    () => mapError(patient({ name: [{ family: [SECRET] }] })),
    () => mapError(patient({ gender: `${SECRET} of Main Street` })),
    () => mapError(patient({ identifier: { value: SECRET } })),
    () => mapError(patient({ identifier: [{ value: 7 }] })),
    () => mapError(patient({ extension: [{ valueString: SECRET }] })),
    () => mapError(patient({ id: `${SECRET} ${SECRET}` })),
    () => mapError(patient({ [`${SECRET} lives here`]: 1 })),
    () => mapError(patient({ $order: { identifier: [] } })),
    () => mapError(JSON.parse('{"resourceType":"Patient","id":"p1","__proto__":{"polluted":true}}')),
    () => mapError(patient({ stray: `${SECRET}\ud800` })),
    () => mapError(JSON.parse('{"resourceType":"Patient","id":"p1","stray":1e999}')),
  ],
  'too-deep': [
    () => mapError(patient({ stray: nested(100) })),
    () => mapError(patient({ contact: nested(100) })),
  ],
  'line-too-long': [() => readError(`{"resourceType":"Patient","id":"${SECRET}"}`, { maxLineBytes: 16 })],
  'document-too-long': [
    () => readError(`{\n"resourceType": "Patient",\n"id": "${SECRET}"\n}`, { maxDocumentBytes: 16 }),
  ],
}

describe('bad input', () => {
  for (const [code, cases] of Object.entries(REFUSED)) {
    it(`is refused as ${code}, in words that hold nothing of it`, async () => {
      for (const refuse of cases) {
        const error = await refuse()
        expect(error.code).toBe(code)
        expect(error.message).not.toContain(SECRET)
        expect(error.message).toMatch(/^\S.{20,}[.]$/s)
        expect(error.cause).toBeUndefined()
      }
    })
  }

  it('names the element that is wrong', () => {
    expect(mapError(patient({ birthDate: '5 March' })).message).toContain('Patient.birthDate')
    expect(mapError(patient({ name: 'Byrd' })).message).toContain('Patient.name')
  })

  it('cannot reach the prototype of anything', () => {
    const hostile = JSON.parse(
      '{"resourceType":"Patient","id":"p1","constructor":{"prototype":{"polluted":true}}}',
    )
    expect(toRecord(hostile).fields.unmapped).toEqual({ constructor: { prototype: { polluted: true } } })
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
  })
})
