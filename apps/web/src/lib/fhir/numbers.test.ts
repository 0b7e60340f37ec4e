import { parseExact } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { amountText, numberText } from './numbers.ts'

const shown = (digits: string): string | null => numberText(parseExact(digits))

describe('a number', () => {
  it.each([
    ['0.004', '0.004'],
    ['0.005', '0.005'],
    ['1.50', '1.50'],
    ['0.010', '0.010'],
    ['100.0', '100.0'],
    ['-0.0', '-0.0'],
    ['1234.50', '1,234.50'],
    ['-1234567', '-1,234,567'],
    ['12345678901234567890', '12,345,678,901,234,567,890'],
    ['0.12345678901234567890', '0.12345678901234567890'],
    ['1.0e-7', '1.0e-7'],
    ['0.0000001', '0.0000001'],
    ['1E5', '1E5'],
  ])('%s is shown as %s', (digits, text) => {
    expect(shown(digits)).toBe(text)
  })

  it('is nothing else', () => {
    for (const value of [null, undefined, '1.50', {}, { digits: '1.50' }])
      expect(numberText(value)).toBeNull()
  })
})

describe('an amount', () => {
  it.each([
    ['129.16', 'USD', '$129.16'],
    ['129', 'USD', '$129.00'],
    ['-1234.5', 'USD', '-$1,234.50'],
    ['0.0045', 'USD', '$0.0045'],
    ['12345678901234567.89', 'EUR', '€12,345,678,901,234,567.89'],
    ['1500', 'JPY', '¥1,500'],
    ['1e3', 'USD', '1e3 USD'],
    ['5.10', 'points', '5.10 points'],
  ])('%s %s is shown as %s', (digits, currency, text) => {
    expect(amountText(parseExact(digits), currency)).toBe(text)
  })

  it('without a currency is none of any', () => {
    expect(amountText(parseExact('5.10'), null)).toBe('5.10')
  })
})
