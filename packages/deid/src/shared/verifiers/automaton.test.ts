import { describe, expect, it } from 'vitest'
import { fc } from '../testing/property.ts'
import { buildAutomaton } from './automaton.ts'

const matches = (patterns: readonly string[], text: string): string[] => {
  const found: string[] = []
  buildAutomaton(patterns).search(text, (pattern, end) => found.push(`${patterns[pattern]}@${end}`))
  return found.toSorted()
}

const naive = (patterns: readonly string[], text: string): string[] => {
  const found: string[] = []
  for (const pattern of patterns)
    for (let end = pattern.length; pattern !== '' && end <= text.length; end++)
      if (text.slice(end - pattern.length, end) === pattern) found.push(`${pattern}@${end}`)
  return found.toSorted()
}

describe('the automaton', () => {
  it('finds patterns within patterns and over each other', () => {
    expect(matches(['he', 'she', 'his', 'hers'], 'ushers')).toEqual(['he@4', 'hers@6', 'she@4'])
  })

  it('property: finds all that a plain search finds, and nothing else', () => {
    const text = (maxLength: number) =>
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '🩺'), maxLength })
    fc.assert(
      fc.property(fc.uniqueArray(text(4), { maxLength: 12 }), text(40), (patterns, haystack) => {
        expect(matches(patterns, haystack)).toEqual(naive(patterns, haystack))
      }),
      { numRuns: 1000 },
    )
  })

  it('holds many patterns', () => {
    const patterns = Array.from({ length: 5000 }, (_, at) => `pattern-${at}-end`)
    expect(matches(patterns, 'x pattern-4711-end x')).toEqual(['pattern-4711-end@18'])
    expect(matches([], 'x')).toEqual([])
  })
})
