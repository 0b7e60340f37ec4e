import { describe, expect, it } from 'vitest'
import { kindName, vitalName, vitalText } from './vitals.ts'

const loinc = (code: string) => ({
  coding: [{ system: 'http://loinc.org', code, display: 'Words of LOINC' }],
})
const part = (code: string, value: object) => ({
  code: loinc(code),
  valueQuantity: { unit: 'mmHg', ...value },
})

describe('a vital sign', () => {
  it('is called what people call it, and nothing else is one', () => {
    expect(vitalName(loinc('85354-9'))).toBe('Blood pressure')
    expect(vitalName(loinc('2093-3'))).toBeNull()
    expect(vitalName({ coding: [{ system: 'urn:own', code: '85354-9' }] })).toBeNull()
    expect(vitalName(undefined)).toBeNull()
    expect(kindName('http://loinc.org|85354-9', 'Blood pressure panel')).toBe('Blood pressure')
    expect(kindName('urn:own|85354-9', 'Pain (finding)')).toBe('Pain')
    expect(kindName('Pain', 'Pain')).toBe('Pain')
  })

  it('of a blood pressure is written as one where it is whole, and part by part where it is not', () => {
    const [high, low] = [part('8480-6', { value: 108 }), part('8462-4', { value: 75 })]
    expect(vitalText({ component: [high, low] })).toBe('108/75 mmHg')
    expect(vitalText({ component: [low, high] })).toBe('108/75 mmHg')
    const limit = part('8480-6', { value: 300, comparator: '>' })
    expect(vitalText({ component: [limit, low] })).toBe('Words of LOINC: >300 mmHg; Words of LOINC: 75 mmHg')
    for (const component of [[high], [high, part('8462-4', { value: 10, unit: 'kPa' })], [high, low, low]])
      expect(vitalText({ component })).toContain('Words of LOINC: 108 mmHg')
  })
})
