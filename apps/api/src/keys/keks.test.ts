import type { KmsProblem } from '@chartward/contract'
import { type KmsProvider, LocalKms, newDataKey, wrapKek } from '@chartward/crypto'
import type { PatientId } from '@chartward/policy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../core/ids.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { Keks } from './keks.ts'
import { type Keyring, loadKeyring } from './keyring.ts'
import { KmsError } from './kms/kms-error.ts'

const HOUR = 60 * 60_000
const INSTALLATION = 'test.invalid/log'

let test: TestApp
let keyring: Keyring
let keks: Keks
/** Milliseconds that have passed; tests move them. */
let now: number
/** What the provider answers with instead of a key. */
let problem: KmsProblem | null
let asked: number
let answer: ((plain: Buffer) => Buffer) | null
let kms: KmsProvider

const watched = (inner: KmsProvider): KmsProvider => {
  const provider: KmsProvider = {
    name: inner.name,
    named: (name) => (inner.named(name) === undefined ? undefined : provider),
    wrap: (plain, place) => inner.wrap(plain, place),
    unwrap: async (wrapped, place) => {
      asked++
      if (problem !== null) throw new KmsError(problem)
      const plain = await inner.unwrap(wrapped, place)
      return answer === null ? plain : answer(plain)
    },
  }
  return provider
}

beforeEach(async () => {
  test = await createTestApp()
  now = 1_000_000
  problem = null
  answer = null
  asked = 0
  kms = watched(LocalKms.open(test.files.kms))
  const options = { now: () => now, clock: () => new Date(now) }
  keks = await Keks.load(test.app.db, kms, test.app.db, options)
  keyring = await loadKeyring(test.app.db, kms, test.app.db, options)
})
afterEach(async () => {
  keks.wipe()
  keyring.close()
  await test.stop()
})

/** So much time passes, with everything that is done meanwhile. */
const pass = async (ms: number): Promise<void> => {
  for (const end = now + ms; now < end; ) {
    now += 60_000
    await keks.step()
  }
}

const owner = () => test.database.open('chartward_owner', 1)

describe('a KEK', () => {
  it('is asked for anew long before it would lapse, and is used on through a shorter outage', async () => {
    const { key } = keks.primary
    asked = 0
    await pass(24 * HOUR)
    expect(asked).toBe(24)
    problem = 'unreachable'
    await pass(22 * HOUR)
    expect(keks.primary.key).toBe(key)
    expect(key.some((byte) => byte !== 0)).toBe(true)
    problem = null
    await pass(30 * HOUR)
    expect(keks.primary.key).toBe(key)
  })

  it('that is not confirmed for a day is wiped and used no longer, until it is unwrapped again', async () => {
    const { id, key } = keks.primary
    const before = Buffer.from(key)
    problem = 'denied'
    await pass(24 * HOUR)
    expect(key.every((byte) => byte === 0)).toBe(true)
    expect(() => keks.primary).toThrow(/key store has to enable the key/)
    await expect(keks.byId(id)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(keks.state()).toMatchObject({ lapsed: 1, heldUntil: null })
    problem = null
    await pass(60_000)
    expect(keks.primary.key).toEqual(before)
    expect(keks.state().lapsed).toBe(0)
  })

  it('is used no longer than its time also where nothing is done meanwhile', () => {
    now += 24 * HOUR + 1
    expect(() => keks.primary).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }))
  })

  it('whose key its store says is disabled is used no longer from the next time it is asked for', async () => {
    const { id } = keks.primary
    problem = 'disabled'
    await pass(HOUR)
    await expect(keks.byId(id)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('is not exchanged for another answer, whether it is held or has lapsed', async () => {
    const { key } = keks.primary
    answer = (plain) => {
      const other = Buffer.from(plain)
      other[60] = (other[60] ?? 0) ^ 1
      return other
    }
    await pass(2 * HOUR)
    expect(keks.primary.key).toBe(key)
    expect(keks.state().providers).toMatchObject([{ problem: 'wrong-answer' }])
    await pass(24 * HOUR)
    expect(() => keks.primary).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }))
  })

  it('that its row disables is dropped when it is next asked for; another that came in force counts', async () => {
    const { id, key } = keks.primary
    const next = newDataKey(newId())
    const one = test.database.open('chartward_owner', 1)
    // Keys are wrapped under it: the database would not let it go.
    await one.sql`set session_replication_role = replica`
    await one.sql`update keks set state = 'disabled' where id = ${id}`
    await owner().sql`insert into keks (id, version, provider, wrapped, state)
      values (${next.id}, 2, ${kms.name}, ${await wrapKek(kms, next, INSTALLATION)}, 'primary')`
    await pass(HOUR)
    expect(keks.primary).toEqual(next)
    expect(await keks.byId(id)).toBeUndefined()
    expect(key.every((byte) => byte === 0)).toBe(true)
  })

  it('that came in force while its store was silent wraps nothing until it was given; the one before does', async () => {
    const before = keks.primary
    const next = newDataKey(newId())
    const wrapped = await wrapKek(kms, next, INSTALLATION)
    problem = 'unreachable'
    await owner().sql.begin(async (sql) => {
      await sql`update keks set state = 'decrypt-only'`
      await sql`insert into keks (id, version, provider, wrapped, state)
        values (${next.id}, 2, ${kms.name}, ${wrapped}, 'primary')`
    })
    await expect(keyring.canWrapUnder(next.id)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await keks.refresh()
    expect(keks.primary).toEqual(before)
    await keks.look()
    expect(keks.primary).toEqual(before)
    problem = null
    expect(await keyring.canWrapUnder(next.id)).toBe(true)
    await keks.refresh()
    expect(keks.primary).toEqual(next)
  })

  it('of several that is not confirmed takes no other along', async () => {
    const other = LocalKms.create(`${test.files.kms}.other`)
    const next = newDataKey(newId())
    await owner().sql`insert into keks (id, version, provider, wrapped, state)
      values (${next.id}, 2, ${other.name}, ${await wrapKek(other, next, INSTALLATION)}, 'decrypt-only')`
    const both: KmsProvider = { ...kms, named: (name) => kms.named(name) ?? other.named(name) }
    const options = { now: () => now, clock: () => new Date(now) }
    const several = await Keks.load(test.app.db, both, test.app.db, options)
    problem = 'unreachable'
    for (let minute = 0; minute < 24 * 60; minute++) {
      now += 60_000
      await several.step()
    }
    expect(await several.byId(next.id)).toEqual(next)
    expect(() => several.primary).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }))
    several.wipe()
  })
})

describe("a patient's key", () => {
  it('is used no longer than the KEK that it is wrapped under, though it is cached', async () => {
    const patientId: PatientId = newId()
    const made = keyring.newPatientKeys(patientId, newId())
    await owner().sql`insert into patient_keys (patient_id, id, kek_id, wrapped, state)
      values (${patientId}, ${made.keys.primary.id}, ${made.kekId}, ${made.wrapped}, 'primary')`
    keyring.keepPatientKeys(patientId, made.keys)
    const use = () => keyring.withPatientKeys(patientId, () => 'used')
    expect(await use()).toBe('used')
    now += 24 * HOUR + 1
    expect(() => keyring.newPatientKeys(patientId, newId())).toThrow(
      expect.objectContaining({ code: 'UNAVAILABLE' }),
    )
    expect(keyring.withCachedPatientKeys(patientId, () => 'used')).toBeUndefined()
    await expect(use()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('is not needed to sign in: what is sealed for that opens on', () => {
    now += 24 * HOUR + 1
    const binding = { purpose: 'test', table: 't', fieldClass: 'c', rowId: newId(), rowVersion: 1 }
    expect(() => keyring.seal('factor-secrets', binding, Buffer.from('x'))).not.toThrow()
    expect(() => keyring.seal('reasons', binding, Buffer.from('x'))).toThrow(
      expect.objectContaining({ code: 'UNAVAILABLE' }),
    )
  })
})

describe('a process that starts', () => {
  const start = (provider: KmsProvider) => test.another({ kms: provider })

  it.each([
    ['unreachable', /can not be reached/],
    ['late', /too long to answer/],
    ['denied', /refuses/],
    ['disabled', /enable it/],
  ] as const)('while its key store is %s does not, and says what to do', async (code, says) => {
    problem = code
    await expect(start(kms)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(says),
    })
  })

  it('with the key file of another installation does not, and says what to do', async () => {
    const other = await createTestApp()
    await expect(start(LocalKms.open(other.files.kms))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/give it the key file/),
    })
    await other.stop()
  })

  it('on rows that have changed places, or were changed, does not', async () => {
    const next = newDataKey(newId())
    await owner().sql`insert into keks (id, version, provider, wrapped, state)
      values (${next.id}, 2, ${kms.name}, ${await wrapKek(kms, next, INSTALLATION)}, 'decrypt-only')`
    await owner().sql`update keks k set wrapped = o.wrapped from keks o where o.id <> k.id`
    await expect(start(kms)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/another key than the one asked for/),
    })
    await owner().sql`update keks set wrapped = substr(wrapped, 1, 80)`
    await expect(start(kms)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/does not unwrap/),
    })
  })

  it('with a key store that answers for another installation does not', async () => {
    answer = (plain) => {
      const other = Buffer.from(plain)
      other[0] = (other[0] ?? 0) ^ 1
      return other
    }
    await expect(start(kms)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/another installation/),
    })
  })
})

describe('what is shown of a key store', () => {
  it('is how long it took, what was wrong last, and since when', async () => {
    const begun = now
    expect(keks.state()).toMatchObject({
      wrapping: kms.name,
      providers: [{ name: kms.name, latencyMs: 0, problem: null, since: new Date(begun) }],
      heldUntil: new Date(begun + 24 * HOUR),
      lapsed: 0,
    })
    problem = 'throttled'
    await pass(HOUR)
    const since = new Date(now)
    await pass(HOUR)
    expect(keks.state().providers).toMatchObject([
      { problem: 'throttled', since, lastAnswerAt: new Date(begun) },
    ])
    problem = null
    await pass(60_000)
    expect(keks.state().providers).toMatchObject([
      { problem: null, since: new Date(now), lastAnswerAt: new Date(now) },
    ])
  })
})
