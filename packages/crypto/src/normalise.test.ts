import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseDigits, normaliseIdentifier, normaliseName } from './normalise.ts'
import { SEEDED } from './testing/arbitraries.ts'

describe('names', () => {
  it('that a person would call the same are the same', () => {
    const groups = [
      ['José', 'JOSE', 'Jose\u0301', ' jose. '],
      ['O’Brien', "o'brien", 'OBRIEN', 'O Brien'],
      ['Łukasz', 'LUKASZ', 'lukasz'],
      ['Strauß', 'STRAUSS', 'strauss'],
      ['Søren', 'soren'],
      ['ＡＬＩＣＥ', 'alice'],
      ['ΓΙΏΡΓΟΣ', 'Γιώργος', 'γιωργος'],
      ['Đặng', 'Dang'],
      ['Işık', 'IŞIK', 'isik', 'İŞİK'],
      ["N'Diaye", 'N´Diaye', 'N‘Diaye', 'NʼDiaye', 'N`Diaye', 'N′Diaye', 'N＇Diaye'],
      ['Anne-Marie', 'Anne‐Marie', 'Anne‑Marie', 'Anne–Marie', 'Anne\u00ADMarie', 'ANNE MARIE'],
      ['ヤマダ', 'ﾔﾏﾀﾞ', 'やまだ'],
      ['علي‌رضا', 'علی رضا'],
      ['Ёлка', 'ЕЛКА'],
      ['Дем’яненко', 'Демʼяненко'],
    ]
    for (const group of groups) expect(new Set(group.map(normaliseName)).size, group[0]).toBe(1)
    expect(normaliseName('Ærøskøbing-Łukasz 3')).toBe('aeroskobinglukasz3')
  })

  it('keep their digits and letters of every script', () => {
    expect(normaliseName('Smith431')).toBe('smith431')
    expect(normaliseName('王小明')).toBe('王小明')
    expect(normaliseName('김민수')).toBe('김민수')
    expect(normaliseName('—’ .')).toBe('')
  })

  it('keep the signs that are letters of their own, and lose those that people leave out', () => {
    expect(normaliseName('สุดา')).toBe('สุดา')
    expect(normaliseName('मोहन')).not.toBe(normaliseName('मीहन'))
    expect(normaliseName('か')).not.toBe(normaliseName('が'))
    expect(normaliseName('محمّد')).toBe(normaliseName('محمد'))
    expect(normaliseName('שָׁלוֹם')).toBe(normaliseName('שלום'))
  })
})

describe('identifiers and phones', () => {
  it('lose what people write differently', () => {
    expect(normaliseIdentifier(' mrn-00 12/a ')).toBe('MRN0012A')
    expect(normaliseIdentifier('999-12-3456')).toBe(normaliseIdentifier('999123456'))
    expect(normaliseDigits('+1 (617) 555-0123')).toBe('16175550123')
    expect(normaliseDigits('６１７')).toBe('617')
  })
})

it('a normal form is its own normal form, for any text', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 24 }), fc.string({ unit: 'grapheme' }))
  fc.assert(
    fc.property(text, (value) => {
      for (const normalise of [normaliseName, normaliseIdentifier, normaliseDigits]) {
        const once = normalise(value)
        expect(normalise(once)).toBe(once)
      }
    }),
    { ...SEEDED, numRuns: 1000 },
  )
})
