const DIRECT_LIMIT = 1 << 21
const STAMP_LIMIT = 1 << 30

/**
 * Numbers pairs (id, code) from 0 in the order in which they are first seen. Made once and cleared for each
 * use: it allocates little.
 */
export class PairIndex {
  count = 0
  /** The id and the code of each pair, by its number. */
  ids = new Int32Array(64)
  codes = new Int32Array(64)
  /**
   * Where an entry is above `base` it is of this use, and its pair's number is entry - base - 1: clearing
   * writes nothing.
   */
  #table = new Int32Array(256)
  #base = 0
  /** Codes a row of the table, where it is addressed directly; 0 where it is hashed. */
  #width = 0

  /** Forgets all pairs. Ids to come are below `idCount`, codes below `codeCount`. */
  clear(idCount: number, codeCount: number): void {
    const product = idCount * codeCount
    this.#width = product <= DIRECT_LIMIT ? codeCount : 0
    this.#base += this.count
    this.count = 0
    if (this.#width > 0 && this.#table.length < product) this.#reset(product)
    else if (this.#base > STAMP_LIMIT) this.#reset(this.#table.length)
  }

  #reset(size: number): void {
    let capacity = 256
    while (capacity < size) capacity *= 2
    this.#table = new Int32Array(capacity)
    this.#base = 0
  }

  #push(id: number, code: number): number {
    if (this.count === this.ids.length) {
      const ids = new Int32Array(this.count * 2)
      const codes = new Int32Array(this.count * 2)
      ids.set(this.ids)
      codes.set(this.codes)
      this.ids = ids
      this.codes = codes
    }
    this.ids[this.count] = id
    this.codes[this.count] = code
    return this.count++
  }

  /** The number of the pair. */
  add(id: number, code: number): number {
    if (this.#width > 0) {
      const at = id * this.#width + code
      const entry = (this.#table[at] ?? 0) - this.#base
      if (entry > 0) return entry - 1
      const fresh = this.#push(id, code)
      this.#table[at] = this.#base + fresh + 1
      return fresh
    }
    const at = this.#slot(id, code)
    const entry = (this.#table[at] ?? 0) - this.#base
    if (entry > 0) return entry - 1
    const fresh = this.#push(id, code)
    this.#table[at] = this.#base + fresh + 1
    if (this.count * 2 > this.#table.length) this.#rehash()
    return fresh
  }

  #slot(id: number, code: number): number {
    const mask = this.#table.length - 1
    let hash = Math.imul(id, 0x9e3779b1) ^ Math.imul(code + 1, 0x85ebca6b)
    hash ^= hash >>> 15
    hash = Math.imul(hash, 0x2c1b3c6d)
    hash ^= hash >>> 13
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = (this.#table[at] ?? 0) - this.#base
      if (entry <= 0 || (this.ids[entry - 1] === id && this.codes[entry - 1] === code)) return at
    }
  }

  #rehash(): void {
    this.#reset(this.#table.length * 2)
    for (let pair = 0; pair < this.count; pair++)
      this.#table[this.#slot(this.ids[pair] ?? 0, this.codes[pair] ?? 0)] = pair + 1
  }
}
