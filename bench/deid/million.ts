import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { columnOf } from '@chartward/deid/tables'
import { runChild } from '../harness/child.ts'
import { figure, limited, type Result } from '../harness/report.ts'
import { type Adult, attributesOf, Q7 } from './adult.ts'

const ROWS = 1_000_000
const K = 10

export interface MillionJob {
  readonly csv: string
  readonly out: string
  readonly hierarchies: readonly (readonly [name: string, rows: readonly (readonly string[])[]])[]
  readonly k: number
}

export interface MillionDone {
  readonly loadSeconds: number
  readonly solveSeconds: number
  readonly buildSeconds: number
  readonly verifySeconds: number
  readonly loss: number
  /** What the process held at most, above what it held before it read a row. */
  readonly peakMebibytes: number
}

/** Whole numbers, the same each time (Lehmer's generator with Park and Miller's constants). */
function* draws(bound: number): Generator<number, never> {
  for (let state = 20_261_122; ; state = (state * 48_271) % 2_147_483_647) yield state % bound
}

/**
 * A million people made from those of Adult: each is one of them, drawn with replacement, but for one
 * attribute, which is another's. Were they only drawn, each combination would be there more often than k, and
 * nothing would be left to solve.
 */
function* linesOf({ table }: Adult): Generator<string> {
  const columns = Q7.map((name) => columnOf(table, name))
  const rowNumbers = draws(table.rows)
  const drawn = (): number => rowNumbers.next().value
  let chunk = `${Q7.join(',')}\r\n`
  for (let row = 1; row <= ROWS; row += 1) {
    const [one, other] = [drawn(), drawn()]
    const cells = columns.map(
      ({ values, codes }, at) => values[codes[row % columns.length === at ? other : one] ?? 0] ?? '',
    )
    chunk += `${cells.join(',')}\r\n`
    if (row % 4096 === 0 || row === ROWS) {
      yield chunk
      chunk = ''
    }
  }
}

/** A whole export of a million rows, in a process of its own: from the file to a verified release. */
export const millionResults = async (adult: Adult): Promise<Result[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'chartward-bench-deid-'))
  try {
    const csv = join(folder, 'million.csv')
    await pipeline(Readable.from(linesOf(adult)), createWriteStream(csv))
    const job: MillionJob = {
      csv,
      out: folder,
      hierarchies: attributesOf(adult, Q7).map(({ name }) => [
        name,
        adult.hierarchyRows.get(Q7.find((column) => column === name) ?? 'sex') ?? [],
      ]),
      k: K,
    }
    const done = await runChild<MillionDone>(new URL('./million-export.ts', import.meta.url), job)
    const whole = done.loadSeconds + done.solveSeconds + done.buildSeconds
    return [
      figure('a million rows, q7, k 10: loading', done.loadSeconds, 's'),
      limited('a million rows: solving', done.solveSeconds, 's', 5),
      limited('a million rows: whole export', whole, 's', 30),
      figure('a million rows: verifying the release', done.verifySeconds, 's'),
      limited('a million rows: peak memory above base', done.peakMebibytes, 'MiB', 286),
      figure('a million rows: loss', done.loss, 'loss'),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
