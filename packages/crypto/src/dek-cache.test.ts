import { describe, expect, it } from 'vitest'
import { KeyCache } from './dek-cache.ts'
import { codeOf } from './testing/code-of.ts'

interface Pending {
  readonly key: string
  readonly land: (value: Buffer) => void
  readonly fail: (error: Error) => void
}

/** A cache with a clock turned by hand and loads that land when the test says so. */
const harness = (maxEntries = 2) => {
  const state = { time: 0 }
  const pending: Pending[] = []
  const disposed: Buffer[] = []
  const cache = new KeyCache<string, Buffer>({
    maxEntries,
    ttlMs: 1000,
    now: () => state.time,
    load: (key) => new Promise((land, fail) => pending.push({ key, land, fail })),
    dispose: (value) => {
      disposed.push(value)
      value.fill(0)
    },
  })
  /** The oldest load under way, once it has begun. */
  const load = async (): Promise<Pending> => {
    await Promise.resolve()
    const next = pending.shift()
    if (next === undefined) throw new Error('nothing is being loaded')
    return next
  }
  const warm = async (key: string, value = secret()) => {
    const use = cache.use(key, () => undefined)
    const loading = await load()
    loading.land(value)
    await use
    return value
  }
  return { cache, state, pending, disposed, load, warm }
}

const secret = () => Buffer.alloc(32, 0xaa)
const isWiped = (value: Buffer) => value.equals(Buffer.alloc(32))
const first = (value: Buffer) => value[0]

const gate = () => {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

describe('loading', () => {
  it('happens once however many ask at a time, and not again while warm', async () => {
    const { cache, pending, load, warm } = harness()
    const users = Array.from({ length: 50 }, () => cache.use('a', first))
    const loading = await load()
    loading.land(secret())
    expect(await Promise.all(users)).toEqual(Array(50).fill(0xaa))
    expect(await cache.use('a', first)).toBe(0xaa)
    await warm('b')
    expect(pending).toHaveLength(0)
  })

  it('that fails reaches everyone who waits, is not kept, and is tried again', async () => {
    const { cache, load, disposed } = harness()
    const users = [cache.use('a', first), cache.use('a', first)]
    const failing = await load()
    failing.fail(new Error('no such DEK'))
    for (const user of await Promise.allSettled(users)) {
      expect(user).toMatchObject({ status: 'rejected', reason: { message: 'no such DEK' } })
    }
    const again = cache.use('a', first)
    const loading = await load()
    loading.land(secret())
    expect(await again).toBe(0xaa)
    expect(disposed).toHaveLength(0)
  })

  it('that throws at once is a rejection like any other', async () => {
    let calls = 0
    const cache = new KeyCache<string, Buffer>({
      maxEntries: 1,
      ttlMs: 1,
      now: () => 0,
      load: () => {
        calls += 1
        throw new Error('down')
      },
      dispose: () => undefined,
    })
    await expect(cache.use('a', first)).rejects.toThrow('down')
    await expect(cache.use('a', first)).rejects.toThrow('down')
    expect(calls).toBe(2)
  })
})

describe('the synchronous path', () => {
  it('runs on a warm key and not on a cold one', async () => {
    const { cache, warm, pending } = harness()
    expect(cache.useSync('a', first)).toBeUndefined()
    expect(pending).toHaveLength(0)
    await warm('a')
    expect(cache.useSync('a', first)).toBe(0xaa)
  })

  it('refuses a function whose promise would outlive the lease', async () => {
    const { cache, warm } = harness()
    await warm('a')
    expect(codeOf(() => cache.useSync('a', async () => 1))).toBe('invalid-argument')
    expect(codeOf(() => cache.useSync('a', () => Promise.reject(new Error('x'))))).toBe('invalid-argument')
  })

  it('gives the lease back when the function throws', async () => {
    const { cache, warm } = harness()
    const value = await warm('a')
    expect(() =>
      cache.useSync('a', () => {
        throw new Error('mine')
      }),
    ).toThrow('mine')
    cache.evict('a')
    expect(isWiped(value)).toBe(true)
  })

  it('keeps a key whole for a function that evicts it', async () => {
    const { cache, warm } = harness()
    const value = await warm('a')
    const seen = cache.useSync('a', (held) => {
      cache.evict('a')
      return held[0]
    })
    expect(seen).toBe(0xaa)
    expect(isWiped(value)).toBe(true)
  })
})

describe('bounds', () => {
  it('let go of the least recently used, and wipe it', async () => {
    const { cache, warm } = harness(2)
    const [a, b] = [await warm('a'), await warm('b')]
    cache.useSync('a', first)
    const c = await warm('c')
    expect([a, b, c].map(isWiped)).toEqual([false, true, false])
    expect(cache.size).toBe(2)
    expect(cache.useSync('b', first)).toBeUndefined()
  })

  it('hold for a cache of one', async () => {
    const { cache, warm } = harness(1)
    const [a, b] = [await warm('a'), await warm('b')]
    expect([isWiped(a), isWiped(b), cache.size]).toEqual([true, false, 1])
  })

  it('lend nothing from its TTL on, counted from when its load began', async () => {
    const { cache, state, load } = harness()
    const use = cache.use('a', first)
    const loading = await load()
    state.time = 400
    const value = secret()
    loading.land(value)
    await use
    state.time = 999
    expect(cache.useSync('a', first)).toBe(0xaa)
    state.time = 1000
    expect(cache.useSync('a', first)).toBeUndefined()
    expect(isWiped(value)).toBe(true)
  })

  it('are kept by a sweep for keys that nobody asks for', async () => {
    const { cache, state, warm } = harness()
    const old = await warm('a')
    state.time = 500
    const young = await warm('b')
    state.time = 1200
    cache.sweep()
    expect([isWiped(old), isWiped(young), cache.size]).toEqual([true, false, 1])
  })

  it('must make sense', () => {
    const options = { ttlMs: 1, now: () => 0, load: async () => secret(), dispose: () => undefined }
    for (const maxEntries of [0, -1, 1.5, Number.NaN]) {
      expect(codeOf(() => new KeyCache({ ...options, maxEntries }))).toBe('invalid-argument')
    }
    for (const ttlMs of [0, -1, Number.NaN]) {
      expect(codeOf(() => new KeyCache({ ...options, maxEntries: 1, ttlMs }))).toBe('invalid-argument')
    }
  })
})

describe('a lease', () => {
  it('keeps an evicted key whole until its last user is done, and then it is wiped once', async () => {
    const { cache, warm, disposed } = harness()
    const value = await warm('a')
    const [one, two] = [gate(), gate()]
    const readers = [one, two].map(({ opened }) =>
      cache.use('a', async (held) => {
        await opened
        return held[0]
      }),
    )
    cache.evict('a')
    expect(cache.useSync('a', first)).toBeUndefined()
    one.open()
    expect(await readers[0]).toBe(0xaa)
    expect(disposed).toHaveLength(0)
    two.open()
    expect(await readers[1]).toBe(0xaa)
    expect(isWiped(value)).toBe(true)
    expect(disposed).toEqual([value])
  })

  it('outlasts a crowd that pushes the key out, and its TTL', async () => {
    const { cache, state, warm } = harness(1)
    const value = await warm('a')
    const door = gate()
    const reader = cache.use('a', async (held) => {
      await door.opened
      return held[0]
    })
    await warm('b')
    state.time = 5000
    cache.sweep()
    cache.clear()
    expect(isWiped(value)).toBe(false)
    door.open()
    expect(await reader).toBe(0xaa)
    expect(isWiped(value)).toBe(true)
  })

  it('is given back when the user fails', async () => {
    const { cache, warm } = harness()
    const value = await warm('a')
    await expect(cache.use('a', () => Promise.reject(new Error('mine')))).rejects.toThrow('mine')
    const thrower = () => {
      throw new Error('mine')
    }
    await expect(cache.use('a', thrower)).rejects.toThrow('mine')
    cache.evict('a')
    expect(isWiped(value)).toBe(true)
  })

  it('is held by those who wait from the moment the key lands, before any of them runs', async () => {
    const { cache, load } = harness(1)
    const users = [cache.use('a', first), cache.use('a', first), cache.use('b', first)]
    const [a, b] = [await load(), await load()]
    const [valueA, valueB] = [secret(), secret()]
    a.land(valueA)
    b.land(valueB)
    expect(await Promise.all(users)).toEqual([0xaa, 0xaa, 0xaa])
    expect([isWiped(valueA), isWiped(valueB)]).toEqual([true, false])
  })
})

describe('a key that is evicted while it loads', () => {
  it('serves those who had asked, is then wiped, and is loaded anew for the next', async () => {
    const { cache, load } = harness()
    const before = cache.use('a', first)
    const stale = await load()
    cache.evict('a')
    const after = cache.use('a', first)
    const fresh = await load()
    const [old, current] = [secret(), Buffer.alloc(32, 0xbb)]
    fresh.land(current)
    expect(await after).toBe(0xbb)
    stale.land(old)
    expect(await before).toBe(0xaa)
    expect([isWiped(old), isWiped(current)]).toEqual([true, false])
    expect(cache.useSync('a', first)).toBe(0xbb)
  })

  it('does not disturb the next load by failing', async () => {
    const { cache, load } = harness()
    const before = cache.use('a', first)
    const stale = await load()
    cache.clear()
    const after = cache.use('a', first)
    stale.fail(new Error('gone'))
    await expect(before).rejects.toThrow('gone')
    const joined = cache.use('a', first)
    const fresh = await load()
    fresh.land(secret())
    expect(await Promise.all([after, joined])).toEqual([0xaa, 0xaa])
  })
})

it('a key that was put replaces the one before, which is wiped', async () => {
  const { cache, warm } = harness()
  const old = await warm('a')
  cache.put('a', Buffer.alloc(32, 0xcc))
  expect(cache.useSync('a', first)).toBe(0xcc)
  expect(isWiped(old)).toBe(true)
})

it('nothing is left unwiped once everything is cleared, after any order of use', async () => {
  const values: Buffer[] = []
  const cache = new KeyCache<number, Buffer>({
    maxEntries: 3,
    ttlMs: 1000,
    now: () => 0,
    load: async () => {
      const value = secret()
      values.push(value)
      return value
    },
    dispose: (value) => {
      expect(isWiped(value)).toBe(false)
      value.fill(0)
    },
  })
  const users: Promise<void>[] = []
  for (let i = 0; i < 500; i++) {
    const key = (i * 7919) % 11
    users.push(
      cache.use(key, async (value) => {
        for (let turn = 0; turn < i % 4; turn++) await Promise.resolve()
        expect(isWiped(value)).toBe(false)
      }),
    )
    if (i % 13 === 0) cache.evict((i * 31) % 11)
    if (i % 5 === 0) await Promise.resolve()
  }
  await Promise.all(users)
  cache.clear()
  expect(values.length).toBeGreaterThan(11)
  expect(values.every(isWiped)).toBe(true)
})
