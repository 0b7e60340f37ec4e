import { CryptoError } from './errors.ts'

export interface KeyCacheOptions<K, V> {
  /** How many values are kept at most; a value in use beyond that lives until its last user is done. */
  readonly maxEntries: number
  /** How long a value may be used after its load began, in milliseconds of `now`. */
  readonly ttlMs: number
  /** Milliseconds that never go back, such as `performance.now()`. */
  readonly now: () => number
  readonly load: (key: K) => Promise<V>
  /** Wipes a value; called exactly once for each, when nobody uses it any more. */
  readonly dispose: (value: V) => void
}

interface Entry<V> {
  readonly value: V
  readonly loadedAt: number
  /** How many users hold the value now. */
  leases: number
  evicted: boolean
}

interface Flight<V> {
  readonly landing: Promise<Entry<V>>
  /** Users that wait for it. Each has its lease from the moment the value lands, before any of them runs. */
  waiters: number
  /** Set where the key was evicted meanwhile: those who wait get the value, but it is not kept. */
  orphaned: boolean
}

/**
 * Unwrapped keys in memory: each loaded once however many ask at a time, at most `maxEntries` of them (the
 * least recently used goes first), none for longer than its TTL, and each wiped when it goes.
 *
 * A key is lent, never given: `use` runs a function that has it. An evicted key is wiped when the last
 * such function is done, so no key changes to zeros under a user's hands. The function must not keep it.
 */
export class KeyCache<K, V> {
  readonly #options: KeyCacheOptions<K, V>
  /** In order of use, the least recent first. */
  readonly #entries = new Map<K, Entry<V>>()
  readonly #flights = new Map<K, Flight<V>>()
  #newest: Entry<V> | undefined

  constructor(options: KeyCacheOptions<K, V>) {
    if (!Number.isSafeInteger(options.maxEntries) || options.maxEntries < 1 || !(options.ttlMs > 0)) {
      throw new CryptoError('invalid-argument', 'a key cache needs a size of 1 or more and a TTL above 0')
    }
    this.#options = options
  }

  /** How many values are kept now, those in use but evicted not counted. */
  get size(): number {
    return this.#entries.size
  }

  /**
   * Run `fn` with the value of `key`, loading it first where needed. Rejects as `load` or `fn` does; a failed
   * load is not kept.
   */
  use<R>(key: K, fn: (value: V) => R | Promise<R>): Promise<R> {
    const entry = this.#fresh(key)
    if (entry === undefined) return this.#useLoaded(key, fn)
    entry.leases += 1
    return this.#runLeased(entry, fn)
  }

  /**
   * The cheap way for a warm key: run `fn` at once, or return undefined without running it where the value
   * is not here. `fn` must be synchronous: a promise it returned would outlive the lease, and is refused.
   */
  useSync<R>(key: K, fn: (value: V) => R): R | undefined {
    const entry = this.#fresh(key)
    if (entry === undefined) return undefined
    entry.leases += 1
    try {
      const result = fn(entry.value)
      if (result instanceof Promise) {
        // Its own failure is not what the caller has to hear about.
        result.catch(() => undefined)
        throw new CryptoError('invalid-argument', 'useSync takes a synchronous function; use takes any')
      }
      return result
    } finally {
      this.#release(entry)
    }
  }

  /**
   * Keep a value that was not loaded, such as a new key once its transaction has committed. The cache
   * owns it from here.
   */
  put(key: K, value: V): void {
    this.evict(key)
    this.#keep(key, { value, loadedAt: this.#options.now(), leases: 0, evicted: false })
  }

  /** Forget one key, such as after its shred or rotation: nobody who asks from now on gets the old value. */
  evict(key: K): void {
    const flight = this.#flights.get(key)
    if (flight !== undefined) {
      flight.orphaned = true
      this.#flights.delete(key)
    }
    const entry = this.#entries.get(key)
    if (entry !== undefined) this.#drop(key, entry)
  }

  /** Forget everything, such as before the process stops. */
  clear(): void {
    for (const key of [...this.#flights.keys(), ...this.#entries.keys()]) this.evict(key)
  }

  /**
   * Forget what has expired. Expired values are never lent; calling this from time to time also wipes
   * the idle ones.
   */
  sweep(): void {
    for (const [key, entry] of this.#entries) {
      if (this.#isExpired(entry)) this.#drop(key, entry)
    }
  }

  #fresh(key: K): Entry<V> | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    if (this.#isExpired(entry)) {
      this.#drop(key, entry)
      return undefined
    }
    if (entry !== this.#newest) {
      this.#entries.delete(key)
      this.#entries.set(key, entry)
      this.#newest = entry
    }
    return entry
  }

  #isExpired(entry: Entry<V>): boolean {
    return this.#options.now() - entry.loadedAt >= this.#options.ttlMs
  }

  async #useLoaded<R>(key: K, fn: (value: V) => R | Promise<R>): Promise<R> {
    const flight = this.#flights.get(key) ?? this.#takeOff(key)
    flight.waiters += 1
    return this.#runLeased(await flight.landing, fn)
  }

  async #runLeased<R>(entry: Entry<V>, fn: (value: V) => R | Promise<R>): Promise<R> {
    try {
      return await fn(entry.value)
    } finally {
      this.#release(entry)
    }
  }

  #takeOff(key: K): Flight<V> {
    const loadedAt = this.#options.now()
    // `load` runs in a later microtask, so that even one that throws at once finds its flight on the board.
    const loading = Promise.resolve().then(() => this.#options.load(key))
    const flight: Flight<V> = {
      waiters: 0,
      orphaned: false,
      landing: loading.then(
        (value) => {
          const entry = { value, loadedAt, leases: flight.waiters, evicted: flight.orphaned }
          if (!flight.orphaned) {
            this.#flights.delete(key)
            this.#keep(key, entry)
          }
          return entry
        },
        (error: unknown) => {
          if (!flight.orphaned) this.#flights.delete(key)
          throw error
        },
      ),
    }
    this.#flights.set(key, flight)
    return flight
  }

  #keep(key: K, entry: Entry<V>): void {
    this.#entries.set(key, entry)
    this.#newest = entry
    for (const [oldestKey, oldest] of this.#entries) {
      if (this.#entries.size <= this.#options.maxEntries) break
      this.#drop(oldestKey, oldest)
    }
  }

  #drop(key: K, entry: Entry<V>): void {
    this.#entries.delete(key)
    if (this.#newest === entry) this.#newest = undefined
    entry.evicted = true
    if (entry.leases === 0) this.#options.dispose(entry.value)
  }

  #release(entry: Entry<V>): void {
    entry.leases -= 1
    if (entry.leases === 0 && entry.evicted) this.#options.dispose(entry.value)
  }
}
