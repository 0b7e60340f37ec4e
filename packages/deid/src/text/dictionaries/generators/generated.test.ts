import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { english } from './english.ts'

const SCOWL = '/usr/share/dict/scowl'

const textOf = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')

describe('the generated dictionaries', () => {
  it.each([
    ['english.ts', 'd2dbd90578a571903dda2988b87a196ca55d27b967c550440031bd6e92ef090d'],
    ['census-names.ts', '67a17bf8447d5f99bcad7e2c43598bb93f6259f6f15d8fb64db8d37abaddd2a1'],
  ])('%s is as its generator wrote it, and not as a hand has changed it', (file, hash) => {
    expect(createHash('sha256').update(textOf(file)).digest('hex')).toBe(hash)
  })

  it.skipIf(!existsSync(SCOWL))(`english.ts is what SCOWL gives (skipped where ${SCOWL} is absent)`, () => {
    expect(english(SCOWL)).toBe(textOf('english.ts'))
  })
})
