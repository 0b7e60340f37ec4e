import { type FieldType, RESOURCE_TYPES, type ResourceType, resourceOf, SIBLINGS } from '@chartward/policy'
import fc, { type Arbitrary } from 'fast-check'
import type { FhirResource } from '../json.ts'

const text = fc.string({ minLength: 1, maxLength: 12 })
const day = fc.constantFrom('1961', '1961-03', '1961-03-05', '2024-02-29')
const moment = fc.constantFrom('1961-03-05', '2024-02-29T23:59:60Z', '2026-11-22T10:00:00.250-05:00')
const coding = fc.record({ system: text, code: text, display: text }, { requiredKeys: [] })
const concept = fc.record({ coding: fc.array(coding), text }, { requiredKeys: [] })
const period = fc.record({ start: moment, end: moment }, { requiredKeys: [] })
const reference = fc.record({ reference: text, display: text }, { requiredKeys: [] })
const address = fc.record({ line: fc.array(text), city: text, postalCode: text }, { requiredKeys: [] })
const quantity = fc.record({ value: fc.integer(), unit: text }, { requiredKeys: [] })
const identifier = fc.record(
  {
    type: fc.constantFrom('MR', 'SS', 'DL', 'PPN', 'MB', 'ZZ').map((code) => ({ coding: [{ code }] })),
    system: fc.constantFrom('http://hl7.org/fhir/sid/us-ssn', 'https://example.org/other'),
    value: text,
  },
  { requiredKeys: [] },
)
const structure = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.jsonValue({ maxDepth: 2 }), {
  maxKeys: 3,
})

const VALUES: Readonly<Record<FieldType, Arbitrary<unknown>>> = {
  string: text,
  code: fc.constantFrom('final', 'entered-in-error'),
  id: fc.stringMatching(/^[A-Za-z0-9.-]{1,20}$/),
  boolean: fc.boolean(),
  integer: fc.integer(),
  date: day,
  dateTime: moment,
  Period: period,
  time: fc.constantFrom('08:30:00', '23:59:60.5'),
  decimal: fc.integer(),
  Quantity: quantity,
  Range: fc.record({ low: quantity, high: quantity }, { requiredKeys: [] }),
  Ratio: fc.record({ numerator: quantity, denominator: quantity }, { requiredKeys: [] }),
  SampledData: fc.record({ origin: quantity, data: text }, { requiredKeys: [] }),
  Money: fc.record({ value: fc.integer(), currency: text }),
  Coding: coding,
  CodeableConcept: concept,
  'CodeableConcept[]': fc.array(concept),
  'HumanName[]': fc.array(fc.record({ family: text, given: fc.array(text) }, { requiredKeys: [] })),
  Address: address,
  'Address[]': fc.array(address),
  'ContactPoint[]': fc.array(fc.record({ system: text, value: text })),
  'Identifier[]': fc.array(identifier),
  Reference: reference,
  'Reference[]': fc.array(reference),
  'Annotation[]': fc.array(fc.record({ text })),
  Narrative: fc.record({ status: text, div: text }),
  'Attachment[]': fc.array(fc.record({ contentType: text, data: text })),
  'Component[]': fc.array(fc.record({ code: concept, valueQuantity: quantity })),
  Complex: fc.array(structure),
}

/** Structures of which R4 has one, where another release has several: a list would give it away. */
const ONE: ReadonlySet<string> = new Set([
  'DocumentReference.context',
  'Consent.provision',
  'Composition.identifier',
])

const extensions = (urls: readonly string[]): Arbitrary<unknown> =>
  fc.array(fc.record({ url: fc.constantFrom('https://example.org/other', ...urls), valueString: text }))

const elementsOf = (type: ResourceType): Record<string, Arbitrary<unknown>> => {
  const elements: Record<string, Arbitrary<unknown>> = {}
  const urls: string[] = []
  for (const [name, field] of Object.entries(resourceOf(type).fields)) {
    if ('url' in field.source) urls.push(field.source.url)
    else elements[field.source.element] = ONE.has(`${type}.${name}`) ? structure : VALUES[field.type]
  }
  return { ...elements, extension: extensions(urls) }
}

const ID = fc.constantFrom('p1', '8d5a3c1e-4b7f-4f0a-9c2d-1e2f3a4b5c6d')
const subject = ID.chain((id) =>
  fc.record(
    {
      reference: fc.constantFrom(`Patient/${id}`, `urn:uuid:${id}`, `https://ehr.example.org/Patient/${id}`),
      display: text,
    },
    { requiredKeys: ['reference'] },
  ),
)

const ofType = (type: ResourceType): Arbitrary<FhirResource> => {
  const { patientElement } = resourceOf(type)
  const { id: _, [SIBLINGS]: _siblings, ...elements } = elementsOf(type)
  const rest = fc.record(
    {
      _status: structure,
      stray: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  const named =
    patientElement === null || patientElement === 'id'
      ? {}
      : { [patientElement]: patientElement === 'target' ? fc.tuple(subject) : subject }
  const mapped = fc.record({ ...elements, ...named }, { requiredKeys: Object.keys(named) })
  return fc
    .tuple(rest, mapped, fc.stringMatching(/^[A-Za-z0-9.-]{1,20}$/))
    .map(([other, own, id]) => ({ ...other, ...own, resourceType: type, id }))
}

/** Valid R4 resources of every type of the catalog, with elements that it maps and some that it does not. */
export const resourceArbitrary: Arbitrary<FhirResource> = fc.constantFrom(...RESOURCE_TYPES).chain(ofType)
