import { describe, expect, it } from 'vitest'
import { projectRecord } from './project.ts'
import { IN_CARE, ONE_PATIENT, scopeOf } from './testing/ask.ts'

const reading = (role: string) =>
  scopeOf({ roles: [role], permission: 'vault:record:read', resource: ONE_PATIENT, relationship: IN_CARE })

const PATIENT = {
  name: [{ use: 'official', family: 'Wolfenstein', given: ['Barnabas'] }],
  birthDate: '1913-01-13',
  mrn: [{ value: 'MRN-00012345' }],
  ssn: [{ value: '999-77-3783' }],
  address: [{ line: ['529 Bruen Passage'], city: 'Georgetown', state: 'Massachusetts', postalCode: '01833' }],
  telecom: [{ system: 'phone', value: '555-610-1179' }],
  memberNumber: [{ value: 'MEMBER-4711' }],
}

describe('a projected record', () => {
  it('holds what is granted, masks as masks, and names both', () => {
    const { values, shown, masked } = projectRecord(reading('billing'), 'Patient', PATIENT)
    expect(Object.keys(values).sort()).toEqual(['address', 'birthDate', 'memberNumber', 'mrn', 'name'])
    expect(values.mrn).toBe(PATIENT.mrn)
    expect(values.name).toMatchObject({ masked: true, mask: 'initials', shown: 'B. W.' })
    expect(values.birthDate).toMatchObject({ masked: true, mask: 'year', shown: '1913' })
    expect(shown).toEqual(['Patient.address', 'Patient.memberNumber', 'Patient.mrn'])
    expect(masked).toEqual(['Patient.birthDate', 'Patient.name'])
  })

  it('holds of the addresses the one that bills go to, else the home, and no other', () => {
    const of = (address: unknown) => projectRecord(reading('billing'), 'Patient', { address }).values.address
    const [home, billing, work, old] = ['home', 'billing', 'work', 'old'].map((use) => ({ use, city: use }))
    const past = { ...billing, period: { end: '2019' } }
    const unsaid = { city: 'unsaid' }
    expect(of([home, work, billing, old])).toEqual([billing])
    expect(of([work, home, past, old])).toEqual([home])
    expect(of([old, work, unsaid])).toEqual([unsaid])
    // A value that is there, and no part of it to be shown: that, and nothing of it.
    for (const address of [[work, old], [past], 'Georgetown', { city: 'Georgetown' }]) {
      expect(of(address)).toMatchObject({ masked: true, mask: 'hidden', shown: null })
    }
    expect(projectRecord(reading('billing'), 'Patient', { address: [work] })).toMatchObject({
      shown: [],
      masked: ['Patient.address'],
    })
  })

  it('holds nothing of what is masked or withheld', () => {
    const text = JSON.stringify(projectRecord(reading('billing'), 'Patient', PATIENT))
    for (const secret of ['Wolfenstein', 'Barnabas', '01-13', '999', '3783', '610-1179']) {
      expect(text).not.toContain(secret)
    }
    expect(text).toContain('MRN-00012345')
  })

  it('shows a nurse that there are notes, and not what they say', () => {
    const note = [{ text: 'Lives alone above the bakery.' }]
    const { values, shown, masked } = projectRecord(reading('nurse'), 'Condition', {
      code: { text: 'Asthma' },
      note,
    })
    expect(values.code).toEqual({ text: 'Asthma' })
    expect(values.note).toMatchObject({ masked: true, mask: 'hidden', shown: null })
    expect([shown, masked]).toEqual([['Condition.code'], ['Condition.note']])
  })

  it('drops what the catalog does not name, and does not claim to have shown what is not there', () => {
    const fields = JSON.parse('{"nope": 1, "__proto__": {"a": 1}, "constructor": 2, "code": null}')
    expect(projectRecord(reading('clinician'), 'Condition', fields)).toEqual({
      values: {},
      shown: [],
      masked: [],
    })
  })

  it('shows nothing of another resource type that has a field of the same name', () => {
    expect(
      projectRecord(reading('clinician'), 'Claim', { status: 'active', text: { div: 'x' } }).values,
    ).toEqual({})
    expect(projectRecord(reading('billing'), 'Encounter', { status: 'finished' }).values).toEqual({})
  })
})
