import { describe, expect, it } from 'vitest'
import { dosagesText, dosageText } from './dosage.ts'

const daily = { repeat: { frequency: 2, period: 1, periodUnit: 'd' } }

describe('a dosage in one line', () => {
  it.each([
    [
      {
        sequence: 1,
        text: 'Take 2 times a day',
        timing: daily,
        doseAndRate: [{ doseQuantity: { value: 1 } }],
      },
      'Take 2 times a day · dose 1, 2 times a day',
    ],
    [
      {
        timing: { repeat: { frequency: 1, period: 8, periodUnit: 'h' } },
        doseAndRate: [{ doseQuantity: { value: 500, unit: 'mg' } }],
        route: { text: 'Oral' },
      },
      '500 mg, every 8 hours, Oral',
    ],
    [
      {
        timing: { repeat: { frequency: 1, frequencyMax: 2, period: 1, periodUnit: 'd', when: ['HS'] } },
        doseAndRate: [{ doseRange: { low: { value: 1, unit: 'mg' }, high: { value: 2, unit: 'mg' } } }],
        asNeededCodeableConcept: { coding: [{ display: 'Pain (finding)' }] },
      },
      '1 to 2 mg, 1 to 2 times a day, at bedtime, as needed for Pain',
    ],
    [
      {
        timing: {
          repeat: {
            boundsDuration: { value: 10, unit: 'd', code: 'd' },
            frequency: 1,
            period: 1,
            periodUnit: 'd',
          },
        },
        asNeededBoolean: true,
        maxDosePerPeriod: { numerator: { value: 4, unit: 'g' }, denominator: { value: 1, unit: 'd' } },
      },
      'once a day, for 10 days, as needed, at most 4 g / 1 d',
    ],
    [{ dose: { value: 5, unit: 'mg' }, rateQuantity: { value: 50, unit: 'mL/h' } }, '5 mg, at 50 mL/h'],
  ])('%j is %s', (dosage, line) => {
    expect(dosageText(dosage)).toBe(line)
  })

  it('is none where a part of it has no words: it is then shown part by part, and nothing is left out', () => {
    for (const dosage of [
      { timing: daily, extension: [{ url: 'urn:x', valueString: 'with water' }] },
      { timing: { repeat: { frequency: 1, period: 1, periodUnit: 'fortnight' } } },
      { timing: { repeat: { ...daily.repeat, when: ['STRANGE'] } } },
      { timing: daily, doseAndRate: [{ doseQuantity: { unit: 'mg' } }] },
      { timing: { ...daily, modifierExtension: [{}] } },
    ])
      expect(dosageText(dosage)).toBeNull()
    expect(dosagesText([{ timing: daily }, { timing: 'x' }])).toBeNull()
  })

  it('comes after the one before it in the sequence', () => {
    expect(
      dosagesText([
        { sequence: 1, timing: daily },
        { sequence: 2, text: 'Then stop', asNeededBoolean: false },
      ]),
    ).toBe('1) 2 times a day; 2) Then stop')
  })

  it('may be nothing but words', () => {
    expect(dosagesText([{ text: '1 tablet with the evening meal' }])).toBe('1 tablet with the evening meal')
    expect(dosagesText([{ text: 'As before', extension: [{ url: 'urn:x' }] }])).toBeNull()
  })

  it('is no other structure', () => {
    for (const value of [undefined, null, 1, [], {}, { text: 'x' }, { sequence: 1, provider: {} }])
      expect(dosageText(value)).toBeNull()
  })
})
