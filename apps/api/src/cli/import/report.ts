import { closeSync, fchmodSync, openSync, writeSync } from 'node:fs'
import { type CareReach, reachText } from '../../services/import/care-reach.ts'
import type { ImportProgress } from '../../services/import/import-fhir.ts'
import type { ImportProblem } from '../../services/import/problem.ts'
import { print } from '../print.ts'

const MIB = 1024 * 1024
const SHOW_EVERY_MS = 1000
/** The first problems are shown one by one; all of them are counted. */
const MOST_SHOWN = 50

export interface ReportOptions {
  /** Where every problem is written as NDJSON: read by its owner alone, for ids may identify people. */
  readonly file?: string
  /** Whether one object at the end is all that is printed. */
  readonly json: boolean
  /**
   * Whether a person looks: ids are shown to them, and stand in no log that a machine keeps of this output.
   */
  readonly toPerson: boolean
}

/** What an import has to tell its operator: as it goes, and at its end. */
export class Report {
  readonly #options: ReportOptions
  readonly #fd: number | null
  readonly #reasons = new Map<string, number>()
  readonly #leftOut = new Set<string>()
  readonly #started = performance.now()
  #shownAt = this.#started
  #rejected = 0
  #skipped = 0

  /** Throws what the file system says where the file can't be written. */
  constructor(options: ReportOptions) {
    this.#options = options
    this.#fd = options.file === undefined ? null : openSync(options.file, 'w', 0o600)
    // One that was there keeps its rights otherwise.
    if (this.#fd !== null) fchmodSync(this.#fd, 0o600)
  }

  add(problem: ImportProblem): void {
    if (this.#fd !== null) writeSync(this.#fd, `${JSON.stringify(problem)}\n`)
    this.#reasons.set(problem.code, (this.#reasons.get(problem.code) ?? 0) + 1)
    if (problem.kind === 'rejected') this.#rejected += 1
    else this.#skipped += 1
    if (this.#options.json || !this.#isShown(problem)) return
    print(`  ${this.#placeOf(problem)}: ${problem.code}: ${problem.message}`)
  }

  progress({ patients, bytes }: ImportProgress): void {
    if (this.#options.json || performance.now() - this.#shownAt < SHOW_EVERY_MS) return
    this.#shownAt = performance.now()
    const rate = bytes / MIB / ((this.#shownAt - this.#started) / 1000)
    print(`  ${patients} patients, ${(bytes / MIB).toFixed(0)} MiB, ${rate.toFixed(1)} MiB/s`)
  }

  /** `reach`: how many patients of the whole vault are in nobody's care, and why. */
  end(done: ImportProgress, reach: CareReach): void {
    const reasons = [...this.#reasons].toSorted(([, a], [, b]) => b - a)
    if (this.#options.json) {
      const told = { skipped: this.#skipped, reasons: Object.fromEntries(reasons) }
      print(JSON.stringify({ ...done, ...told, care: reach }))
      return
    }
    const more = this.#rejected - MOST_SHOWN
    if (more > 0) {
      const where = this.#options.file === undefined ? ': --report FILE has all of them' : ''
      print(`  and ${more} more${where}`)
    }
    for (const [code, count] of reasons) print(`  ${String(count).padStart(8)}  ${code}`)
    const { created, updated, unchanged, rejected } = done
    print(`${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`)
    const unreached = reachText(reach)
    if (unreached !== null) print(unreached)
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd)
  }

  /** What is left out is shown once for each file and reason: nobody has to look at every one. */
  #isShown({ kind, file, code }: ImportProblem): boolean {
    if (kind === 'rejected') return this.#rejected <= MOST_SHOWN
    const key = `${file}\n${code}`
    if (this.#leftOut.has(key) || this.#leftOut.size >= MOST_SHOWN) return false
    this.#leftOut.add(key)
    return true
  }

  #placeOf({ file, line, entry, type, id }: ImportProblem): string {
    const what = type === null ? null : id === null || !this.#options.toPerson ? type : `${type}/${id}`
    const parts = [
      file === '' ? null : file,
      line === 0 ? null : `line ${line}`,
      entry === null ? null : `entry ${entry}`,
      what,
    ]
    return parts.filter((part) => part !== null).join(', ')
  }
}
