import { describe, expect, it } from 'vitest'
import { Prng } from './prng.ts'

const draw = (prng: Prng, count: number) => Array.from({ length: count }, () => prng.next())

describe('the seeded generator', () => {
  it('draws the same for the same seed, and what one fork draws changes nothing in another', () => {
    expect(draw(new Prng('a'), 5)).toEqual(draw(new Prng('a'), 5))
    expect(draw(new Prng('a'), 5)).not.toEqual(draw(new Prng('b'), 5))
    const [one, two] = [new Prng('a'), new Prng('a')]
    draw(one.fork('x'), 100)
    expect(draw(one.fork('y'), 5)).toEqual(draw(two.fork('y'), 5))
  })

  it('is sfc32: from its published state it draws the published way', () => {
    // Written out once more, in 64-bit arithmetic, as PractRand has it.
    const state = [1n, 2n, 3n, 4n]
    const step = () => {
      const [a = 0n, b = 0n, c = 0n, counter = 0n] = state
      const sum = BigInt.asUintN(32, a + b + counter)
      state[0] = b ^ (b >> 9n)
      state[1] = BigInt.asUintN(32, c + (c << 3n))
      state[2] = BigInt.asUintN(32, (BigInt.asUintN(32, c << 21n) | (c >> 11n)) + sum)
      state[3] = BigInt.asUintN(32, counter + 1n)
      return Number(sum)
    }
    expect(draw(new Prng('given', Uint32Array.of(1, 2, 3, 4)), 1000)).toEqual(
      Array.from({ length: 1000 }, step),
    )
  })

  it('is even over what it draws from', () => {
    const prng = new Prng('even')
    const counts = new Array<number>(10).fill(0)
    for (let turn = 0; turn < 20_000; turn += 1) {
      const place = prng.int(0, 9)
      counts[place] = (counts[place] ?? 0) + 1
    }
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200)
    const normal = Array.from({ length: 5000 }, () => prng.normal(10, 2))
    expect(normal.reduce((sum, value) => sum + value, 0) / 5000).toBeCloseTo(10, 0)
  })

  it('makes ids in the form of a version 4 UUID, each once', () => {
    const prng = new Prng('ids')
    const ids = Array.from({ length: 1000 }, () => prng.uuid())
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(new Set(ids).size).toBe(1000)
  })
})
