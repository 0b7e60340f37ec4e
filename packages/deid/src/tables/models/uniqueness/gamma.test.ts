import { describe, expect, it } from 'vitest'
import { fc } from '../../../shared/testing/property.ts'
import { harmonicSum, logGammaShift } from './gamma.ts'
import { rootBetween } from './root.ts'

const relative = (a: number, b: number) => Math.abs(a - b) / Math.max(1e-300, Math.abs(b))

describe('harmonic sums', () => {
  it('a harmonic sum is that of its terms, one by one', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e6, noNaN: true }), fc.nat(3000), (x, terms) => {
        let sum = 0
        for (let term = terms - 1; term >= 0; term--) sum += 1 / (x + term)
        if (terms === 0) expect(harmonicSum(x, terms)).toBe(0)
        else expect(relative(harmonicSum(x, terms), sum)).toBeLessThan(1e-13)
      }),
    )
  })

  it('the harmonic sum of a million terms is their logarithm and Euler’s constant', () => {
    expect(harmonicSum(1, 1_000_000)).toBeCloseTo(14.392726722865723, 13)
  })

  it('far out, where digamma itself has lost its digits, a harmonic sum keeps them', () => {
    expect(relative(harmonicSum(1e15, 1000), 1e-12)).toBeLessThan(1e-11)
  })

  it('gamma(x + 1) = x gamma(x), gamma(1/2) = sqrt(pi)', () => {
    for (const x of [0.001, 0.5, 1, 7.25, 23.9, 24, 1e4, 1e9])
      expect(logGammaShift(x, 1)).toBeCloseTo(Math.log(x), 11)
    expect(logGammaShift(1, -0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 14)
  })

  it('two shifts that add up to 1 are one of 1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1e6, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (x, shift) => {
          const twice = logGammaShift(x, shift) + logGammaShift(x + shift, 1 - shift)
          expect(Math.abs(twice - Math.log(x))).toBeLessThan(1e-9)
        },
      ),
    )
  })
})

describe('the finder of roots', () => {
  it('a root is found in its bracket, however steep or flat the function', () => {
    for (const power of [1, 3, 9])
      expect(rootBetween((x) => (x - 0.3) ** power, -50, 1e6)).toBeCloseTo(0.3, 1)
    expect(rootBetween((x) => Math.exp(x) - 1e-20, -100, 3)).toBeCloseTo(Math.log(1e-20), 10)
    expect(rootBetween((x) => (x < 2 ? -1e-9 : 1e9), 0, 1e6)).toBeCloseTo(2, 9)
    expect(rootBetween((x) => x, 0, 1)).toBe(0)
    expect(rootBetween((x) => x - 1, 0, 1)).toBe(1)
  })
})
