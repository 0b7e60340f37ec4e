import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { nameQueryToken, nameTokens, truncationBits } from './blind-index.ts'
import { planNameSearch, unsafePlanSays } from './search-plan.ts'
import { codeOf } from './testing/code-of.ts'

const key = Buffer.alloc(32, 7)

/** Eight letters, drawn evenly: no two begin alike but by chance. */
const nameOf = (n: number): string =>
  [...createHash('sha256').update(String(n)).digest().subarray(0, 8)]
    .map((byte) => String.fromCharCode(97 + (byte % 26)))
    .join('')

describe('a plan of a search by names', () => {
  it('foresees how many people a token brings in by chance', () => {
    const population = 4_000
    const bits = truncationBits(population)
    const found = new Map<string, number>()
    for (let n = 0; n < population; n++)
      for (const token of nameTokens(
        key,
        'Patient.name',
        [`${nameOf(n)} ${nameOf(n + population).slice(1)}`],
        bits,
      )) {
        const text = token.toString('hex')
        found.set(text, (found.get(text) ?? 0) + 1)
      }
    let sum = 0
    const tries = 200
    for (let n = 0; n < tries; n++) {
      const token = nameQueryToken(key, 'Patient.name', nameOf(n + 3 * population), bits)
      sum += found.get(token?.toString('hex') ?? '') ?? 0
    }
    const { rareWord } = planNameSearch(population, bits)
    expect(sum / tries).toBeGreaterThan(rareWord.byChance * 0.8)
    expect(sum / tries).toBeLessThan(rareWord.byChance * 1.2)
  })

  it.each([8, 50, 200, 5_000, 100_000, 1_000_000, 50_000_000])(
    'of %i patients is safe as it is derived',
    (n) => {
      const plan = planNameSearch(n)
      expect(plan.unsafe).toBe(null)
      expect(unsafePlanSays(plan)).toBe(null)
      expect(plan.peoplePerToken).toBeGreaterThanOrEqual(4)
      expect(plan.chance).toBeLessThan(250)
    },
  )

  it('refuses tokens that too few people share, and says how many bits are right', () => {
    const plan = planNameSearch(20_000, 16)
    expect(plan.unsafe).toBe('too-few-share')
    expect(unsafePlanSays(plan)).toBe(
      'of 20000 patients only 0.3 would share a name token of 16 bits, so that it hides nobody. 11 bits are right for so many.',
    )
    expect(unsafePlanSays(planNameSearch(3))).toMatch(/Plan for 8 patients at least/)
  })

  it('refuses tokens that have too many opened for nothing', () => {
    const plan = planNameSearch(1_000_000, 12)
    expect(plan.unsafe).toBe('too-many-opened')
    expect(unsafePlanSays(plan)).toMatch(
      /would open 3\d{3} of them for nothing by tokens of 12 bits. 16 bits/,
    )
  })

  it('tells which beginnings of names stand out of chance', () => {
    const large = planNameSearch(1_000_000)
    expect(large.commonWord.meant).toBeGreaterThan(large.standsOutAbove)
    expect(large.rareWord.meant).toBeLessThan(large.standsOutAbove)
    // Of few people, tokens of many bits hide nobody: who has a name like nobody else's stands out as well.
    expect(planNameSearch(200, 16).standsOutAbove).toBeLessThan(1)
  })

  it('is of a count and a length', () => {
    for (const [n, bits] of [
      [0, 16],
      [1.5, 16],
      [100, 0],
      [100, 129],
    ] as const)
      expect(codeOf(() => planNameSearch(n, bits))).toBe('invalid-argument')
  })
})
