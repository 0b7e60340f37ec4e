import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type KmsProvider, LocalKms, newDataKey, unwrapKek, wrapKek } from '@chartward/crypto'
import { type Database, schema } from '@chartward/db'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isOwnEntry } from '../../audit/entry.ts'
import { newId } from '../../core/ids.ts'
import { Keks } from '../../keys/keks.ts'
import { readAppendKey } from '../../keys/key-files.ts'
import { KmsPair } from '../../keys/kms/open-kms.ts'
import { auditEntries } from '../../testing/entries.ts'
import { KILLING_MS, KILLS, kill, seeded } from '../../testing/kills.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { Findings } from '../audit/integrity/findings.ts'
import { KeyWitness } from '../audit/integrity/key-rows.ts'
import { checkPending } from '../audit/integrity/pending-rows.ts'
import { moveKeks } from './move-keks.ts'

const CHILD = join(import.meta.dirname, 'testing/move-child.ts')
const INSTALLATION = 'test.invalid/log'

let t: TestApp
let owner: Database
let current: LocalKms
/** Roots that keys can be moved to, each under a name of its own. */
let roots = 0
let versions = 1
const another = (): string => `${t.files.kms}.${roots++}`

beforeEach(async () => {
  t = await createTestApp({ keysLogged: true })
  owner = t.database.open('chartward_owner', 2)
  current = LocalKms.open(t.files.kms)
})
afterEach(() => t.stop())

const addKek = async (state: 'decrypt-only' | 'disabled' | 'destroyed' = 'decrypt-only'): Promise<string> => {
  const { id, key } = newDataKey(newId())
  const wrapped = state === 'destroyed' ? Buffer.alloc(0) : await wrapKek(current, { id, key }, INSTALLATION)
  await owner.orm
    .insert(schema.keks)
    .values({ id, version: ++versions, provider: current.name, wrapped, state })
  return id
}

/** What each KEK is, by the provider that its row names. */
const keysBy = async (providers: readonly KmsProvider[]): Promise<Map<string, string>> => {
  const keys = new Map<string, string>()
  for (const { id, provider, wrapped, state } of await owner.orm.select().from(schema.keks)) {
    if (state === 'destroyed') continue
    const by = providers.find(({ name }) => name === provider)
    if (by === undefined) throw new Error('a KEK is wrapped by neither')
    keys.set(id, (await unwrapKek(by, id, wrapped, INSTALLATION)).key.toString('hex'))
  }
  return keys
}

const moving = (next: KmsProvider) => ({
  owner,
  audit: t.app.audit,
  kms: new KmsPair(current, next),
  operator: 'Ada of the night shift',
})
const moved = () => auditEntries(t.app, 'key.moved')

/** What the check of the database finds of keys, by the entries that no sequencer has taken yet. */
const findings = async (): Promise<readonly string[]> => {
  const found = new Findings()
  const witness = new KeyWitness(owner.sql, found)
  const appendKey = readAppendKey(t.files)
  await checkPending(owner.sql, (bytes, mac) => isOwnEntry(appendKey, bytes, mac), [witness], found)
  await witness.end()
  return found.problems.map(({ code }) => code).filter((code) => code.startsWith('key-'))
}

describe('keys that are moved to another key store', () => {
  it('are the same keys under its root, each with an entry that the check of the database goes by', async () => {
    await addKek('disabled')
    const gone = await addKek('destroyed')
    const next = LocalKms.create(another())
    const before = await keysBy([current])
    expect(await moveKeks(moving(next))).toEqual({ moved: 2, all: 2 })
    expect(await keysBy([current, next])).toEqual(before)
    const rows = await owner.orm.select().from(schema.keks)
    expect(rows.filter(({ provider }) => provider === current.name).map(({ id }) => id)).toEqual([gone])
    const entries = await moved()
    expect(entries).toHaveLength(2)
    for (const { facts, change } of entries) {
      expect(facts).toMatchObject({ operator: 'Ada of the night shift' })
      expect(change).toMatchObject({ before: { provider: current.name }, after: { provider: next.name } })
    }
    expect(await findings()).not.toContain('key-changed')
    await owner.sql`update keks set wrapped = '\\x00' where state = 'primary'`
    expect(await findings()).toContain('key-changed')
  })

  it('are opened by a running process that knows both, and by one that knows the new root alone', async () => {
    const next = LocalKms.create(another())
    const running = await Keks.load(t.app.db, new KmsPair(current, next), t.app.db)
    const told = await Keks.load(t.app.db, current, t.app.db)
    await moveKeks(moving(next))
    for (const keks of [running, told]) await keks.look()
    expect(running.state().providers).toMatchObject([{ name: next.name, problem: null }])
    // One that was not told of the new root goes on for as long as it holds a KEK, and says what is missing.
    expect(told.state()).toMatchObject({
      providers: [{ name: next.name, problem: 'not-set-up' }],
      lapsed: 0,
    })
    expect(told.primary).toEqual(running.primary)
    for (const keks of [running, told]) keks.wipe()
    await (await t.another({ kms: new KmsPair(current, next) })).close()
    await (await t.another({ kms: next })).close()
    await expect(t.another({ kms: current })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/CHARTWARD_KMS/),
    })
  })

  it('are not moved twice, nor by somebody who finds them moved meanwhile', async () => {
    const next = LocalKms.create(another())
    const runs = await Promise.all([moveKeks(moving(next)), moveKeks(moving(next))])
    expect(runs.reduce((sum, run) => sum + run.moved, 0)).toBe(1)
    expect(await moveKeks(moving(next))).toEqual({ moved: 0, all: 1 })
    expect(await moved()).toHaveLength(1)
  })

  it('stay where the new key store gives back another key than it was given', async () => {
    const inner = LocalKms.create(another())
    const lying: KmsProvider = {
      name: inner.name,
      named: () => lying,
      wrap: (plain, place) => {
        const other = Buffer.from(plain)
        other[70] = (other[70] ?? 0) ^ 1
        return inner.wrap(other, place)
      },
      unwrap: (wrapped, place) => inner.unwrap(wrapped, place),
    }
    await expect(moveKeks(moving(lying))).rejects.toThrow(/Nothing was changed/)
    expect([...(await keysBy([current])).keys()]).toHaveLength(1)
    expect(await moved()).toHaveLength(0)
  })
})

describe('a move that is killed', () => {
  it(
    'loses no key, and goes on when it is run again',
    async () => {
      for (let more = 0; more < 9; more++) await addKek()
      const random = seeded(20_261_201)
      const before = await keysBy([current])
      let next = another()
      let to = LocalKms.create(next)
      let left = before.size
      for (let kills = 0; kills < KILLS; kills++) {
        const given = {
          app: t.database.url('chartward_app'),
          owner: t.database.url('chartward_owner'),
          files: t.files,
          next,
          slowMs: 15,
        }
        const child = spawn(process.execPath, [CHILD, JSON.stringify(given)], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        await once(child.stdout, 'data')
        await setTimeout(80 * random())
        await kill(child)
        while ((await underWay()) > 0) await setTimeout(20)
        expect(await keysBy([current, to])).toEqual(before)
        const rows = await owner.orm.select().from(schema.keks)
        const still = rows.filter(({ provider }) => provider === current.name).length
        expect(still).toBeLessThanOrEqual(left)
        left = still
        if (left > 0) continue
        // All are moved: back they go, and on to another, so that each kill has something to break off.
        await moveKeks({ ...moving(current), kms: new KmsPair(to, current) })
        next = another()
        to = LocalKms.create(next)
        left = before.size
      }
      await moveKeks(moving(to))
      expect(await keysBy([to])).toEqual(before)
      const entries = await moved()
      expect(new Set(entries.map(({ change }) => change?.after?.keyHash)).size).toBe(entries.length)
      expect(await findings()).not.toContain('key-changed')
    },
    KILLING_MS,
  )
})

const underWay = async (): Promise<number> => {
  const [row] = await owner.sql<{ left: number }[]>`
    select count(*)::integer as left from pg_stat_activity where application_name = 'test-move'`
  return row?.left ?? 0
}
