import { describe, expect, it } from 'vitest'
import { addressesInOrder, contactsInOrder, endOf, isFormer, namesInOrder } from './current.ts'
import { displayName } from './display.ts'
import { chartClasses, dateOf, isRestrictingConsent, kindOf, stateOf, titleOf } from './title.ts'

const NOW = Date.parse('2026-11-01')

describe('what is current', () => {
  const family = (names: unknown) => namesInOrder(names, NOW).map((name) => name.family ?? name.text)

  it('is the official name before the usual, whatever their order, and never a former one before another', () => {
    const old = { use: 'old', family: 'Formerly' }
    const maiden = { use: 'maiden', family: 'Maiden' }
    const ended = { use: 'official', family: 'Ended', period: { end: '2015-01-01' } }
    const usual = { use: 'usual', family: 'Usual' }
    const official = { use: 'official', family: 'Official', period: { start: '2015-01-01' } }
    const nickname = { use: 'nickname', text: 'Nick' }
    expect(family([old, maiden, ended, nickname, usual, official])[0]).toBe('Official')
    expect(family([old, maiden, ended, nickname, usual])[0]).toBe('Usual')
    expect(family([old, ended, nickname])[0]).toBe('Nick')
    expect(family([old, ended])).toHaveLength(2)
    expect(displayName([ended, usual])).toBe('Usual')
    expect(displayName([old, { text: 'ただの名前' }])).toBe('ただの名前')
  })

  it('is not what has not begun', () => {
    const future = { use: 'official', family: 'Future', period: { start: '2030' } }
    expect(family([future, { use: 'usual', family: 'Now' }])).toEqual(['Now', 'Future'])
  })

  it('lasts to the end of the day, month or year that it ends in', () => {
    expect(endOf('2026')).toBe(Date.UTC(2027, 0))
    expect(endOf('2026-11')).toBe(Date.UTC(2026, 11))
    expect(endOf('2026-10-31')).toBe(Date.UTC(2026, 10, 1))
    expect(isFormer({ period: { end: '2026' } }, NOW)).toBe(false)
    expect(isFormer({ period: { end: '2026-10' } }, NOW)).toBe(true)
  })

  it('is where somebody lives before where letters go, and a number by rank', () => {
    const addresses = [
      { use: 'old', city: 'Oldtown' },
      { use: 'home', type: 'postal', city: 'Box' },
      { use: 'work', city: 'Office' },
      { use: 'home', city: 'Newtown' },
    ]
    expect(addressesInOrder(addresses, NOW).map(({ city }) => city)).toEqual([
      'Newtown',
      'Office',
      'Box',
      'Oldtown',
    ])
    const contacts = [
      { value: '1', use: 'old', rank: 1 },
      { value: '2', use: 'mobile' },
      { value: '3', use: 'work', rank: 1 },
    ]
    expect(contactsInOrder(contacts, NOW).map(({ value }) => value)).toEqual(['3', '2', '1'])
  })
})

describe('what a record is about', () => {
  const title = (...[type, values]: Parameters<typeof titleOf>) => titleOf(type, values)?.value ?? null

  it('is a medication by its words, by reference, or contained, also as a mixture', () => {
    expect(title('MedicationRequest', { medicationCodeableConcept: { text: 'Warfarin' } })).toBe('Warfarin')
    expect(title('MedicationRequest', { medicationReference: { display: 'Aspirin' } })).toBe('Aspirin')
    const contained = [
      { resourceType: 'Medication', id: 'm', code: { coding: [{ display: 'Insulin' }] } },
      { resourceType: 'Medication', id: 'x', ingredient: [{ itemCodeableConcept: { text: 'Zinc' } }] },
    ]
    const of = (reference: string) => ({ contained, medicationReference: { reference } })
    expect(title('MedicationRequest', of('#m'))).toBe('Insulin')
    expect(title('MedicationRequest', of('#x'))).toBe('Zinc')
    expect(title('MedicationRequest', of('#none'))).toBeNull()
  })

  it('is an allergen also where only a reaction names it', () => {
    const reaction = [{ substance: { text: 'Peanut' }, manifestation: [{ text: 'Hives' }] }]
    expect(title('AllergyIntolerance', { reaction })).toBe('Peanut')
    expect(title('AllergyIntolerance', { code: { text: 'Egg' }, reaction })).toBe('Egg')
  })

  it('is the next field that says it where the first is empty or masked', () => {
    expect(title('Encounter', { class: { code: 'AMB', display: 'Ambulatory' } })).toBe('Ambulatory')
    expect(title('CarePlan', { title: { masked: true }, category: [{ text: 'Diet' }] })).toBe('Diet')
    expect(title('Condition', {})).toBeNull()
  })

  it('has a kind only where a number can be drawn', () => {
    const code = { coding: [{ system: 'http://loinc.org', code: '1-8' }], text: 'A' }
    expect(kindOf('Observation', { code, valueQuantity: { value: 1 } })).toBe('http://loinc.org|1-8')
    expect(kindOf('Observation', { code: { text: 'A' }, valueInteger: 1 })).toBe('A')
    expect(kindOf('Observation', { code, component: [{ valueQuantity: { value: 1 } }] })).not.toBeNull()
    expect(kindOf('Observation', { code, valueCodeableConcept: { text: 'B' } })).toBeNull()
  })
})

describe('when and in what state', () => {
  const date = (...[type, values]: Parameters<typeof dateOf>) => dateOf(type, values)

  it('is the first of a type’s dates that is there, a period by its beginning, else its end', () => {
    expect(date('Procedure', { performedDateTime: '2020' })?.value).toBe(Date.UTC(2020, 0))
    expect(date('Procedure', { performedPeriod: { end: '2020-02' } })?.value).toBe(Date.UTC(2020, 1))
    expect(date('Observation', { effectivePeriod: { start: '2020-02-03' } })?.field).toBe('effectivePeriod')
    expect(date('Observation', { issued: '2020-02-03T00:00:00Z' })?.field).toBe('issued')
    expect(date('Condition', { recordedDate: '2020-02-03' })?.field).toBe('recordedDate')
    expect(date('Condition', { onsetDateTime: 'last winter' })).toBeNull()
    expect(date('Condition', { onsetDateTime: { masked: true, shown: '2020' } })).toBeNull()
  })

  it('is a code, of a status or a concept', () => {
    expect(stateOf('Condition', { clinicalStatus: { coding: [{ code: 'active' }] } })?.value).toBe('active')
    expect(stateOf('Encounter', { status: 'finished' })?.value).toBe('finished')
  })

  it('is made of readable classes alone', () => {
    expect(chartClasses('Observation')).toEqual(['clinical'])
    expect(chartClasses('CarePlan')).toEqual(expect.arrayContaining(['clinical', 'narrative']))
    expect(chartClasses('Claim')).toEqual(['billing'])
  })

  it('sees a consent that forbids something, at any depth, while it is in force', () => {
    const deny = { type: 'permit', provision: [{ type: 'deny' }] }
    expect(isRestrictingConsent('Consent', { status: 'active', provision: deny })).toBe(true)
    expect(isRestrictingConsent('Consent', { status: 'active', provision: { type: 'permit' } })).toBe(false)
    expect(isRestrictingConsent('Consent', { status: 'inactive', provision: deny })).toBe(false)
    expect(isRestrictingConsent('Condition', { status: 'active', provision: deny })).toBe(false)
  })
})
