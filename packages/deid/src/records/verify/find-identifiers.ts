import { compileNeedles, type Detector } from '../../shared/verifiers/detector.ts'
import type { Needle, NeedleKind } from '../../shared/verifiers/needle.ts'
import { csvLeaves, ndjsonLeaves } from './leaves.ts'
import { isKnownName, valueKindOf } from './vocabulary.ts'

/** Where something was found, and of what kind it is; never what it is. */
export interface Finding {
  readonly kind: NeedleKind | 'unreadable'
  readonly line: number
}

export interface Verification {
  readonly findings: readonly Finding[]
  /** All findings, also those beyond the limit of the list. */
  readonly total: number
  /** Names and values that were looked at: a file of none was not verified. */
  readonly examined: number
}

const isDetector = (needles: Iterable<Needle> | Detector): needles is Detector => 'kindsIn' in needles

/**
 * Reads a release file (CSV of one resource type, or NDJSON) as its recipient would and looks for the
 * source's identifiers in every value and every name. Independent of what made the file: it shares with it
 * only the value sets of the standard. The file may be released only where `total` is 0 and `examined` is
 * not.
 */
export const findIdentifiers = async (
  chunks: AsyncIterable<string> | Iterable<string>,
  needles: Iterable<Needle> | Detector,
  { format, limit = 100 }: { readonly format: 'csv' | 'ndjson'; readonly limit?: number },
): Promise<Verification> => {
  const detector = isDetector(needles) ? needles : compileNeedles(needles)
  const findings: Finding[] = []
  let total = 0
  let examined = 0
  const report = (finding: Finding): void => {
    total++
    if (findings.length < limit) findings.push(finding)
  }
  for await (const leaf of format === 'csv' ? csvLeaves(chunks) : ndjsonLeaves(chunks)) {
    if ('unreadable' in leaf) {
      report({ kind: 'unreadable', line: leaf.line })
      continue
    }
    examined++
    if (leaf.isName && isKnownName(leaf.value)) continue
    const place = leaf.isName ? 'text' : valueKindOf(leaf.field, leaf.key, leaf.value)
    for (const kind of detector.kindsIn(leaf.value, place)) report({ kind, line: leaf.line })
  }
  return { findings, total, examined }
}
