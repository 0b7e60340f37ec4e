import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ZIP3_POPULATIONS, ZIP3_TABLE_HASH, zip3Of } from './zip3.ts'

const WITHHELD = '036 059 102 202 203 204 205 369 556 692 753 772 821 823 878 879 884 893'.split(' ')
const FACTS = new URL('../../../../../shared/data/zip3.census-2020.json', import.meta.url)

describe('the ZIP3 table', () => {
  it('is the one whose hash the manifests name', () => {
    const lines = [...ZIP3_POPULATIONS].map(([zip3, population]) => `${zip3} ${population}\n`).join('')
    expect(createHash('sha256').update(lines).digest('hex')).toBe(ZIP3_TABLE_HASH)
  })

  it('counts everybody: 894 areas and the whole population, in order', () => {
    expect(ZIP3_POPULATIONS.size).toBe(894)
    expect([...ZIP3_POPULATIONS.values()].reduce((sum, people) => sum + people)).toBe(334_726_586)
    expect([...ZIP3_POPULATIONS.keys()]).toEqual([...ZIP3_POPULATIONS.keys()].toSorted())
  })

  it('withholds exactly the 18 areas of 20,000 people or fewer', () => {
    expect([...ZIP3_POPULATIONS.keys()].filter((zip3) => zip3Of(`${zip3}01`) === '000')).toEqual(WITHHELD)
  })

  it.each(['00001', '00599', '00000', '09012', '34001', '96201'])('knows no area for %s: 000', (zip) => {
    expect(ZIP3_POPULATIONS.has(zip.slice(0, 3))).toBe(false)
    expect(zip3Of(zip)).toBe('000')
  })

  it('reads five digits and five with four', () => {
    expect(zip3Of('01833')).toBe('018')
    expect(zip3Of(' 01833-1234 ')).toBe('018')
    expect(zip3Of('018331234')).toBe('018')
  })

  it.each(['', '018', '0183', '018333', 'K1A 0B6', '01833-12', '018AB', '٠١٨٣٣'])(
    'releases nothing of %j',
    (zip) => {
      expect(zip3Of(zip)).toBeNull()
    },
  )

  it.skipIf(!existsSync(FACTS))('equals the Census facts (skipped where ../shared/data is absent)', () => {
    const facts: { populations: Record<string, number> } = JSON.parse(readFileSync(FACTS, 'utf8'))
    expect(Object.fromEntries(ZIP3_POPULATIONS)).toEqual(facts.populations)
  })
})
