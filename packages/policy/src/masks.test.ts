import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIELD_PATHS, type Field, type FieldPath, fieldOf, type Mask } from './catalog/index.ts'
import { applyMask, MASK_TEXT } from './masks.ts'

const SETTINGS = { seed: 20261122, numRuns: 500 } as const
const shown = (path: FieldPath, value: unknown) => applyMask(path, value).shown
const withMask = (mask: Mask): Field => ({
  type: 'Complex',
  class: 'identity',
  mask,
  identifier: 'R',
  safeHarbor: 'drop',
  search: 'none',
  source: { element: 'x' },
})

describe('initials', () => {
  const name = (given: unknown, family: unknown, more = {}) => [{ given, family, ...more }]

  it('are those of the first given and the family name', () => {
    expect(shown('Patient.name', name(['John', 'Quincy'], 'Doe'))).toBe('J. D.')
    expect(shown('Patient.name', name(['jean'], "d'Arcy"))).toBe('J. D.')
    expect(shown('Patient.name', name(['E\u0301lodie'], 'Ørsted'))).toBe('É. Ø.')
    expect(shown('Patient.name', name(['ßen'], 'Doe'))).toBe('ß. D.')
    expect(shown('Patient.name', name(undefined, 'Doe'))).toBe('•. D.')
  })

  it('are of the official name, and never of an old one', () => {
    const names = [
      { use: 'nickname', given: ['Bo'], family: 'Xu' },
      { use: 'official', given: ['John'], family: 'Doe' },
    ]
    expect(shown('Patient.name', names)).toBe('J. D.')
    expect(shown('Patient.name', [{ use: 'maiden', given: ['Ann'], family: 'Roe' }])).toBeNull()
  })

  it('do not show a name that is a single character', () => {
    expect(shown('Patient.name', name(['Al'], 'O'))).toBe('A. •.')
    expect(shown('Patient.name', name(['伟'], '王'))).toBeNull()
    expect(shown('Patient.name', name(['小明'], '欧阳'))).toBeNull()
  })

  it('hide every other shape', () => {
    for (const value of [
      'John Doe',
      [{ text: 'John Doe' }],
      { given: ['John'], family: 'Doe' },
      [['John']],
      [{ given: 'John', family: ['Doe'] }],
      [{ given: ['12'], family: '42' }],
      [],
      42,
      [null],
    ]) {
      expect(applyMask('Patient.name', value)).toMatchObject({ mask: 'hidden', shown: null })
    }
  })

  it('never hold more than one letter of each part, whatever the name', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' })),
        fc.string({ unit: 'grapheme' }),
        (given, family) => {
          const result = shown('Patient.name', [{ given, family }])
          return result === null || /^(?:\p{L}|•)\. (?:\p{L}|•)\.$/u.test(result)
        },
      ),
      SETTINGS,
    )
  })
})

describe('years', () => {
  it('are the year of a date and the years of a period, and nothing else', () => {
    expect(shown('Patient.birthDate', '1913-01-13')).toBe('1913')
    expect(shown('Patient.birthDate', '1913')).toBe('1913')
    expect(shown('Patient.deceasedDateTime', '1998-11-24T05:19:57.123+00:00')).toBe('1998')
    expect(shown('Encounter.period', { start: '2010-02-01', end: '2012-03-04T01:02:03Z' })).toBe('2010–2012')
    expect(shown('Encounter.period', { start: '2010-02-01', end: '2010-03-04' })).toBe('2010')
    expect(shown('Encounter.period', { end: '2010-03-04' })).toBe('2010')
    for (const value of [
      '13 Jan 1913',
      '1913-01-13 at home',
      '19130113',
      ' 1913',
      1913,
      ['1913'],
      {},
      null,
    ]) {
      expect(shown('Patient.birthDate', value)).toBeNull()
    }
  })

  it('never hold more than two years, whatever the value', () => {
    const text = fc.oneof(
      fc.string(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    )
    fc.assert(
      fc.property(fc.oneof(text, fc.record({ start: text, end: text })), (value) => {
        const result = shown('Encounter.period', value)
        return result === null || /^\d{4}(?:–\d{4})?$/.test(result)
      }),
      SETTINGS,
    )
  })
})

describe('the last four', () => {
  it('are of identifiers and phone numbers of eight characters and more', () => {
    expect(shown('Patient.ssn', [{ system: 'http://hl7.org/fhir/sid/us-ssn', value: '999-77-3783' }])).toBe(
      '•••• 3783',
    )
    expect(shown('Patient.passport', [{ value: 'X4690211X' }])).toBe('•••• 211X')
    expect(shown('Patient.ssn', [{ value: '1234567' }])).toBeNull()
    expect(shown('Patient.ssn', [{ value: '1-2-3-4-5-6-7' }])).toBeNull()
    expect(shown('Patient.ssn', [{ value: '12345678' }])).toBe('•••• 5678')
    expect(shown('Coverage.subscriberId', 'ABC-123-4567')).toBe('•••• 4567')
  })

  it('are of a phone, and never of an e-mail address or a URL', () => {
    const email = { system: 'email', value: 'john.doe@example.org' }
    expect(shown('Patient.telecom', [email, { system: 'phone', value: '(555) 610-1179' }])).toBe('•••• 1179')
    expect(shown('Patient.telecom', [email])).toBeNull()
    expect(shown('Patient.telecom', [{ system: 'phone', value: '555-CALL-JOHN' }])).toBeNull()
    expect(shown('Patient.telecom', [{ system: 'url', value: 'example12345678' }])).toBeNull()
  })

  it('hide every other shape', () => {
    for (const value of [
      9_997_737_83,
      { value: '999773783' },
      [['999773783']],
      ['999773783'],
      [{ value: 999773783 }],
      [],
    ]) {
      expect(applyMask('Patient.ssn', value)).toMatchObject({ mask: 'hidden', shown: null })
    }
    expect(shown('Patient.ssn', [{ value: 'John Doe, born 1913!' }])).toBeNull()
  })

  it('never hold more than four characters, nor more than half of the value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9A-Z-]{1,20}$/)), (value) => {
        const result = shown('Patient.ssn', [{ value }])
        if (result === null) return true
        return /^•••• [A-Za-z0-9]{4}$/.test(result) && value.length >= 8
      }),
      SETTINGS,
    )
  })
})

describe('the area', () => {
  const address = (more: object) => [
    { line: ['529 Bruen Passage'], city: 'Georgetown', state: 'Massachusetts', postalCode: '01833', ...more },
  ]

  it('is the state and three digits of the ZIP', () => {
    expect(shown('Patient.address', address({ country: 'US' }))).toBe('MA 018••')
    expect(shown('Patient.address', address({ state: 'MA', postalCode: '01833-1234' }))).toBe('MA 018••')
    expect(shown('Patient.address', address({ postalCode: 'Georgetown' }))).toBe('MA')
    expect(shown('Patient.address', address({ state: 'Georgetown' }))).toBe('018••')
  })

  it('is hidden outside the United States, of an old address, and for every other shape', () => {
    expect(shown('Patient.address', address({ country: 'CA' }))).toBeNull()
    expect(shown('Patient.address', address({ use: 'old' }))).toBeNull()
    for (const value of ['529 Bruen Passage, MA 01833', { state: 'MA' }, [{ text: 'MA 01833' }], [], [7]]) {
      expect(applyMask('Patient.address', value)).toMatchObject({ mask: 'hidden', shown: null })
    }
  })

  it('never holds more than a state and three digits, whatever the address', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('MA', 'Texas', '01833', '01833-1234', 'US'))
    const any = fc.array(fc.record({ line: fc.array(text), city: text, state: text, postalCode: text }))
    fc.assert(
      fc.property(any, (value) => {
        const result = shown('Patient.address', value)
        return result === null || /^(?:[A-Z]{2}|\d{3}••|[A-Z]{2} \d{3}••)$/.test(result)
      }),
      SETTINGS,
    )
  })
})

describe('every mask', () => {
  it('fails closed on a value of any shape, and never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FIELD_PATHS), fc.anything(), (path, value) => {
        const result = applyMask(path, value)
        const promised: Readonly<Record<Mask, RegExp>> = {
          hidden: /^never$/,
          initials: /^(?:\p{L}|•)\. (?:\p{L}|•)\.$/u,
          year: /^\d{4}(?:–\d{4})?$/,
          'last-four': /^•••• [A-Za-z0-9]{4}$/,
          area: /^(?:[A-Z]{2}|\d{3}••|[A-Z]{2} \d{3}••)$/,
        }
        if (result.shown === null) expect(result.mask).toBe('hidden')
        else {
          expect(result.mask).toBe(fieldOf(path)?.mask)
          expect(result.shown).toMatch(promised[result.mask])
        }
        expect(Object.keys(result).sort()).toEqual(['mask', 'masked', 'reason', 'shown'])
        expect(result.reason).toBe(MASK_TEXT[result.mask])
      }),
      SETTINGS,
    )
  })

  it('hides the value of a field that the catalog does not know', () => {
    const unknown: FieldPath = JSON.parse('"Patient.nope"')
    expect(applyMask(unknown, '1913-01-13')).toMatchObject({ mask: 'hidden', shown: null })
  })

  it('is taken from the declaration where one is given', () => {
    expect(applyMask(withMask('year'), '1913-01-13').shown).toBe('1913')
    expect(applyMask(withMask('hidden'), '1913-01-13').shown).toBeNull()
  })
})
