import {
  compileNeedles,
  type Detector,
  type Needle,
  needlesOf,
  type SourceRecord,
} from '@chartward/deid/records'

/**
 * What the finished files are searched for: the identifiers of every record as it was read, each once. What
 * was never decrypted needs no needle, since it can't have got into a file. PHI: lives as long as the build
 * and is never written anywhere.
 */
export class Needles {
  readonly #found = new Map<string, Needle>()

  add(record: SourceRecord): void {
    for (const needle of needlesOf(record)) this.#found.set(`${needle.kind} ${needle.value}`, needle)
  }

  get size(): number {
    return this.#found.size
  }

  compile(): Detector {
    return compileNeedles(this.#found.values())
  }
}
