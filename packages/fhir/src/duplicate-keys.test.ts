import { describe, expect, it } from 'vitest'
import { type FhirInput, readFhir } from './read.ts'
import { collect, streamOf } from './testing/streams.ts'

const read = async (text: string): Promise<FhirInput[]> => collect(readFhir(streamOf(text)))
const refusals = async (text: string): Promise<string[]> =>
  (await read(text)).flatMap((input) =>
    input.kind === 'error' && input.error.code === 'duplicate-key'
      ? [`${input.line}: ${input.error.message}`]
      : [],
  )

const SOUND = '{"resourceType":"Patient","id":"p1","name":[{"text":"\\"a\\":1, \\"a\\":2","family":":"}]}'

describe('a resource with an element twice', () => {
  it.each([
    ['{"resourceType":"Patient","id":"p","birthDate":"1970","birthDate":"1980"}', 'Patient.birthDate'],
    ['{"resourceType":"Condition","status":1,"sta\\u0074us":2}', 'Condition.status'],
    ['{"resourceType":"Patient","name":[{},{"family":"a" , "family" :"a"}]}', 'Patient.name[1].family'],
    ['{"resourceType":"Patient","_birthDate":{},"_birthDate":{}}', 'Patient._birthDate'],
    [
      '{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o","id":"o"}]}',
      'Organization.id',
    ],
    [
      '{"resourceType":"Bundle","type":"batch","entry":[{},{"resource":{"resourceType":"Patient","id":"a","id":"b"}}]}',
      'Entry 2 of the Bundle: Patient.id',
    ],
    ['{"resourceType":"Bundle","type":"batch","type":"collection","entry":[]}', 'Bundle.type'],
    ['{"resourceType":"Patient","Jane Doe":1,"Jane Doe":2}', 'Patient.(an element)'],
    ['{"resourceType":"Patient","resourceType":"Practitioner"}', 'Practitioner.resourceType'],
  ])('is refused by its line and place: %s', async (line, place) => {
    const expected = expect.stringMatching(/^2: Line 2 has an element twice/)
    expect(await refusals(`${SOUND}\n${line}\n${SOUND}\n`)).toEqual([expected])
    const [message] = await refusals(`${SOUND}\n${line}\n${SOUND}\n`)
    expect(message).toContain(`(${place})`)
    expect((await read(`${SOUND}\n${line}\n${SOUND}\n`)).map(({ kind }) => kind)).toEqual([
      'resource',
      'error',
      'resource',
    ])
  })

  it('is refused in a document over many lines', async () => {
    const text = '{\n"resourceType": "Patient",\n"id": "p1",\n"gender" : "male",\n"gender": "female"\n}\n'
    const [message] = await refusals(text)
    expect(message).toContain('begins on line 1 has an element twice (Patient.gender)')
  })
})
