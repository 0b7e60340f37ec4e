import { compileNeedles } from '../../shared/verifiers/detector.ts'
import { fold, squeeze } from '../../shared/verifiers/fold.ts'
import type { Findings, Place } from './finding.ts'

/** Fewer letters and digits than this stand in any release by chance. */
const SHORTEST = 4
/** From this length on a canary is sought in bytes that are no text too. */
const SHORTEST_IN_BYTES = 6

/**
 * Looks for values that were planted in the source, or are known to stand in it, and may not be in the
 * release.
 */
export interface CanaryWatch {
  /** As written, in another case, and with other signs between its letters and digits. */
  look(text: string, where: Place): void
  /** As written or in another case of its ASCII letters, anywhere in a file's bytes. */
  lookInBytes(bytes: Uint8Array, where: Place): void
}

const STEP = 1 << 20

/** One character for each byte: how UTF-8 text looks in the bytes of a file. */
const asBytes = (text: string): string => {
  let characters = ''
  for (const byte of new TextEncoder().encode(text)) characters += String.fromCharCode(byte)
  return characters
}

/** Canaries that cannot be looked for are a finding: they would pass unseen. */
export const watchFor = (canaries: readonly string[], findings: Findings): CanaryWatch => {
  const known = [...new Set(canaries.filter((canary) => squeeze(fold(canary)).length >= SHORTEST))]
  if (known.length < new Set(canaries).size)
    findings.add(
      'bad-canary',
      {},
      `A canary has fewer than ${SHORTEST} letters and digits: it cannot be told from what stands in a release by chance.`,
    )
  const detector = compileNeedles(known.map((value) => ({ kind: 'identifier' as const, value })))
  const needles = known
    .map((value) => asBytes(value).toLowerCase())
    .filter(({ length }) => length >= SHORTEST_IN_BYTES)
  const overlap = needles.reduce((longest, { length }) => Math.max(longest, length), 0)
  const found = (where: Place): void =>
    findings.add('canary', where, 'A value that may not be in the release.')
  return {
    look: (text, where) => {
      if (known.length > 0 && detector.kindsIn(text, 'text').has('identifier')) found(where)
    },
    lookInBytes: (bytes, where) => {
      for (let at = 0; at < bytes.length && needles.length > 0; at += STEP) {
        let characters = ''
        for (let from = at; from < Math.min(bytes.length, at + STEP + overlap); from += 8192)
          characters += String.fromCharCode(
            ...bytes.subarray(from, Math.min(from + 8192, at + STEP + overlap)),
          )
        const lower = characters.toLowerCase()
        if (needles.some((needle) => lower.includes(needle))) return found(where)
      }
    },
  }
}

/** Every name, text and number of a JSON value. */
export function* jsonTexts(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* jsonTexts(item)
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) {
      yield name
      yield* jsonTexts(member)
    }
  else if (value !== null && value !== undefined) yield String(value)
}
