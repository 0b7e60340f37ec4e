/**
 * A seeded source of plausible choices for synthetic data; not for keys, nonces or anything else that must
 * not be guessed. The generator is sfc32 of Chris Doty-Humphrey's PractRand (public domain): 128 bits of
 * state, passes its own suite, and needs 32-bit arithmetic only, so that every machine draws the same.
 */
export class Prng {
  readonly #seed: string
  readonly #state: Uint32Array

  constructor(seed: string, state: Uint32Array = seededState(seed)) {
    this.#seed = seed
    this.#state = state
  }

  /** A generator of its own for a part of the whole: what one part draws then changes nothing in another. */
  fork(label: string): Prng {
    return new Prng(`${this.#seed}/${label}`)
  }

  /** The next 32 bits, as an unsigned integer. */
  next(): number {
    return step(this.#state)
  }

  /** Uniform in [0, 1). */
  float(): number {
    return this.next() / 2 ** 32
  }

  /** Uniform among the integers from min to max, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.float() * (max - min + 1))
  }

  chance(probability: number): boolean {
    return this.float() < probability
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.int(0, items.length - 1)]
    if (item === undefined) throw new RangeError('pick: the list is empty')
    return item
  }

  /** One of the items, each as likely as its weight says. */
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T {
    const total = items.reduce((sum, [, weight]) => sum + weight, 0)
    let left = this.float() * total
    for (const [item, weight] of items) {
      left -= weight
      if (left < 0) return item
    }
    return this.pick(items)[0]
  }

  /** Normally distributed (Box-Muller). */
  normal(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.float()))
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.float())
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.int(0, 9)).join('')
  }

  /** In the form of a version 4 UUID (RFC 9562 section 5.4), the same for the same seed. */
  uuid(): string {
    const hex = Array.from({ length: 4 }, () => this.next().toString(16).padStart(8, '0')).join('')
    const variant = '89ab'[this.int(0, 3)]
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `${variant}${hex.slice(17, 20)}`,
      hex.slice(20),
    ].join('-')
  }
}

/** FNV-1a over UTF-16 units with MurmurHash3's finaliser: spreads seeds that differ in one character. */
const hash32 = (text: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

const step = (state: Uint32Array): number => {
  const [a = 0, b = 0, c = 0, counter = 0] = state
  const sum = (a + b + counter) >>> 0
  state.set([b ^ (b >>> 9), c + (c << 3), ((c << 21) | (c >>> 11)) + sum, counter + 1])
  return sum
}

/** The counter word starts equal for all seeds: twelve rounds mix it in, as PractRand's own seeding does. */
const seededState = (seed: string): Uint32Array => {
  const state = Uint32Array.of(hash32(`1/${seed}`), hash32(`2/${seed}`), hash32(`3/${seed}`), 1)
  for (let round = 0; round < 12; round += 1) step(state)
  return state
}
