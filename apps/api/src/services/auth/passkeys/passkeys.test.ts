import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditEntries, refusalOf, tally } from '../../../testing/entries.ts'
import { changeVouched } from '../../../testing/rows.ts'
import { createTestApp, type TestApp } from '../../../testing/test-app.ts'
import { factorAttempts } from '../attempts.ts'
import {
  afterPassword,
  callerOf,
  fullySignedIn,
  newBrowser,
  newPerson,
  PASSWORD,
  type Person,
  wait,
} from '../testing/person.ts'
import { CHALLENGE_MS, purgeChallenges } from './challenges.ts'
import { TestAuthenticator } from './testing/authenticator.ts'

let t: TestApp

beforeAll(async () => {
  t = await createTestApp({ connections: 20 })
})
afterAll(() => t.stop())

type Caller = ReturnType<typeof newBrowser>['caller']

/** Somebody with an authenticator app and this passkey. */
const withPasskey = async (
  options: ConstructorParameters<typeof TestAuthenticator>[0] = {},
): Promise<{ person: Person; key: TestAuthenticator; caller: Caller }> => {
  const person = await newPerson(t.app)
  const { caller } = await fullySignedIn(t.app, person)
  const key = new TestAuthenticator(options)
  await caller.factors.addPasskey(key.make(await caller.factors.startPasskey()))
  return { person, key, caller }
}

const askedToSignIn = async () => {
  const browser = newBrowser(t.app)
  return { ...browser, asked: await browser.caller.auth.askPasskey({ purpose: 'sign-in' }) }
}

const problemsOf = async (person: Person) =>
  (await auditEntries(t.app))
    .filter(({ resource, facts }) => resource.id === person.id && facts.passkeyProblem !== undefined)
    .map(({ action, outcome, facts }) => `${action} ${outcome} ${String(facts.passkeyProblem)}`)

describe('signing in by passkey', () => {
  it('takes no password: the session is full, with a fresh factor', async () => {
    const { person, key } = await withPasskey()
    const { caller, asked } = await askedToSignIn()
    expect(asked.allowed).toEqual([])
    expect(await caller.auth.signInByPasskey(key.use(asked))).toEqual({ stage: 'full', endedOther: true })
    const session = await caller.auth.session()
    expect(session).toMatchObject({ stage: 'full', user: { id: person.id }, factorAt: t.now.toISOString() })
    const entries = (await auditEntries(t.app)).filter(
      ({ action, actor }) => action === 'auth.sign-in.passkey' && 'id' in actor && actor.id === person.id,
    )
    expect(tally(entries)).toEqual({ success: 1 })
  })

  it('has the browser be known, as a code would: strangers lock nobody out of it', async () => {
    const { person, key } = await withPasskey()
    const { caller, asked } = await askedToSignIn()
    await caller.auth.signInByPasskey(key.use(asked))
    await caller.auth.signOut()
    const right = { email: person.email, password: PASSWORD }
    const stranger = newBrowser(t.app).caller
    for (let failed = 0; failed < 5; failed += 1) {
      const guess = stranger.auth.signIn({ ...right, password: 'not-the-Password-9' })
      expect(await refusalOf(guess)).toBe('WRONG_CREDENTIALS')
    }
    expect(await refusalOf(stranger.auth.signIn(right))).toBe('LOCKED_OUT')
    expect(await caller.auth.signIn(right)).toEqual({ stage: 'factor' })
    const told = (await t.app.db.orm.select().from(schema.notices)).filter(
      ({ userId, word }) => userId === person.id && word === 'new-device',
    )
    expect(told).toHaveLength(1)
  })

  it('says what it was used on: the last use, and how far it has counted', async () => {
    const { person, key } = await withPasskey({ count: 7 })
    wait(t, 1000)
    const { caller, asked } = await askedToSignIn()
    await caller.auth.signInByPasskey(key.use(asked))
    const [row] = await t.app.db.orm
      .select()
      .from(schema.passkeys)
      .where(eq(schema.passkeys.userId, person.id))
    expect(row).toMatchObject({ signCount: 8, lastUsedAt: t.now, backedUp: true, backupEligible: true })
  })

  it('is the second step after a password as well, for passkeys of that person alone', async () => {
    const [{ person, key }, other] = [await withPasskey(), await withPasskey()]
    const { caller } = await afterPassword(t.app, person)
    const asked = await caller.auth.askPasskey({ purpose: 'factor' })
    expect(asked.allowed.map(({ id }) => id)).toEqual([key.id.toString('base64url')])
    const theirs = other.key.use(await caller.auth.askPasskey({ purpose: 'factor' }))
    expect(await refusalOf(caller.auth.signInByPasskey(theirs))).toBe('PASSKEY_REFUSED')
    expect((await caller.auth.session()).stage).toBe('factor')
    expect(await caller.auth.signInByPasskey(key.use(asked))).toMatchObject({ stage: 'full' })
  })

  it.each([
    ['of another origin', { origin: 'https://chartward.example' }, 'origin'],
    ['of an origin that begins alike', { origin: 'http://localhost.example' }, 'origin'],
    ['in a frame of another site', { crossOrigin: true }, 'origin'],
    ['of another relying party', { rpId: 'chartward.example' }, 'relying-party'],
    ['whose device has not made sure who it is', { verified: false }, 'not-verified'],
    ['that nobody has touched', { present: false }, 'not-verified'],
    ['for another challenge', { challenge: 'bm90LXdoYXQtd2FzLWFza2Vk' }, 'signature'],
    ['made for a registration', { type: 'webauthn.create' }, 'signature'],
  ] as const)('%s is refused, at its field and in the log', async (_, wrong, problem) => {
    const { person, key } = await withPasskey()
    const { caller, asked } = await askedToSignIn()
    const refusal = caller.auth.signInByPasskey(key.use(asked, wrong))
    await expect(refusal).rejects.toMatchObject({ cause: { code: 'PASSKEY_REFUSED', field: 'passkey' } })
    expect((await caller.auth.session()).stage).toBe('none')
    expect(await problemsOf(person)).toEqual([`auth.sign-in.passkey failure ${problem}`])
  })

  it('with another key’s signature is refused', async () => {
    const { key } = await withPasskey()
    const { caller, asked } = await askedToSignIn()
    const { signature } = new TestAuthenticator().use(asked)
    expect(await refusalOf(caller.auth.signInByPasskey({ ...key.use(asked), signature }))).toBe(
      'PASSKEY_REFUSED',
    )
  })

  it.each([
    ['none', () => null],
    ['another person’s', (other: string) => other],
  ] as const)('that names %s as its owner is refused: the stored one decides', async (_, handle) => {
    const [{ key }, other] = [await withPasskey(), await withPasskey()]
    const { caller, asked } = await askedToSignIn()
    const theirs = other.key.use(asked).userHandle ?? ''
    const sent = key.use(asked, { userHandle: handle(theirs) })
    expect(await refusalOf(caller.auth.signInByPasskey(sent))).toBe('PASSKEY_REFUSED')
  })

  it('by a passkey that nobody has says the same as by one that was removed', async () => {
    const { key, caller } = await withPasskey()
    const [passkey] = (await caller.factors.mine()).passkeys
    await caller.factors.remove({ id: passkey?.id ?? '' })
    const messages = await Promise.all(
      [key, new TestAuthenticator()].map(async (used) => {
        const browser = await askedToSignIn()
        return browser.caller.auth.signInByPasskey(used.use(browser.asked, { userHandle: 'aGFuZGxl' })).then(
          () => 'signed in',
          (error: Error) => error.message,
        )
      }),
    )
    expect(new Set(messages).size).toBe(1)
    expect(messages[0]).toContain('none of this account')
  })

  it.each(['suspended', 'deactivated', 'invited'] as const)(
    'into an account that is %s is refused',
    async (status) => {
      const { person, key } = await withPasskey()
      await changeVouched(t.app, 'user', eq(schema.users.id, person.id), { status })
      const { caller, asked } = await askedToSignIn()
      expect(await refusalOf(caller.auth.signInByPasskey(key.use(asked)))).toBe('PASSKEY_REFUSED')
      expect((await caller.auth.session()).stage).toBe('none')
    },
  )

  it('by a row that was moved to another account opens neither', async () => {
    const [thief, victim] = [await withPasskey(), await withPasskey()]
    const owner = t.database.open('chartward_owner', 1)
    await owner.sql`update passkeys set user_id = ${victim.person.id} where user_id = ${thief.person.id}`
    const { caller, asked } = await askedToSignIn()
    expect(await refusalOf(caller.auth.signInByPasskey(thief.key.use(asked)))).toBe('INTEGRITY')
  })
})

describe('in the database', () => {
  it('a key that somebody has put in the place of another opens nothing', async () => {
    const [victim, thief] = [await withPasskey(), await withPasskey()]
    const { sql } = t.database.open('chartward_owner', 1)
    await sql`update passkeys set public_key = (select public_key from passkeys where user_id = ${thief.person.id})
      where user_id = ${victim.person.id}`
    const { caller, asked } = await askedToSignIn()
    expect(await refusalOf(caller.auth.signInByPasskey(victim.key.use(asked)))).toBe('INTEGRITY')
  })

  it('a passkey that somebody has added to an account takes every factor of it along', async () => {
    const victim = await withPasskey()
    const { sql } = t.database.open('chartward_owner', 1)
    await sql`insert into passkeys select gen_random_uuid(), user_id, 'another', public_key, user_handle, sign_count,
      transports, backup_eligible, backed_up, name, created_at, last_used_at, disabled, row_version, seal
      from passkeys where user_id = ${victim.person.id}`
    const { caller, asked } = await askedToSignIn()
    expect(await refusalOf(caller.auth.signInByPasskey(victim.key.use(asked)))).toBe('INTEGRITY')
  })
})

describe('a challenge', () => {
  it('counts once: the same answer sent again is refused', async () => {
    const { key } = await withPasskey()
    const { caller, asked } = await askedToSignIn()
    const sent = key.use(asked)
    await caller.auth.signInByPasskey(sent)
    expect(await refusalOf(newBrowser(t.app).caller.auth.signInByPasskey(sent))).toBe('PASSKEY_REFUSED')
  })

  it('is used up by a wrong answer too', async () => {
    const { key } = await withPasskey()
    const { caller, asked } = await askedToSignIn()
    await refusalOf(caller.auth.signInByPasskey(key.use(asked, { verified: false })))
    expect(await refusalOf(caller.auth.signInByPasskey(key.use(asked)))).toBe('PASSKEY_REFUSED')
  })

  it('is taken by one of two processes that are sent the same at the same moment', async () => {
    const { key } = await withPasskey()
    const second = await t.another({ connections: 5 })
    try {
      const { asked } = await askedToSignIn()
      const sent = key.use(asked)
      const outcomes = await Promise.allSettled(
        [t.app, second, t.app, second].map((app) => newBrowser(app).caller.auth.signInByPasskey(sent)),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    } finally {
      await second.close()
    }
  })

  it('ends after five minutes, and is cleared away then', async () => {
    const { key } = await withPasskey()
    const { caller, asked } = await askedToSignIn()
    wait(t, CHALLENGE_MS)
    expect(await refusalOf(caller.auth.signInByPasskey(key.use(asked)))).toBe('PASSKEY_REFUSED')
    await askedToSignIn()
    wait(t, CHALLENGE_MS + 1)
    await purgeChallenges(t.app)
    expect(await t.app.db.orm.select().from(schema.passkeyChallenges)).toEqual([])
  })

  it('of one session serves no other, nor another purpose', async () => {
    const { person, key } = await withPasskey()
    const { caller } = await fullySignedInLater(person)
    const stepUp = await caller.auth.askPasskey({ purpose: 'step-up' })
    expect(await refusalOf(newBrowser(t.app).caller.auth.signInByPasskey(key.use(stepUp)))).toBe(
      'PASSKEY_REFUSED',
    )
    const signIn = (await askedToSignIn()).asked
    expect(await refusalOf(caller.auth.stepUpByPasskey(key.use(signIn)))).toBe('PASSKEY_REFUSED')
    const other = await withPasskey()
    const theirs = await other.caller.auth.askPasskey({ purpose: 'step-up' })
    expect(await refusalOf(caller.auth.stepUpByPasskey(key.use(theirs)))).toBe('PASSKEY_REFUSED')
  })

  it('is none that was written into the database by another hand, or given more time there', async () => {
    const { key } = await withPasskey()
    const owner = t.database.open('chartward_owner', 1)
    const { caller, asked } = await askedToSignIn()
    wait(t, CHALLENGE_MS)
    const later = new Date(t.now.getTime() + CHALLENGE_MS).toISOString()
    await owner.sql`update passkey_challenges set expires_at = ${later}`
    expect(await refusalOf(caller.auth.signInByPasskey(key.use(asked)))).toBe('PASSKEY_REFUSED')
  })

  it('is worth nothing to whoever has not the page’s token', async () => {
    const { key } = await withPasskey()
    const { caller, asked } = await askedToSignIn()
    const attempt = (await askedToSignIn()).asked.attempt
    expect(await refusalOf(caller.auth.signInByPasskey({ ...key.use(asked), attempt }))).toBe(
      'PASSKEY_REFUSED',
    )
  })
})

/** A step of the authenticator app later: each code counts once. */
const fullySignedInLater = async (person: Person) => {
  wait(t)
  return fullySignedIn(t.app, person)
}

describe('a count', () => {
  it('that goes on is taken, and one that stays is refused, entered, and told to its owner', async () => {
    const { person, key } = await withPasskey({ count: 5 })
    const first = await askedToSignIn()
    await first.caller.auth.signInByPasskey(key.use(first.asked))
    const copy = await askedToSignIn()
    key.count -= 1
    expect(await refusalOf(copy.caller.auth.signInByPasskey(key.use(copy.asked)))).toBe('PASSKEY_REFUSED')
    expect(await problemsOf(person)).toEqual([
      'auth.passkey.suspected success copied',
      'auth.sign-in.passkey failure copied',
    ])
    const { items } = await first.caller.notices.mine()
    expect(items.map(({ word }) => word)).toContain('passkey-suspected')
    const again = await askedToSignIn()
    expect(await again.caller.auth.signInByPasskey(key.use(again.asked))).toMatchObject({ stage: 'full' })
  })

  it('is suspected only where the signature holds: nobody else brings it about', async () => {
    const { person, key } = await withPasskey({ count: 5 })
    const { caller, asked } = await askedToSignIn()
    key.count = 1
    const { signature } = new TestAuthenticator().use(asked)
    await refusalOf(caller.auth.signInByPasskey({ ...key.use(asked), signature }))
    expect(await problemsOf(person)).toEqual(['auth.sign-in.passkey failure signature'])
  })

  it('of nothing is not judged: synced passkeys do not count', async () => {
    const { key } = await withPasskey()
    for (let n = 0; n < 3; n += 1) {
      const { caller, asked } = await askedToSignIn()
      expect(await caller.auth.signInByPasskey(key.use(asked))).toMatchObject({ stage: 'full' })
    }
  })
})

describe('step-up by passkey', () => {
  it('gives a fresh factor and a new token', async () => {
    const { key, person } = await withPasskey()
    const { context, caller } = await fullySignedInLater(person)
    wait(t, 6 * 60_000)
    expect(await refusalOf(caller.factors.startPasskey())).toBe('STEP_UP_REQUIRED')
    const token = context.token
    const asked = await caller.auth.askPasskey({ purpose: 'step-up' })
    expect(await caller.auth.stepUpByPasskey(key.use(asked))).toEqual({ factorAt: t.now.toISOString() })
    expect(context.token).not.toBe(token)
    await caller.factors.startPasskey()
  })

  it('by another person’s passkey is refused', async () => {
    const [{ caller }, other] = [await withPasskey(), await withPasskey()]
    const asked = await caller.auth.askPasskey({ purpose: 'step-up' })
    expect(await refusalOf(caller.auth.stepUpByPasskey(other.key.use(asked)))).toBe('PASSKEY_REFUSED')
  })

  it('is for whoever is signed in: others are told what comes first', async () => {
    const { person } = await withPasskey()
    const { caller } = await afterPassword(t.app, person)
    expect(await refusalOf(caller.auth.askPasskey({ purpose: 'step-up' }))).toBe('FACTOR_REQUIRED')
    expect(await refusalOf(newBrowser(t.app).caller.auth.askPasskey({ purpose: 'step-up' }))).toBe(
      'UNAUTHENTICATED',
    )
  })
})

it('wrong signatures lock nobody out, and a locked code does not keep a passkey from its owner', async () => {
  const { person, key } = await withPasskey()
  for (let n = 0; n < 6; n += 1) {
    const { caller, asked } = await askedToSignIn()
    await refusalOf(caller.auth.signInByPasskey(key.use(asked, { verified: false })))
  }
  const { caller } = await afterPassword(t.app, person)
  for (let n = 0; n < 6; n += 1) await refusalOf(caller.auth.verifyTotp({ code: '000000' }))
  expect(await refusalOf(caller.auth.verifyTotp({ code: person.code() }))).toBe('LOCKED_OUT')
  const asked = await caller.auth.askPasskey({ purpose: 'factor' })
  expect(await caller.auth.signInByPasskey(key.use(asked))).toMatchObject({ stage: 'full' })
  const counted = (await auditEntries(t.app)).filter(
    ({ facts }) => facts.attemptsOn === factorAttempts(t.app, person.id),
  )
  expect(counted.every(({ action }) => action !== 'auth.sign-in.passkey')).toBe(true)
})

describe('enrolling by passkey', () => {
  /** Somebody whose invitation has just been accepted. */
  const invited = async () => {
    const administrator = await newPerson(t.app, 'administrator')
    const { caller } = await fullySignedIn(t.app, administrator)
    const email = `${administrator.id}.new@example.test`
    const { invitationUrl } = await caller.users.invite({ email, displayName: 'Cleo Dee' })
    const browser = newBrowser(t.app)
    const token = new URL(invitationUrl ?? '').hash.slice(1)
    await browser.caller.auth.acceptInvitation({ token, password: PASSWORD })
    return { ...browser, email }
  }

  it('makes the account active and the session full, with recovery codes', async () => {
    const { caller, email } = await invited()
    const key = new TestAuthenticator()
    const wanted = await caller.auth.startPasskeyEnrolment()
    expect(Buffer.from(wanted.user.id, 'base64url')).toHaveLength(32)
    expect(wanted.user.id).not.toBe(Buffer.from(email).toString('base64url'))
    const { recoveryCodes } = await caller.auth.finishPasskeyEnrolment(key.make(wanted))
    expect(recoveryCodes).toHaveLength(10)
    expect((await caller.auth.session()).stage).toBe('full')
    const next = await askedToSignIn()
    expect(await next.caller.auth.signInByPasskey(key.use(next.asked))).toMatchObject({ stage: 'full' })
    const { stage } = await newBrowser(t.app).caller.auth.signIn({ email, password: PASSWORD })
    expect(stage).toBe('factor')
  })

  it.each([
    ['origin', { origin: 'https://chartward.example' }],
    ['relying party', { rpId: 'chartward.example' }],
    ['user that was not verified', { verified: false }],
    ['challenge', { challenge: 'bm90LXdoYXQtd2FzLWFza2Vk' }],
  ] as const)('with another %s is refused, and nothing is half done', async (_, wrong) => {
    const { caller } = await invited()
    const made = new TestAuthenticator().make(await caller.auth.startPasskeyEnrolment(), 'A key', wrong)
    const refusal = caller.auth.finishPasskeyEnrolment(made)
    await expect(refusal).rejects.toMatchObject({ cause: { code: 'PASSKEY_REFUSED', field: 'passkey' } })
    expect((await caller.auth.session()).stage).toBe('enrol')
  })

  it('is for an enrolment alone', async () => {
    const { caller } = await withPasskey()
    expect(await refusalOf(caller.auth.startPasskeyEnrolment())).toBe('CONFLICT')
    expect(await refusalOf(callerOf(newBrowser(t.app).context).auth.startPasskeyEnrolment())).toBe(
      'UNAUTHENTICATED',
    )
  })
})
