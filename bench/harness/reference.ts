import { createHash } from 'node:crypto'
import { figure, type Result } from './report.ts'

const MEGABYTES = 64
const DOCUMENTS = 4000
const ROUNDS = 5

/**
 * A fixed piece of work of the kinds that are measured: hashing, and JSON written and read. In milliseconds.
 */
const once = (): number => {
  const started = performance.now()
  const hash = createHash('sha256')
  const block = Buffer.alloc(1024 * 1024, 7)
  for (let i = 0; i < MEGABYTES; i++) hash.update(block)
  let length = hash.digest().length
  for (let i = 0; i < DOCUMENTS; i++) {
    const text = JSON.stringify(
      Array.from({ length: 40 }, (_, n) => ({ id: i * n, name: `name ${n}`, of: i })),
    )
    length += JSON.parse(text).length
  }
  if (length === 0) throw new Error('nothing was done')
  return performance.now() - started
}

/**
 * How fast the machine is now: the median time of a loop that never changes. An absolute time of the same run
 * is read beside it, since the machine's own speed changes by a third within hours.
 */
export const reference = (when: 'before' | 'after'): Result => {
  const times = Array.from({ length: ROUNDS }, once).sort((a, b) => a - b)
  return figure(`reference loop, ${when}`, times[Math.floor(ROUNDS / 2)] ?? Number.NaN, 'ms')
}
