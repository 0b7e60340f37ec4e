import { setTimeout as pause } from 'node:timers/promises'
import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { TestAuthenticator } from '../auth/passkeys/testing/authenticator.ts'
import { afterPassword, fullySignedIn, newPerson, type Person, wait } from '../auth/testing/person.ts'
import { totpCode } from '../auth/totp.ts'

let t: TestApp

beforeAll(async () => {
  t = await createTestApp({ connections: 20 })
})
afterAll(() => t.stop())

const signedIn = async (person: Person) => {
  wait(t)
  return (await fullySignedIn(t.app, person)).caller
}

const somebody = async () => {
  const person = await newPerson(t.app)
  return { person, caller: await signedIn(person) }
}

type Caller = Awaited<ReturnType<typeof signedIn>>

const addKey = async (caller: Caller, name = 'A key'): Promise<TestAuthenticator> => {
  const key = new TestAuthenticator()
  await caller.factors.addPasskey(key.make(await caller.factors.startPasskey(), name))
  return key
}

/** What has become of a call: done, or the code that it was refused by. */
const outcomeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => refusalOf(Promise.reject(error)),
  )

const wordsTold = async (caller: Caller) => (await caller.notices.mine()).items.map(({ word }) => word)

describe('one’s own factors', () => {
  it('are shown by name, age and last use, and recovery codes by how many are left', async () => {
    const { caller } = await somebody()
    const key = await addKey(caller, 'Work laptop')
    await addKey(caller, 'Phone')
    await caller.auth.stepUpByPasskey(key.use(await caller.auth.askPasskey({ purpose: 'step-up' })))
    const { authenticators, passkeys, recoveryCodes, reset } = await caller.factors.mine()
    expect(authenticators).toHaveLength(1)
    expect(passkeys.map(({ name, lastUsedAt }) => [name, lastUsedAt])).toEqual([
      ['Phone', null],
      ['Work laptop', t.now.toISOString()],
    ])
    expect([recoveryCodes, reset]).toEqual([0, null])
  })

  it('are named in the database by ciphertexts alone', async () => {
    const { person, caller } = await somebody()
    await addKey(caller, 'Zebra-striped key')
    const [row] = await t.app.db.orm
      .select()
      .from(schema.passkeys)
      .where(eq(schema.passkeys.userId, person.id))
    expect(row?.name.includes('Zebra')).toBe(false)
  })

  it('are changed with a fresh factor, by whoever is fully signed in', async () => {
    const { person, caller } = await somebody()
    const id = (await caller.factors.mine()).authenticators[0]?.id ?? ''
    wait(t, 6 * 60_000)
    for (const change of [
      () => caller.factors.startPasskey(),
      () => caller.factors.renamePasskey({ id, name: 'x' }),
      () => caller.factors.remove({ id }),
      () => caller.factors.renewRecoveryCodes(),
      () => caller.factors.callOffReset({ id }),
    ])
      expect(await refusalOf(change())).toBe('STEP_UP_REQUIRED')
    const half = await afterPassword(t.app, person)
    expect(await refusalOf(half.caller.factors.mine())).toBe('FACTOR_REQUIRED')
  })

  it('one authenticator is registered once, for whomever', async () => {
    const [{ caller }, other] = [await somebody(), await somebody()]
    const key = await addKey(caller)
    const wanted = await caller.factors.startPasskey()
    expect(wanted.excluded.map(({ id }) => id)).toEqual([key.id.toString('base64url')])
    expect(await refusalOf(caller.factors.addPasskey(key.make(wanted)))).toBe('PASSKEY_REFUSED')
    const theirs = key.make(await other.caller.factors.startPasskey())
    expect(await refusalOf(other.caller.factors.addPasskey(theirs))).toBe('PASSKEY_REFUSED')
  })

  it('a person is known to all their authenticators by one random handle', async () => {
    const { caller } = await somebody()
    await addKey(caller)
    const [first, second] = [await caller.factors.startPasskey(), await caller.factors.startPasskey()]
    expect(first.user.id).toBe(second.user.id)
    const other = await (await somebody()).caller.factors.startPasskey()
    expect(other.user.id).not.toBe(first.user.id)
  })

  it('are renamed by their owner, and by nobody else', async () => {
    const [{ caller }, other] = [await somebody(), await somebody()]
    await addKey(caller)
    const id = (await caller.factors.mine()).passkeys[0]?.id ?? ''
    expect(await refusalOf(other.caller.factors.renamePasskey({ id, name: 'Mine now' }))).toBe('NOT_FOUND')
    expect(await refusalOf(other.caller.factors.remove({ id }))).toBe('NOT_FOUND')
    await caller.factors.renamePasskey({ id, name: 'Front desk' })
    expect((await caller.factors.mine()).passkeys[0]?.name).toBe('Front desk')
  })
})

describe('removing a factor', () => {
  it('ends it at once, is entered, and is told', async () => {
    const { person, caller } = await somebody()
    const key = await addKey(caller)
    const id = (await caller.factors.mine()).passkeys[0]?.id ?? ''
    await caller.factors.remove({ id })
    expect((await caller.factors.mine()).passkeys).toEqual([])
    expect(await wordsTold(caller)).toContain('factor-removed')
    const asked = await caller.auth.askPasskey({ purpose: 'step-up' })
    expect(asked.allowed).toEqual([])
    expect(await refusalOf(caller.auth.stepUpByPasskey(key.use(asked)))).toBe('PASSKEY_REFUSED')
    const [entry] = (await auditEntries(t.app)).filter(
      ({ action, resource }) => action === 'factor.removed' && resource.id === person.id,
    )
    expect(entry).toMatchObject({
      outcome: 'success',
      change: { before: { kind: 'passkey', factor: id }, after: null },
    })
  })

  it('leaves one: the last is kept, of whichever kind it is', async () => {
    const { caller } = await somebody()
    const totp = (await caller.factors.mine()).authenticators[0]?.id ?? ''
    expect(await refusalOf(caller.factors.remove({ id: totp }))).toBe('CONFLICT')
    await addKey(caller)
    await caller.factors.remove({ id: totp })
    const passkey = (await caller.factors.mine()).passkeys[0]?.id ?? ''
    expect(await refusalOf(caller.factors.remove({ id: passkey }))).toBe('CONFLICT')
  })

  it('of two at the same moment leaves one', async () => {
    const { person, caller } = await somebody()
    await addKey(caller)
    const { passkeys, authenticators } = await caller.factors.mine()
    const { sql } = t.database.open('chartward_owner', 2)
    const waiting = async (): Promise<number> => {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::integer as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      return row?.count ?? 0
    }
    // Both have begun, and wait for the account, before either goes on.
    const both = await sql.begin(async (held) => {
      await held`select from users where id = ${person.id} for update`
      const begun = [...passkeys, ...authenticators].map(({ id }) => outcomeOf(caller.factors.remove({ id })))
      while ((await waiting()) < begun.length) await pause(10)
      return { begun }
    })
    expect((await Promise.all(both.begun)).toSorted()).toEqual(['CONFLICT', 'done'])
    const left = await caller.factors.mine()
    expect(left.passkeys.length + left.authenticators.length).toBe(1)
  })

  it('of an authenticator app ends its codes, and a passkey alone is still an enrolment', async () => {
    const { person, caller } = await somebody()
    const key = await addKey(caller)
    const totp = (await caller.factors.mine()).authenticators[0]?.id ?? ''
    await caller.factors.remove({ id: totp })
    const half = await afterPassword(t.app, person)
    expect(await refusalOf(half.caller.auth.verifyTotp({ code: person.code() }))).toBe('WRONG_CODE')
    const asked = await half.caller.auth.askPasskey({ purpose: 'factor' })
    expect(await half.caller.auth.signInByPasskey(key.use(asked))).toMatchObject({ stage: 'full' })
    const administrator = await newPerson(t.app, 'administrator')
    const shown = await (await signedIn(administrator)).users.get({ id: person.id })
    expect(shown).toMatchObject({ mfa: true, factors: { authenticators: [], passkeys: [{ name: 'A key' }] } })
  })
})

describe('another authenticator app', () => {
  it('counts once a code of it has come, beside the one that is there, until that is removed', async () => {
    const { person, caller } = await somebody()
    const old = (await caller.factors.mine()).authenticators[0]?.id ?? ''
    const { secret } = await caller.factors.startAuthenticator()
    expect((await caller.factors.mine()).authenticators).toHaveLength(1)
    expect(await refusalOf(caller.factors.addAuthenticator({ code: person.code() }))).toBe('WRONG_CODE')
    await caller.factors.addAuthenticator({ code: totpCode(secret, t.now) })
    expect((await caller.factors.mine()).authenticators).toHaveLength(2)
    await caller.factors.remove({ id: old })
    wait(t)
    const half = await afterPassword(t.app, person)
    expect(await refusalOf(half.caller.auth.verifyTotp({ code: person.code() }))).toBe('WRONG_CODE')
    await half.caller.auth.verifyTotp({ code: totpCode(secret, t.now) })
  })
})

describe('new recovery codes', () => {
  it('are shown once, end the old ones, and are told', async () => {
    const { person, caller } = await somebody()
    const first = (await caller.factors.renewRecoveryCodes()).recoveryCodes
    const second = (await caller.factors.renewRecoveryCodes()).recoveryCodes
    expect(new Set([...first, ...second]).size).toBe(20)
    expect((await caller.factors.mine()).recoveryCodes).toBe(10)
    expect(await wordsTold(caller)).toContain('recovery-codes-renewed')
    const half = await afterPassword(t.app, person)
    const [old = '', fresh = ''] = [first[0], second[0]]
    expect(await refusalOf(half.caller.auth.useRecoveryCode({ code: old }))).toBe('WRONG_CODE')
    expect(await half.caller.auth.useRecoveryCode({ code: fresh })).toEqual({ stage: 'full', remaining: 9 })
  })

  it('that are asked for twice at the same moment leave ten that count', async () => {
    const { person, caller } = await somebody()
    const both = await Promise.all([caller.factors.renewRecoveryCodes(), caller.factors.renewRecoveryCodes()])
    expect((await caller.factors.mine()).recoveryCodes).toBe(10)
    const half = await afterPassword(t.app, person)
    const outcomes: string[] = []
    for (const { recoveryCodes } of both)
      outcomes.push(await outcomeOf(half.caller.auth.useRecoveryCode({ code: recoveryCodes[0] ?? '' })))
    expect(outcomes).toContain('done')
    expect(outcomes).not.toEqual(['done', 'done'])
  })
})
