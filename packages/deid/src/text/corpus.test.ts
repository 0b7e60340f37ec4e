import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { KnownValues } from './known/values.ts'
import { createScrubber } from './scrubber.ts'

const FILE = new URL('../../../../../shared/data/freetext/presidio-half.json', import.meta.url)

interface Sentence {
  readonly text: string
  readonly spans: readonly { readonly type: string; readonly start: number; readonly end: number }[]
}

const KINDS: Readonly<Record<string, keyof KnownValues>> = {
  PERSON: 'names',
  STREET_ADDRESS: 'addresses',
  GPE: 'addresses',
  ZIP_CODE: 'addresses',
  ORGANIZATION: 'organizations',
  PHONE_NUMBER: 'phones',
  EMAIL_ADDRESS: 'emails',
  DOMAIN_NAME: 'urls',
  CREDIT_CARD: 'ids',
  IBAN_CODE: 'ids',
  US_SSN: 'ids',
  US_DRIVER_LICENSE: 'ids',
}

const LETTER = /[\p{L}\p{N}]/u
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu

const scrubber = createScrubber()

/** For each unit of a text whether it was replaced. */
const replaced = (text: string, known?: KnownValues): Uint8Array => {
  const units = new Uint8Array(text.length)
  for (const { start, end } of scrubber.scrub(text, known).spans) units.fill(1, start, end)
  return units
}

/** A span is found when all its letters and digits are replaced. */
const isFound = (text: string, units: Uint8Array, start: number, end: number): boolean => {
  for (let at = start; at < end; at++) if (LETTER.test(text.charAt(at)) && units[at] === 0) return false
  return true
}

describe.skipIf(!existsSync(FILE))('labelled sentences (skipped where ../shared/data is absent)', () => {
  const read = (): readonly Sentence[] => JSON.parse(readFileSync(FILE, 'utf8'))

  it('lose at least 97 % of their labelled spans and keep at least 95 % of their other words', () => {
    let spans = 0
    let found = 0
    let words = 0
    let kept = 0
    for (const { text, spans: labelled } of read()) {
      const units = replaced(text)
      const inSpan = new Uint8Array(text.length)
      for (const { start, end } of labelled) {
        inSpan.fill(1, start, end)
        spans++
        if (isFound(text, units, start, end)) found++
      }
      for (const { index } of text.matchAll(WORD)) {
        if (inSpan[index] === 1) continue
        words++
        if (units[index] === 0) kept++
      }
    }
    expect(spans).toBeGreaterThan(1000)
    expect(found / spans).toBeGreaterThanOrEqual(0.97)
    expect(words).toBeGreaterThan(1000)
    expect(kept / words).toBeGreaterThanOrEqual(0.95)
  })

  it('lose every value that is known', () => {
    let missed = 0
    let known = 0
    for (const { text, spans } of read()) {
      for (const { type, start, end } of spans) {
        const kind = KINDS[type]
        if (kind === undefined) continue
        known++
        if (!isFound(text, replaced(text, { [kind]: [text.slice(start, end)] }), start, end)) missed++
      }
    }
    expect(known).toBeGreaterThan(1000)
    expect(missed).toBe(0)
  })
})
