import type { NeedsYouOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { downloadExport } from '../../http/export-download.ts'
import { sequenceAll, sequencerOf } from '../../sequencer/testing/log-kit.ts'
import { insertVouched } from '../../testing/rows.ts'
import { type SignInOptions, signInAs } from '../../testing/sign-in.ts'
import type { TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { approvalsRouter } from '../approvals/router.ts'
import { looking } from '../auth/testing/person.ts'
import { ensureBundleKey, rotateBundleKey } from '../bundles/bundle-key.ts'
import { buildRelease } from '../exports/build/build-release.ts'
import { exportsRouter } from '../exports/router.ts'
import { createTestHouse, populate } from '../exports/testing/house.ts'
import { usersRouter } from '../users/router.ts'
import { needsYouRouter } from './router.ts'

const DAY_MS = 86_400_000
const reason = 'for the test'

let t: TestApp
beforeEach(async () => {
  // Tests that move the clock by months are about other things than keys, which have their own.
  t = await createTestHouse({ keys: { days: 10_000 } })
})
afterEach(() => t.stop())

const callerFor = createCallerFactory(
  router({
    needsYou: needsYouRouter,
    users: usersRouter,
    approvals: approvalsRouter,
    exports: exportsRouter,
  }),
)
const as = async (roles: string | string[], options: SignInOptions = {}) => {
  const { context, userId } = await signInAs(t.app, roles, options)
  const { needsYou, users, approvals, exports } = callerFor(context)
  return {
    id: userId,
    context,
    users,
    approvals: looking(approvals),
    exports,
    // That there is no backup yet is the matter of `services/backups/make-backup.test.ts`.
    needs: async (): Promise<NeedsYouOutput> => {
      const { items, counts } = await needsYou.list({})
      const { backups: _, ...others } = counts
      return { items: items.filter(({ room }) => room !== 'backups'), counts: others }
    },
  }
}
type Person = Awaited<ReturnType<typeof as>>

const later = (ms: number) => {
  t.now = new Date(t.now.getTime() + ms)
}
const kindsIn = ({ items }: NeedsYouOutput) => items.map(({ kind }) => kind)
const askForRole = (by: Person, user: Person) =>
  by.users.assignRole({ userId: user.id, role: 'auditor', reason })

describe('an approval', () => {
  it('needs everybody who may decide on it, until one has', async () => {
    const [asks, decides, officer, nurse] = [
      await as('administrator', { displayName: 'Ada Asks' }),
      await as('administrator'),
      await as('privacy-officer'),
      await as('nurse', { displayName: 'Nina Nurse' }),
    ]
    const asked = await askForRole(asks, nurse)
    const { items, counts } = await decides.needs()
    expect(items).toMatchObject([
      {
        kind: 'approval',
        room: 'approvals',
        what: 'Role Auditor',
        whom: { displayName: 'Nina Nurse' },
        by: { displayName: 'Ada Asks' },
        since: t.now.toISOString(),
        due: new Date(t.now.getTime() + 7 * DAY_MS).toISOString(),
      },
    ])
    expect(counts).toEqual({ approvals: 1 })
    expect(kindsIn(await officer.needs())).toEqual(['approval'])
    if (asked.outcome !== 'pending-approval') throw new Error('It did not wait.')
    await decides.approvals.reject({ id: asked.approvalId, reason })
    expect(await officer.needs()).toEqual({ items: [], counts: {} })
  })

  it('needs neither whoever asked for it nor whomever it is about', async () => {
    const [asks, about] = [await as('administrator'), await as('administrator')]
    await askForRole(asks, about)
    expect(await asks.needs()).toEqual({ items: [], counts: {} })
    expect(await about.needs()).toEqual({ items: [], counts: {} })
  })

  it('that has lapsed needs nobody', async () => {
    await askForRole(await as('administrator'), await as('nurse'))
    later(8 * DAY_MS)
    expect(kindsIn(await (await as('administrator')).needs())).toEqual([])
  })

  it('comes after a lockdown, which has no end; whoever is bound by theirs is needed for nothing', async () => {
    const [asks, locks, other] = [
      await as('administrator'),
      await as('security-officer'),
      await as('administrator'),
    ]
    await askForRole(asks, await as('nurse'))
    expect(kindsIn(await locks.needs())).toEqual(['approval'])
    // One of two: the last is not shut out without a second person.
    const [privileged] = [await as('privacy-officer'), await as('privacy-officer')]
    await locks.users.lockDown({ userId: privileged.id, reason })
    expect((await other.needs()).items).toMatchObject([
      { kind: 'lockdown', due: null, whom: { id: privileged.id } },
      { kind: 'approval' },
    ])
    expect(await locks.needs()).toEqual({ items: [], counts: {} })
  })
})

describe('an export', () => {
  const purpose = 'to count conditions by year of birth'
  const request = async (analyst: Person) =>
    (await analyst.exports.request({ purpose, types: ['Patient'] })).id

  it('needs whoever decides, and once it is ready whoever asked, until they have downloaded it', async () => {
    await populate(t, 3, 'needs')
    const [analyst, stranger, officer] = [
      await as('analyst'),
      await as('analyst'),
      await as('privacy-officer'),
    ]
    const id = await request(analyst)
    expect((await officer.needs()).items).toMatchObject([
      { kind: 'export-decision', room: 'exports', id, what: purpose, by: { id: analyst.id } },
    ])
    expect(kindsIn(await analyst.needs())).toEqual([])
    await officer.exports.approve({ id, reason, attestation: true })
    await buildRelease(t.app, id, new AbortController().signal)
    expect(kindsIn(await officer.needs())).toEqual([])
    expect((await analyst.needs()).items).toMatchObject([
      { kind: 'export-ready', id, due: new Date(t.now.getTime() + 7 * DAY_MS).toISOString() },
    ])
    expect(kindsIn(await stranger.needs())).toEqual([])
    await downloadExport({ app: t.app, request: analyst.context, id, format: 'csv' })
    expect(kindsIn(await analyst.needs())).toEqual([])
  })

  it('that was rejected is told until its page was opened', async () => {
    const [analyst, officer] = [await as('analyst'), await as('privacy-officer')]
    const id = await request(analyst)
    await analyst.exports.get({ id })
    later(1000)
    await officer.exports.reject({ id, reason: 'too much for the question' })
    expect((await analyst.needs()).items).toMatchObject([{ kind: 'export-rejected', id }])
    later(1000)
    await analyst.exports.get({ id })
    expect(kindsIn(await analyst.needs())).toEqual([])
  })

  it('is decided on by nobody who asked for it', async () => {
    const both = await as(['analyst', 'privacy-officer'])
    await request(both)
    expect(kindsIn(await both.needs())).toEqual([])
  })
})

describe('an account', () => {
  it('whose invitation ends needs those who invite, from a day before', async () => {
    const inviting = await as('administrator')
    await inviting.users.invite({ email: 'new@test.example', displayName: 'New Person' })
    expect(kindsIn(await inviting.needs())).toEqual([])
    later(2.5 * DAY_MS)
    expect((await (await as('administrator')).needs()).items).toMatchObject([
      { kind: 'invitation', room: 'users', whom: { displayName: 'New Person' }, by: { id: inviting.id } },
    ])
    expect(kindsIn(await (await as('security-officer')).needs())).toEqual([])
  })

  it('whom a link could not be mailed to needs those who invite, until another one is on its way', async () => {
    const [inviting, nurse] = [await as('administrator'), await as('nurse')]
    const mailed = (state: string, failure: string | null) =>
      t.app.db.sql`
        insert into mails (id, user_id, kind, asked_at, content, state, settled_at, failure)
        values (${newId()}, ${nurse.id}, 'password-reset', ${t.now.toISOString()},
          ${failure === null ? Buffer.from('sealed') : null}, ${state},
          ${failure === null ? null : t.now.toISOString()}, ${failure})`
    await mailed('undeliverable', 'address-refused')
    expect((await inviting.needs()).items).toMatchObject([
      { kind: 'mail-undeliverable', room: 'users', id: nurse.id, due: null },
    ])
    expect(kindsIn(await nurse.needs())).toEqual([])
    expect(kindsIn(await (await as('security-officer')).needs())).toEqual([])
    await mailed('waiting', null)
    expect(kindsIn(await inviting.needs())).toEqual([])
  })

  it('whose role ends within a week needs those who give roles, and not its holder', async () => {
    const soon = new Date(t.now.getTime() + 5 * DAY_MS)
    const nurse = await as('nurse', { endsAt: soon })
    await as('nurse', { endsAt: new Date(t.now.getTime() + 30 * DAY_MS) })
    const ending = await as('administrator', { endsAt: soon })
    expect((await ending.needs()).items).toMatchObject([
      { kind: 'role-ending', room: 'users', id: nurse.id, what: 'Nurse', due: soon.toISOString() },
    ])
    expect(kindsIn(await nurse.needs())).toEqual([])
  })
})

describe('an account that nobody has used for a quarter', () => {
  it('needs those who may close it, and not before', async () => {
    const nurse = await as('nurse')
    later(89 * DAY_MS)
    expect(kindsIn(await (await as('administrator')).needs())).toEqual([])
    later(2 * DAY_MS)
    expect((await (await as('administrator')).needs()).items).toContainEqual(
      expect.objectContaining({ kind: 'dormant', room: 'users', id: nurse.id, due: null }),
    )
    expect(kindsIn(await (await as('privacy-officer')).needs())).toEqual([])
  })
})

describe('care that was given by hand', () => {
  const give = async (by: UserId, to: UserId, days: number): Promise<PatientId> => {
    const patientId: PatientId = newId()
    await withTransaction(t.app.db, [patientId], async ({ sql }) => {
      await sql`insert into patients (id) values (${patientId})`
    })
    await insertVouched(t.app, 'care-relationship', [
      {
        patientId,
        id: newId(),
        userId: to,
        kind: 'care-team',
        trusted: true,
        underGiver: false,
        narrowed: false,
        createdBy: by,
        startsAt: new Date(t.now.getTime() - DAY_MS),
        endsAt: new Date(t.now.getTime() + days * DAY_MS),
      },
    ])
    return patientId
  }

  it('and ends within a week needs whoever gave it', async () => {
    const [gives, other, gets] = [await as('clinician'), await as('clinician'), await as('nurse')]
    const patientId = await give(gives.id, gets.id, 3)
    await give(gives.id, gets.id, 30)
    expect((await gives.needs()).items).toMatchObject([
      { kind: 'care-ending', room: 'patients', id: patientId, whom: { id: gets.id } },
    ])
    expect(kindsIn(await other.needs())).toEqual([])
    expect(kindsIn(await gets.needs())).toEqual([])
  })

  it('names no patient to whoever may open none', async () => {
    const gave = await as('administrator')
    await give(gave.id, (await as('nurse')).id, 3)
    expect(kindsIn(await gave.needs())).toEqual([])
  })
})

describe('a signing key', () => {
  it('needs the security officer when it is nearly a year old, until it was handed over', async () => {
    const sequencer = sequencerOf(t)
    const officer = await as('security-officer')
    await ensureBundleKey(t.app)
    await sequenceAll(sequencer)
    expect(kindsIn(await officer.needs())).not.toContain('signing-key-old')
    later(340 * DAY_MS)
    const returned = await as('security-officer')
    const { items, counts } = await returned.needs()
    const old = items.filter(({ kind }) => kind === 'signing-key-old')
    expect(old.map(({ what }) => what).toSorted()).toEqual(['bundle', 'checkpoint'])
    expect(counts.audit).toBe(2)
    for (const role of ['auditor', 'administrator'])
      expect(kindsIn(await (await as(role)).needs())).not.toContain('signing-key-old')
    await rotateBundleKey(t.app, 'Ada')
    await sequenceAll(sequencer)
    const left = (await returned.needs()).items.filter(({ kind }) => kind === 'signing-key-old')
    expect(left.map(({ what }) => what)).toEqual(['checkpoint'])
  })
})
