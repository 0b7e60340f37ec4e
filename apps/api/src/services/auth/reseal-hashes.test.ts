import { envelopeKeyId, LocalKms, newDataKey, unwrapKek, wrapSystemKey } from '@chartward/crypto'
import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { resealHashes } from './reseal-hashes.ts'
import { openPassword } from './sealed-hash.ts'
import {
  afterPassword,
  fullySignedIn,
  newBrowser,
  newPerson,
  PASSWORD,
  type Person,
  wait,
} from './testing/person.ts'

let t: TestApp
beforeEach(async () => {
  t = await createTestApp()
})
afterEach(() => t.stop())

const never = new AbortController().signal

/** Another key comes into force, as its rotation would have it. Gives its id. */
const rotate = async (): Promise<string> => {
  const { sql } = t.database.open('chartward_owner', 1)
  const [kek] = await sql<
    { id: string; wrapped: Buffer }[]
  >`select id, wrapped from keks where state = 'primary'`
  if (kek === undefined) throw new Error('there is no KEK')
  const key = newDataKey(newId())
  const under = await unwrapKek(LocalKms.open(t.files.kms), kek.id, kek.wrapped, 'test.invalid/log')
  await sql.begin(async (tx) => {
    await tx`update system_keys set state = 'decrypt-only' where purpose = 'credential-hashes'`
    await tx`insert into system_keys (id, purpose, version, kek_id, wrapped, state)
      values (${key.id}, 'credential-hashes', 2, ${kek.id}, ${wrapSystemKey(under, key, 'credential-hashes')}, 'primary')`
  })
  return key.id
}

const codesOf = async (person: Person): Promise<readonly string[]> => {
  wait(t)
  return (await (await fullySignedIn(t.app, person)).caller.factors.renewRecoveryCodes()).recoveryCodes
}

const keysOf = async ({ id }: Person): Promise<Set<string>> => {
  const { orm } = t.app.db
  const rows = [
    ...(await orm.select().from(schema.passwords).where(eq(schema.passwords.userId, id))),
    ...(await orm.select().from(schema.recoveryCodes).where(eq(schema.recoveryCodes.userId, id))),
  ]
  return new Set(rows.map(({ hash }) => envelopeKeyId(hash)))
}

describe('another key for hashes', () => {
  it('is in force without anybody’s password: everybody signs in before and after, and by codes', async () => {
    const person = await newPerson(t.app)
    const codes = await codesOf(person)
    const keyId = await rotate()
    await afterPassword(t.app, person)
    expect(await keysOf(person)).not.toContain(keyId)
    expect(await resealHashes(t.app, never)).toBe(11)
    expect(await keysOf(person)).toEqual(new Set([keyId]))
    const { caller } = await afterPassword(t.app, person)
    expect(await caller.auth.useRecoveryCode({ code: codes[3] ?? '' })).toEqual({
      stage: 'full',
      remaining: 9,
    })
    expect(await resealHashes(t.app, never)).toBe(0)
  })

  it('makes the earlier one worth nothing: what is sealed does not open without the new one', async () => {
    const person = await newPerson(t.app)
    await rotate()
    await resealHashes(t.app, never)
    const { sql } = t.database.open('chartward_owner', 1)
    await sql`update system_keys set state = 'disabled' where purpose = 'credential-hashes' and version = 1`
    const later = await t.another({ connections: 3 })
    try {
      const { stage } = await newBrowser(later).caller.auth.signIn({
        email: person.email,
        password: PASSWORD,
      })
      expect(stage).toBe('factor')
    } finally {
      await later.close()
    }
  })

  it('is entered for each person, once', async () => {
    const people = [await newPerson(t.app), await newPerson(t.app)]
    const keyId = await rotate()
    await resealHashes(t.app, never)
    await resealHashes(t.app, never)
    const entries = (await auditEntries(t.app)).filter(({ action }) => action === 'key.hashes-resealed')
    expect(entries.map(({ resource }) => resource.id).toSorted()).toEqual(
      people.map(({ id }) => id).toSorted(),
    )
    expect(entries[0]).toMatchObject({ change: { after: { key: keyId } } })
  })

  it('is not vouched for where a row was put in by another hand, and the others get it all the same', async () => {
    const [forged, honest] = [await newPerson(t.app), await newPerson(t.app)]
    const { sql } = t.database.open('chartward_owner', 1)
    await sql`update passwords set created_at = created_at - interval '1 day' where user_id = ${forged.id}`
    const keyId = await rotate()
    expect(await resealHashes(t.app, never)).toBe(1)
    expect([...(await keysOf(honest))]).toEqual([keyId])
    expect(await keysOf(forged)).not.toContain(keyId)
  })

  it('goes on where it was broken off', async () => {
    const people = [await newPerson(t.app), await newPerson(t.app), await newPerson(t.app)]
    const keyId = await rotate()
    const stopping = new AbortController()
    // The process is told to stop while it is at the first of them.
    const audit = new Proxy(t.app.audit, {
      get: (target, key) => {
        if (key === 'append') stopping.abort(new Error('stopped'))
        const found: unknown = Reflect.get(target, key)
        return typeof found === 'function' ? found.bind(target) : found
      },
    })
    await expect(resealHashes({ ...t.app, audit }, stopping.signal)).rejects.toThrow('stopped')
    await resealHashes(t.app, never)
    for (const person of people) expect([...(await keysOf(person))]).toEqual([keyId])
  })
})

it('the database holds no hash that could be guessed at', async () => {
  const person = await newPerson(t.app)
  await codesOf(person)
  const [row] = await t.app.db.orm
    .select()
    .from(schema.passwords)
    .where(eq(schema.passwords.userId, person.id))
  expect(row?.hash.includes('argon2')).toBe(false)
})

it('a hash that is put on another account opens nothing, sealed as it is to its owner', async () => {
  const [thief, victim] = [await newPerson(t.app), await newPerson(t.app)]
  const [row] = await t.app.db.orm
    .select()
    .from(schema.passwords)
    .where(eq(schema.passwords.userId, thief.id))
  if (row === undefined) throw new Error('there is no password')
  await openPassword(t.app.keyring, row)
  expect(await refusalOf(openPassword(t.app.keyring, { ...row, userId: victim.id }))).toBe('INTEGRITY')
  expect(await refusalOf(openPassword(t.app.keyring, { ...row, id: newId() }))).toBe('INTEGRITY')
})
