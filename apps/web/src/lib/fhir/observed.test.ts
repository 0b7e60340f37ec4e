import { describe, expect, it } from 'vitest'
import { meaningText } from './meaning.ts'
import { absentText, componentText, valueName, valueText } from './observed.ts'

describe('the value of an observation', () => {
  it.each([
    [{ valueQuantity: { value: 0.3, comparator: '<', unit: 'mg/L' } }, '<0.3 mg/L'],
    [{ valueCodeableConcept: { text: 'Positive' } }, 'Positive'],
    [{ valueString: 'As before' }, 'As before'],
    [{ valueBoolean: false }, 'No'],
    [{ valueInteger: 0 }, '0'],
    [{ valueRange: { low: { value: 1, unit: 'mm' }, high: { value: 3, unit: 'mm' } } }, '1 to 3 mm'],
    [{ valueRange: { low: { value: 1, unit: 'mm' } } }, 'at least 1 mm'],
    [{ valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } }, '1:128'],
    [
      { valueRatio: { numerator: { value: 5, unit: 'mg' }, denominator: { value: 10, unit: 'mL' } } },
      '5 mg / 10 mL',
    ],
    [{ valueSampledData: { data: '1 2 E' } }, 'a curve of 3 values'],
    [{ valueTime: '08:30:00' }, '08:30'],
    [{ valueTime: '08:30:12' }, '08:30:12'],
    [{ valueDateTime: '2026-09' }, 'Sep 2026'],
    [{ valuePeriod: { start: '2026' } }, 'since 2026'],
    [{ dataAbsentReason: { coding: [{ code: 'not-performed' }] } }, 'No value: not performed'],
    [{ dataAbsentReason: { text: 'Hemolysed' } }, 'No value: Hemolysed'],
    [{}, null],
  ])('%j is said in words', (values, said) => {
    expect(valueText(values)).toBe(said)
  })
  it('is that of each of its parts too', () => {
    const part = (text: string, value: object) => ({ code: { text }, ...value })
    expect(
      componentText([
        part('Systolic', { valueQuantity: { value: 120, unit: 'mmHg' } }),
        part('Rhythm', { valueCodeableConcept: { text: 'Sinus' } }),
        part('Diastolic', { dataAbsentReason: { coding: [{ code: 'error' }] } }),
      ]),
    ).toBe('Systolic: 120 mmHg; Rhythm: Sinus; Diastolic: No value: an error')
  })
  it('of a datatype that is none is no value', () => {
    expect([valueName({ valueset: 1 }), valueText({ valueFuture: 'x' }), absentText(undefined)]).toEqual([
      null,
      null,
      null,
    ])
  })
})

describe('what may not be ignored of a record', () => {
  it('is said in words, also where nobody has found any', () => {
    expect(meaningText({ standing: 'said', words: [] })).toBeNull()
    expect(meaningText({ standing: 'negated', words: ['Do not give'] })).toBe('Do not give')
    expect(meaningText({ standing: 'unknown', words: [] })).toMatch(/^Changed by something/)
    expect(meaningText({ standing: 'retracted', words: [] })).toBe('Taken back')
  })
})
