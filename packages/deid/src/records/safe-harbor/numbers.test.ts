import { ExactNumber } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { plainNumber } from './numbers.ts'

const released = (digits: string): string => String(plainNumber(new ExactNumber(digits)))

describe('a number that leaves', () => {
  it.each(['1.50', '0.010', '100.0', '-0.0', '0.00000010', '1.0e-7', '99999.0e-1'])(
    'of seven digits or less keeps them as they were sent: %s',
    (digits) => {
      expect(released(digits)).toBe(digits)
    },
  )

  it.each([
    ['5551234567.0', '5550000000'],
    ['0.5551234567', '0.5551235'],
    ['1.0000000', '1'],
    ['12345678901234567890', '12300000000000000000'],
    ['0e5551234567', '0'],
    ['0.0e5551234567', '0'],
    ['5.551234567e-3', '0.005551235'],
  ])('of more could be somebody’s: %s leaves as %s', (digits, expected) => {
    expect(released(digits)).toBe(expected)
  })

  it('is none where it is out of range', () => {
    expect(plainNumber(new ExactNumber('1e999'))).toBeNull()
    expect(plainNumber('1.50')).toBeNull()
  })
})
