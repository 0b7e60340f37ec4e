import { type Field, type FieldType, type ResourceType, resourceOf } from '@chartward/policy'

const coding = {
  system: 'http://snomed.info/sct',
  code: '73211009',
  display: 'Diabetes mellitus',
  version: '2020',
}
const concept = { coding: [coding], text: 'Diabetes mellitus' }
const quantity = { value: 5.5, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg', comparator: '<' }
const reference = {
  reference: 'Encounter/e-17',
  display: 'Dr. Wolf',
  identifier: { value: 'E-17' },
  type: 'Encounter',
}
const address = {
  line: ['529 Bruen Passage'],
  city: 'Georgetown',
  district: 'Essex',
  state: 'MA',
  postalCode: '01833',
  country: 'US',
  period: { start: '2001-02-03' },
}
const period = { start: '2019-02-03', end: '2020-03-04T05:06:07Z' }

const VALUES: Record<FieldType, unknown> = {
  string: 'Wolf',
  code: 'final',
  id: 'source-1',
  boolean: true,
  integer: 3,
  date: '1980-05-06',
  dateTime: '2019-02-03T04:05:06Z',
  Period: period,
  time: '08:30:00',
  decimal: 12.5,
  Quantity: quantity,
  Range: { low: quantity, high: quantity },
  Ratio: { numerator: quantity, denominator: quantity },
  SampledData: { origin: quantity, data: '1 2 3 Wolf' },
  Money: { value: 125.5, currency: 'USD' },
  CodeableConcept: concept,
  'CodeableConcept[]': [concept, concept],
  Coding: coding,
  'HumanName[]': [{ family: 'Wolf', given: ['Barry', 'Quentin'], text: 'Barry Wolf', prefix: ['Mr.'] }],
  'Address[]': [address],
  Address: address,
  'ContactPoint[]': [{ system: 'phone', value: '555-610-1179', period }],
  'Identifier[]': [{ system: 'http://hospital.example.org', value: 'S99976797', type: concept }],
  Reference: reference,
  'Reference[]': [reference, { reference: '#contained' }],
  'Annotation[]': [{ text: 'Seen with his wife Mary', time: '2019-02-03', authorString: 'Dr. Wolf' }],
  Narrative: { status: 'generated', div: '<div>Wolf</div>' },
  'Attachment[]': [
    { contentType: 'text/plain', data: 'V29sZg==', url: 'http://example.org/wolf', title: 'Wolf' },
  ],
  'Component[]': [{ code: concept, valueQuantity: quantity, valueString: 'Wolf', interpretation: [concept] }],
  Complex: [{ value: 'Wolf', note: [{ text: 'Wolf' }] }],
}

const extension = (url: string) => [
  {
    url,
    valueString: 'Wolf',
    valueCode: 'F',
    extension: [
      {
        url: 'ombCategory',
        valueCoding: { system: 'urn:oid:2.16.840.1.113883.6.238', code: '2106-3', display: 'White' },
      },
      { url: 'text', valueString: 'White' },
    ],
  },
]

const fieldValue = (field: Field): unknown =>
  'url' in field.source ? extension(field.source.url) : VALUES[field.type]

/**
 * A record with a value in every field that the catalog declares for the type, of the shape that FHIR R4
 * gives it.
 */
export const sampleFields = (type: ResourceType): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(resourceOf(type).fields).map(([name, field]) => [name, fieldValue(field)]),
  )
