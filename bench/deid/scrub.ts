import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createScrubber } from '@chartward/deid/text'
import { atLeast, figure, type Result } from '../harness/report.ts'

const FILE = new URL('../../../shared/data/freetext/presidio-half.json', import.meta.url)

interface Sentence {
  readonly text: string
  readonly spans: readonly { readonly type: string; readonly start: number; readonly end: number }[]
}

/** What of a span counts: its letters and digits. */
const SOLID = /[\p{L}\p{N}]/u

/** For each UTF-16 unit whether some span covers it. */
const coverOf = (
  length: number,
  spans: readonly { readonly start: number; readonly end: number }[],
): Uint8Array => {
  const covered = new Uint8Array(length)
  for (const { start, end } of spans) covered.fill(1, start, end)
  return covered
}

/** Labelled spans found whole, and words outside of them that were kept, on labelled sentences. */
export const scrubResults = async (): Promise<Result[]> => {
  if (!existsSync(FILE)) throw new Error('This benchmark reads ../shared/data/freetext, which is not here.')
  const sentences: Sentence[] = JSON.parse(await readFile(FILE, 'utf8'))
  const scrubber = createScrubber()
  let [spans, found, words, kept, units] = [0, 0, 0, 0, 0]
  const started = performance.now()
  const scrubbed = sentences.map(({ text }) => scrubber.scrub(text))
  const seconds = (performance.now() - started) / 1000
  for (const [at, { text, spans: labelled }] of sentences.entries()) {
    const replaced = coverOf(text.length, scrubbed[at]?.spans ?? [])
    const identifying = coverOf(text.length, labelled)
    units += text.length
    for (const { start, end } of labelled) {
      spans += 1
      const isFound = [...text.slice(start, end).matchAll(/./gsu)].every(
        ({ 0: sign, index }) => !SOLID.test(sign) || replaced[start + index] === 1,
      )
      if (isFound) found += 1
    }
    for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
      if (identifying.subarray(index, index + word.length).includes(1)) continue
      words += 1
      if (!replaced.subarray(index, index + word.length).includes(1)) kept += 1
    }
  }
  return [
    atLeast('scrubbing, labelled spans found whole', found / spans, 'share', 0.97),
    atLeast('scrubbing, other words kept', kept / words, 'share', 0.95),
    figure('scrubbing, rate', units / seconds / 1e6, 'million characters/s'),
  ]
}
