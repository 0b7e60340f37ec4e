import { describe, expect, it } from 'vitest'
import { extensionCode, plainWords } from './plain.ts'

describe('words without what is for terminologists', () => {
  it.each([
    ['Essential hypertension (disorder)', 'Essential hypertension'],
    ['Physical exercises (regime/therapy)', 'Physical exercises'],
    ['Asthma', 'Asthma'],
    ['Hemoglobin (mass) in blood', 'Hemoglobin (mass) in blood'],
    ['Aspirin (low dose)', 'Aspirin (low dose)'],
    ['Cancer (stage II)', 'Cancer (stage II)'],
    [' (disorder)', ' (disorder)'],
  ])('%s is shown as %s', (sent, shown) => {
    expect(plainWords(sent)).toBe(shown)
  })
})

describe('a code in an extension', () => {
  it('has words where its extension is known, and stands as it was sent elsewhere', () => {
    const url = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex'
    expect(['M', 'F', 'UNK', 'X'].map((code) => extensionCode(url, code))).toEqual([
      'Male',
      'Female',
      'Unknown',
      'X',
    ])
    expect(extensionCode('urn:other', 'M')).toBe('M')
    expect(extensionCode(null, 'M')).toBe('M')
  })
})
