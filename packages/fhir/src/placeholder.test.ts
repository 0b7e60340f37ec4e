import { describe, expect, it } from 'vitest'
import { isPlaceholder } from './placeholder.ts'
import { searchValues } from './search-values.ts'

describe('an identifier that stands for none', () => {
  it.each(['-', '???', '', '   ', '.', 'N/A', 'n.a.', 'unknown', 'UNK', 'Not Available', '000-00-0000', '0'])(
    'is told: %j',
    (value) => expect(isPlaceholder(value)).toBe(true),
  )

  it.each(['999999999', 'XXXXXXXXX', '---', '\u3000', 'ＮＡ'])('is told in its other forms: %j', (value) =>
    expect(isPlaceholder(value)).toBe(true),
  )

  it.each(['1', 'A1', '9999', 'NA-12', 'UNKNOWN-7', '00010', '漢', '1111'])('%j is none of them', (value) =>
    expect(isPlaceholder(value)).toBe(false),
  )

  it('is not searched by, and those beside it are', () => {
    const identity = { mrn: [{ value: '-' }, { value: 'C-7' }, { value: 'unknown' }] }
    expect(searchValues('Patient', { identity })).toMatchObject([{ field: 'Patient.mrn', values: ['C-7'] }])
  })
})
