import { describe, expect, it } from 'vitest'
import { attachmentView } from './attachment.ts'
import { ageOn, fhirDate, fhirPeriod } from './dates.ts'
import { componentText } from './observed.ts'
import {
  addressesTexts,
  addressText,
  conceptCode,
  conceptText,
  extensionText,
  moneyText,
  namesTexts,
  nameText,
  narrativeText,
  quantityText,
  referenceText,
  structureText,
  telecomText,
} from './text.ts'

describe('dates', () => {
  it('are as exact as they were recorded, in the recorded offset', () => {
    expect(fhirDate('1998')).toBe('1998')
    expect(fhirDate('1998-11')).toBe('Nov 1998')
    expect(fhirDate('1998-11-24')).toBe('Nov 24, 1998')
    expect(fhirDate('1998-11-24T23:19:57-05:00')).toBe('Nov 24, 1998, 23:19 UTC−5')
    expect(fhirDate('1998-11-24T23:19:57.123+05:30')).toBe('Nov 24, 1998, 23:19 UTC+5:30')
    expect(fhirDate('1998-11-24T23:19:57Z')).toBe('Nov 24, 1998, 23:19 UTC')
    expect(fhirDate('1998-11-24T23:19:57')).toBe('Nov 24, 1998, 23:19')
    expect(fhirDate('1998-11-24T23:19:57Z', false)).toBe('Nov 24, 1998')
    expect(fhirDate('yesterday')).toBeNull()
  })
  it('make periods', () => {
    expect(fhirPeriod({ start: '2020-01-02T10:00:00Z', end: '2020-01-02T10:30:00Z' })).toBe(
      'Jan 2, 2020, 10:00 to 10:30 UTC',
    )
    expect(fhirPeriod({ start: '2020-01-02T23:00:00-05:00', end: '2020-01-03T01:00:00-05:00' })).toBe(
      'Jan 2, 2020, 23:00 to Jan 3, 2020, 01:00 UTC−5',
    )
    expect(fhirPeriod({ start: '2020-01-02T10:00:00Z', end: '2020-01-02T10:30:00+01:00' })).toBe(
      'Jan 2, 2020, 10:00 UTC to 10:30 UTC+1',
    )
    expect(fhirPeriod({ start: '2020-01-02', end: '2020-01-02T10:30:00Z' })).toBe(
      'Jan 2, 2020 to Jan 2, 2020, 10:30 UTC',
    )
    expect(fhirPeriod({ start: '2020-01-02', end: '2020-02-03' })).toBe('Jan 2, 2020 to Feb 3, 2020')
    expect(fhirPeriod({ start: '2020' })).toBe('since 2020')
    expect(fhirPeriod('2020')).toBeNull()
  })
  it('make ages that change on the birthday, and none where the day is not known', () => {
    expect(ageOn('1960-05-17', '2026-05-16')).toBe(65)
    expect(ageOn('1960-05-17', '2026-05-17')).toBe(66)
    expect(ageOn('1960', '2026-05-17')).toBeNull()
    expect(ageOn(undefined, '2026-05-17')).toBeNull()
  })
})

describe('datatypes', () => {
  it('the official name is shown', () => {
    const names = [
      { use: 'maiden', family: 'Old' },
      { use: 'official', prefix: ['Dr.'], given: ['Ann', 'B'], family: 'New' },
    ]
    expect(nameText(names)).toBe('Dr. Ann B New')
  })
  it('what is in force is shown, and what was is named as former', () => {
    const now = Date.parse('2026-11-01')
    const names = [
      { use: 'old', family: 'Formerly', given: ['Ann'], period: { end: '2015-01-01' } },
      { use: 'usual', family: 'Nowname', given: ['Ann'] },
    ]
    expect(nameText(names, now)).toBe('Ann Nowname')
    expect(namesTexts(names, now)).toEqual([
      'Ann Nowname (usual)',
      'Ann Formerly (former, until Jan 1, 2015)',
    ])
    expect(nameText(names.slice(0, 1), now)).toBe('Ann Formerly (former)')
    expect(nameText([{ use: 'official' }, { text: '山田太郎' }], now)).toBe('山田太郎')
    const addresses = [
      { use: 'old', city: 'Oldtown' },
      { use: 'home', city: 'Newtown' },
    ]
    expect(addressText(addresses, now)).toBe('Newtown')
    expect(addressesTexts(addresses, now)).toEqual(['Newtown (home)', 'Oldtown (former)'])
    const numbers = [
      { value: '555-0100', use: 'old' },
      { value: '555-0101', use: 'home', rank: 1 },
    ]
    expect(telecomText(numbers, now)).toBe('555-0101 (home), 555-0100 (former)')
  })
  it('addresses, concepts, quantities, money', () => {
    expect(addressText([{ line: ['1 Way'], city: 'Town', state: 'MA', postalCode: '02138' }])).toBe(
      '1 Way, Town, MA 02138',
    )
    const concept = { coding: [{ system: 'http://loinc.org', code: '8302-2', display: 'Height' }] }
    expect([conceptText(concept), conceptCode(concept)]).toEqual(['Height', 'LOINC 8302-2'])
    expect(conceptText([{ text: 'A' }, { text: 'B' }])).toBe('A, B')
    expect(conceptText({ coding: [{ display: 'Asthma (disorder)' }] })).toBe('Asthma')
    expect(quantityText({ value: 37.1, unit: 'Cel' })).toBe('37.1 °C')
    expect(quantityText({ value: 8.064, unit: 'mL/min/{1.73_m2}' })).toBe('8.064 mL/min/1.73 m²')
    expect(quantityText({ value: 4, unit: '{score}' })).toBe('4')
    expect(moneyText({ value: 129.16, currency: 'USD' })).toBe('$129.16')
    expect(componentText([{ code: { text: 'Systolic' }, valueQuantity: { value: 120, unit: 'mmHg' } }])).toBe(
      'Systolic: 120 mmHg',
    )
  })
  it('a reference without words is named by its type and the beginning of its id', () => {
    expect(referenceText({ reference: 'Encounter/a5bd3cc4-0000-4000-8000-000000000000' })).toBe(
      'Encounter a5bd3cc4…',
    )
    expect(referenceText({ display: 'Dr. New' })).toBe('Dr. New')
  })
  it('an extension is shown by its text', () => {
    const race = {
      url: 'race',
      extension: [
        { url: 'ombCategory', valueCoding: { display: 'White' } },
        { url: 'text', valueString: 'White' },
      ],
    }
    expect(extensionText(race)).toBe('White')
    expect(extensionText({ url: 'http://x/us-core-birthsex', valueCode: 'F' })).toBe('Female')
  })
  it('a structure with parts of its own is left to be listed', () => {
    expect(structureText({ sequence: 1, provider: { display: 'X' } })).toBeNull()
    expect(structureText(true)).toBe('Yes')
  })
  it('values of a wrong shape are none, and nothing throws', () => {
    for (const read of [
      nameText,
      addressText,
      quantityText,
      moneyText,
      narrativeText,
      structureText,
      attachmentView,
    ]) {
      for (const value of [undefined, null, [], {}, [null]]) expect(read(value) ?? null).toBeNull()
    }
  })
})

describe('text from outside', () => {
  it('a narrative is shown as words: its markup is gone', () => {
    expect(narrativeText({ div: '<div><p>One &amp; two</p><script>x()</script></div>' })).toBe(
      'One & two\nx()',
    )
    expect(narrativeText({ div: '<div>a &lt;b&gt; c</div>' })).toBe('a <b> c')
  })
  it('a plain text attachment is decoded strictly, any other is only named', () => {
    const data = Buffer.from('Grüße').toString('base64')
    expect(attachmentView({ contentType: 'text/plain; charset=utf-8', data })).toEqual({
      kind: 'text',
      text: 'Grüße',
      title: null,
    })
    expect(attachmentView({ contentType: 'text/html', data })?.kind).toBe('other')
    expect(attachmentView({ contentType: 'text/plain', data: '!!' })?.kind).toBe('other')
  })
})

describe('parts of a structure', () => {
  it('that are datatypes are shown as such', () => {
    expect(structureText({ family: 'Rivera', given: ['Linda'] })).toBe('Linda Rivera')
    expect(structureText({ system: 'phone', value: '555-0140', use: 'mobile' })).toBe('555-0140 (mobile)')
    expect(structureText({ city: 'Burlington', state: 'VT' })).toBe('Burlington, VT')
  })
})
