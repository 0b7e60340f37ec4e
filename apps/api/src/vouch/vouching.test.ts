import { type Database, schema, withTransaction } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readBreakGlass } from '../care/break-glass.ts'
import { readRelationships } from '../care/relationship.ts'
import { newId } from '../core/ids.ts'
import { createLogger } from '../core/log.ts'
import { readAppendKey } from '../keys/key-files.ts'
import type { SequencerContext } from '../sequencer/context.ts'
import { draftOf, sequenceAll, sequencerOf } from '../sequencer/testing/log-kit.ts'
import { findSignedIn } from '../sessions/sessions.ts'
import { changeVouched, insertVouched, type withoutEntry } from '../testing/rows.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { HeadSeals } from './head-seals.ts'
import { Heads } from './heads.ts'
import type { Kind, NewRow } from './kinds.ts'
import { RowSeals } from './row-seals.ts'
import { Vouching } from './vouching.ts'

let t: TestApp
let owner: Database
let sequencer: SequencerContext
/** A process of its own, which has the log's word on rows. */
let heads: Heads
let vouching: Vouching

beforeAll(async () => {
  t = await createTestApp()
  owner = t.database.open('chartward_owner', 2)
  sequencer = sequencerOf(t)
})
afterAll(() => t.stop())
beforeEach(async () => {
  ;({ heads, vouching } = newProcess())
  await heads.load()
})

const newProcess = () => {
  const loaded = new Heads({
    db: t.app.db,
    seals: new HeadSeals(readAppendKey(t.files)),
    isOwn: (bytes, mac) => t.app.audit.isOwn(bytes, mac),
    log: createLogger('silent'),
  })
  const seals = new RowSeals(t.app.keyring)
  return { heads: loaded, vouching: new Vouching({ seals, heads: loaded, log: createLogger('silent') }) }
}

/** Has the log know all that was written, and the process know the log. */
const known = async (): Promise<void> => {
  await sequenceAll(sequencer)
  await heads.look()
}

const user = (id: UserId = newId()): NewRow<'user'> => ({
  id,
  kind: 'workforce',
  email: `${id}@example.test`,
  addressKey: `${id}@example.test`,
  displayName: 'Row Test',
  status: 'active',
})

/** Writes and says so in the log, as a verb does. */
const write = <T>(work: (tx: Parameters<Parameters<typeof withoutEntry>[1]>[0]) => Promise<T>): Promise<T> =>
  withTransaction(t.app.db, 'all', async (tx) => {
    const result = await work(tx)
    await t.app.audit.append(tx, draftOf())
    return result
  })

const grant = async (role = 'nurse'): Promise<{ userId: UserId; id: string }> => {
  const userId: UserId = newId()
  const id = newId()
  await write(async (tx) => {
    await t.app.vouching.insert(tx, 'user', [user(userId)])
    await t.app.vouching.insert(tx, 'role-assignment', [
      { id, userId, role, reason: Buffer.from('a test'), startsAt: t.now },
    ])
  })
  return { userId, id }
}

const assignment = async (id: string) => {
  const [row] = await owner.orm.select().from(schema.roleAssignments).where(eq(schema.roleAssignments.id, id))
  if (row === undefined) throw new Error('there is no such assignment')
  return row
}

const assignmentsOf = (userId: UserId) =>
  owner.orm.select().from(schema.roleAssignments).where(eq(schema.roleAssignments.userId, userId))

describe('a row that is vouched for', () => {
  it('counts as it was written, and after each change', async () => {
    const { userId, id } = await grant()
    expect(await vouching.admits('role-assignment', await assignment(id))).toBe(true)
    await write((tx) =>
      t.app.vouching.change(tx, 'role-assignment', eq(schema.roleAssignments.id, id), { endsAt: t.now }),
    )
    const row = await assignment(id)
    expect(row.rowVersion).toBe(2)
    expect(await vouching.admits('role-assignment', row)).toBe(true)
    await known()
    expect(await vouching.admitsAll('role-assignment', userId, await assignmentsOf(userId))).toBe(true)
  })

  it('is not written by a transaction that says nothing of it in the log', async () => {
    const row = user()
    const silent = withTransaction(t.app.db, 'none', (tx) => t.app.vouching.insert(tx, 'user', [row]))
    await expect(silent).rejects.toThrow('no audit entry came after it')
    const before = withTransaction(t.app.db, 'none', async (tx) => {
      await t.app.audit.append(tx, draftOf())
      await t.app.vouching.insert(tx, 'user', [row])
    })
    await expect(before).rejects.toThrow('no audit entry came after it')
    expect(await owner.orm.select().from(schema.users).where(eq(schema.users.id, row.id))).toEqual([])
  })

  it('is committed to also where one entry can not name all that were written', async () => {
    const rows = Array.from({ length: 450 }, () => user())
    await write((tx) => t.app.vouching.insert(tx, 'user', rows))
    await known()
    expect(rows.every(({ id }) => heads.of('user', id)?.version === 1)).toBe(true)
  })

  it('is committed to by the entry of its change, by its version and the hash of what it says', async () => {
    const { id } = await grant()
    await known()
    expect(heads.of('role-assignment', id)).toMatchObject({
      version: 1,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  it.each([
    ['another role', { role: 'administrator' }],
    ['no end', { endsAt: new Date('2099-01-01T00:00:00Z') }],
    ['another reason', { reason: Buffer.from('another') }],
    ['a later version', { rowVersion: 7 }],
    ['another seal', { seal: Buffer.alloc(49, 1) }],
    ['no seal', { seal: Buffer.alloc(0) }],
  ] as const)('does not count with %s', async (_, change) => {
    const { id } = await grant()
    await owner.orm.update(schema.roleAssignments).set(change).where(eq(schema.roleAssignments.id, id))
    expect(await vouching.admits('role-assignment', await assignment(id))).toBe(false)
  })

  it('does not count under an id of its own, nor for another person', async () => {
    const [{ id }, { userId: other }] = [await grant(), await grant()]
    const row = await assignment(id)
    expect(await vouching.admits('role-assignment', { ...row, id: newId() })).toBe(false)
    expect(await vouching.admits('role-assignment', { ...row, userId: other })).toBe(false)
  })

  it('counts to the millisecond that the application writes, and not beyond', async () => {
    const { id } = await grant()
    await owner.sql`update role_assignments set starts_at = starts_at + interval '1 microsecond' where id = ${id}`
    const [raw] = await owner.sql<
      { starts_at: string }[]
    >`select starts_at from role_assignments where id = ${id}`
    const row = await assignment(id)
    expect(await vouching.admits('role-assignment', { ...row, startsAt: raw?.starts_at ?? '' })).toBe(false)
  })

  it('that was forged is vouched for by no later change', async () => {
    const { id } = await grant()
    await owner.sql`update role_assignments set role = 'administrator' where id = ${id}`
    const change = write((tx) =>
      t.app.vouching.change(tx, 'role-assignment', eq(schema.roleAssignments.id, id), {
        endReason: Buffer.from('x'),
      }),
    )
    await expect(change).rejects.toMatchObject({ code: 'INTEGRITY' })
    const ended = await write((tx) =>
      t.app.vouching.end(tx, 'role-assignment', eq(schema.roleAssignments.id, id), { endsAt: t.now }),
    )
    expect(ended).toEqual([])
    expect((await assignment(id)).rowVersion).toBe(1)
  })
})

describe('a row that is older than the log', () => {
  const endAndPutBack = async (): Promise<{ userId: UserId; id: string }> => {
    const granted = await grant()
    const before = await assignment(granted.id)
    await write((tx) =>
      t.app.vouching.end(tx, 'role-assignment', eq(schema.roleAssignments.id, granted.id), { endsAt: t.now }),
    )
    await known()
    await owner.orm
      .update(schema.roleAssignments)
      .set(before)
      .where(eq(schema.roleAssignments.id, granted.id))
    return granted
  }

  it('does not count, though its seal holds', async () => {
    const { userId, id } = await endAndPutBack()
    expect(await t.app.vouching.admits('role-assignment', await assignment(id))).toBe(true)
    expect(await vouching.admits('role-assignment', await assignment(id))).toBe(false)
    expect(await vouching.admitsAll('role-assignment', userId, await assignmentsOf(userId))).toBe(false)
  })

  it('is known as such by a process that starts later', async () => {
    const { id } = await endAndPutBack()
    const later = newProcess()
    await later.heads.load()
    expect(await later.vouching.admits('role-assignment', await assignment(id))).toBe(false)
  })

  it('is known although what is kept of it is put back too, also by a process that starts later', async () => {
    const { id } = await grant()
    const row = await assignment(id)
    await known()
    const kept = await owner.sql`select * from row_heads where kind = 'role-assignment' and id = ${id}`
    await write((tx) =>
      t.app.vouching.end(tx, 'role-assignment', eq(schema.roleAssignments.id, id), { endsAt: t.now }),
    )
    await known()
    await owner.orm.update(schema.roleAssignments).set(row).where(eq(schema.roleAssignments.id, id))
    await owner.sql`delete from row_heads where kind = 'role-assignment' and id = ${id}`
    await owner.sql`insert into row_heads ${owner.sql(kept)}`
    expect(await vouching.admits('role-assignment', await assignment(id))).toBe(false)
    const later = newProcess()
    await later.heads.load()
    expect(await later.vouching.admits('role-assignment', await assignment(id))).toBe(false)
    // A sequencer that starts looks at all that is kept.
    sequencer = sequencerOf(t)
    await grant()
    await sequenceAll(sequencer)
    const [mended] =
      await owner.sql`select version from row_heads where kind = 'role-assignment' and id = ${id}`
    expect(mended).toEqual({ version: 2 })
  })

  it('that is missing leaves its person with nothing', async () => {
    const { userId, id } = await grant()
    await known()
    await owner.sql`delete from role_assignments where id = ${id}`
    expect(await vouching.admitsAll('role-assignment', userId, [])).toBe(false)
    expect(await vouching.admitsAll('role-assignment', newId(), [])).toBe(true)
  })

  it('is not one that the log has not come to yet', async () => {
    const { userId, id } = await grant()
    await known()
    await write((tx) =>
      t.app.vouching.change(tx, 'role-assignment', eq(schema.roleAssignments.id, id), {
        endReason: Buffer.from('later'),
      }),
    )
    expect(await vouching.admitsAll('role-assignment', userId, await assignmentsOf(userId))).toBe(true)
  })
})

describe('somebody who can write rows as the application', () => {
  const looks = (token: string) =>
    findSignedIn(t.app, token, { background: true, from: { ip: '127.0.0.1', userAgent: 'test' } })

  it("opens no session of another's with a token of their own", async () => {
    const victim = await signInAs(t.app, 'nurse')
    const thief = await signInAs(t.app, 'nurse')
    const rows = await owner.orm
      .select()
      .from(schema.sessions)
      .where(eq(schema.sessions.id, thief.signedIn.session.id))
    await t.app.db.orm.insert(schema.sessions).values(
      rows.map((row) => ({
        ...row,
        id: newId<typeof row.id>(),
        userId: victim.userId,
        tokenHash: `${row.tokenHash}x`,
      })),
    )
    await owner.sql`update sessions set user_id = ${victim.userId} where id = ${thief.signedIn.session.id}`
    expect(await looks(thief.token)).toBeNull()
    expect(await looks(victim.token)).not.toBeNull()
  })

  it.each([
    ['a fresh factor', 'factor_at = now()'],
    ['a later stage', "stage = 'full', factor_at = now()"],
    ['a later end', "expires_at = expires_at + interval '1 hour'"],
    ['a later idle end', "idle_expires_at = idle_expires_at + interval '1 hour'"],
  ])('gives a session no %s', async (_, change) => {
    const { token } = await signInAs(t.app, 'nurse', { factorAt: null })
    expect(await looks(token)).not.toBeNull()
    await owner.sql.unsafe(`update sessions set ${change} where ended_at is null`)
    expect(await looks(token)).toBeNull()
  })

  it('gives no role, by a row of their own or one that is copied', async () => {
    const { token, userId } = await signInAs(t.app, 'nurse')
    const { id } = await grant('administrator')
    const copied = { ...(await assignment(id)), id: newId(), userId }
    await t.app.db.orm.insert(schema.roleAssignments).values(copied)
    expect(await looks(token)).toBeNull()
  })

  it.each([
    [
      'a kind',
      { kind: 'patient' as const, email: '', displayName: 'A patient', addressKey: `patient/${newId()}` },
    ],
    ['a practitioner', { practitionerId: newId() }],
    ['an address', { email: 'thief@example.test' }],
    ['an address to sign in by', { addressKey: 'thief@example.test' }],
    ['a status', { status: 'invited' as const }],
  ])('gives an account no %s of their choice', async (_, change) => {
    const { token, userId } = await signInAs(t.app, 'nurse')
    await owner.orm.update(schema.users).set(change).where(eq(schema.users.id, userId))
    expect(await looks(token)).toBeNull()
  })

  it('makes no care relationship, and moves none', async () => {
    const [nurse, other] = [await signInAs(t.app, 'nurse'), await signInAs(t.app, 'nurse')]
    const patientId: PatientId = newId()
    const startsAt = new Date(t.now.getTime() - 1_000)
    const row = {
      patientId,
      id: newId(),
      userId: nurse.userId,
      kind: 'care-team',
      trusted: true,
      underGiver: false,
      narrowed: false,
      startsAt,
    } as const
    await insertVouched(t.app, 'care-relationship', [row])
    const ask = readRelationships(t.app.db, t.app.vouching, 3650, t.app.clock)
    expect(await ask.ask({ userId: nurse.userId, patientId })).not.toBeNull()
    await owner.sql`update care_relationships set user_id = ${other.userId} where id = ${row.id}`
    expect(await ask.ask({ userId: other.userId, patientId })).toBeNull()
    await t.app.db.orm
      .insert(schema.careRelationships)
      .values({ ...row, id: newId(), userId: other.userId, rowVersion: 1, seal: Buffer.alloc(49) })
    expect(await ask.ask({ userId: other.userId, patientId })).toBeNull()
  })

  it('breaks no glass, and brings back no use that has ended, with all that the database holds of it', async () => {
    const patientId: PatientId = newId()
    const nurse = await signInAs(t.app, 'nurse')
    const id = newId()
    const assignmentId = nurse.signedIn.assignments[0]?.assignmentId ?? ''
    const endsAt = new Date(t.now.getTime() + 3_600_000)
    const made = { id, patientId, userId: nurse.userId, assignmentId, cause: 'emergency' } as const
    await write((tx) =>
      t.app.vouching.insert(tx, 'break-glass', [
        { ...made, reason: Buffer.from('a test'), startsAt: t.now, endsAt },
      ]),
    )
    const ask = readBreakGlass(t.app.db, vouching, t.app.clock)
    expect(await ask.ask({ userId: nurse.userId, patientId })).toMatchObject({ id })
    const [before] = await owner.sql`select * from break_glass_grants where id = ${id}`
    await write((tx) =>
      t.app.vouching.end(tx, 'break-glass', eq(schema.breakGlassGrants.id, id), {
        endedAt: t.now,
        endReason: 'holder',
      }),
    )
    await known()
    await owner.sql`delete from break_glass_grants where id = ${id}`
    await owner.sql`insert into break_glass_grants ${owner.sql(before ?? {})}`
    expect(await ask.ask({ userId: nurse.userId, patientId })).toBeNull()
  })

  it('keeps nothing alive that a colleague gave: neither by the care of the colleague, nor by their link', async () => {
    const [giver, nurse] = [await signInAs(t.app, 'clinician'), await signInAs(t.app, 'nurse')]
    const patientId: PatientId = newId()
    const startsAt = new Date(t.now.getTime() - 1_000)
    const common = { patientId, kind: 'care-team', trusted: true, narrowed: false, startsAt } as const
    const own = { ...common, id: newId(), userId: giver.userId, underGiver: false }
    const given = { id: newId(), userId: nurse.userId, underGiver: true, createdBy: giver.userId }
    await insertVouched(t.app, 'care-relationship', [own, { ...common, ...given }])
    const ask = readRelationships(t.app.db, t.app.vouching, 3650, t.app.clock)
    const reaches = async () => (await ask.ask({ userId: nurse.userId, patientId })) !== null
    expect(await reaches()).toBe(true)
    const ended = new Date(t.now.getTime() - 500)
    await changeVouched(t.app, 'care-relationship', eq(schema.careRelationships.id, own.id), {
      endsAt: ended,
    })
    expect(await reaches()).toBe(false)
    await owner.sql`update care_relationships set ends_at = null where id = ${own.id}`
    expect(await reaches()).toBe(false)
    // The care of somebody else's practitioner is none of the giver's, whatever their account says.
    const practitionerId = newId()
    await insertVouched(t.app, 'care-relationship', [
      {
        ...common,
        id: newId(),
        practitionerId,
        kind: 'encounter',
        endsAt: t.now,
        underGiver: false,
      },
    ])
    await owner.sql`update users set practitioner_id = ${practitionerId} where id = ${giver.userId}`
    expect(await reaches()).toBe(false)
  })
})

describe('what is kept of rows', () => {
  const kindOf = (kind: Kind) => heads.missing(kind, nobody, new Set())
  const nobody: UserId = newId()

  it('is the follower’s own: a head that was put in is left out, and the log read instead', async () => {
    await known()
    await owner.sql`insert into row_heads (kind, id, owner, version, hash, log_index, mac)
      values ('role-assignment', ${newId()}, ${nobody}, 1, ${Buffer.alloc(32)}, 1000000, ${Buffer.alloc(32)})`
    await heads.look()
    expect(kindOf('role-assignment')).toEqual([])
    const { id } = await grant()
    const later = newProcess()
    await later.heads.load()
    expect(later.heads.of('role-assignment', id)).toBeUndefined()
    await owner.sql`delete from row_heads where owner = ${nobody}`
    await sequenceAll(sequencer)
    await later.heads.look()
    expect(later.heads.of('role-assignment', id)).toMatchObject({ version: 1 })
  })
})

it('a seal counts no longer than its key, also of a row that was seen before', async () => {
  const own = await createTestApp()
  try {
    const db = own.database.open('chartward_owner', 1)
    const row = user()
    await insertVouched(own.app, 'user', [row])
    const read = async () => (await db.orm.select().from(schema.users).where(eq(schema.users.id, row.id)))[0]
    const seen = await read()
    if (seen === undefined) throw new Error('there is no such user')
    expect(await own.app.vouching.admits('user', seen)).toBe(true)
    // The database does not let a key go that rows are sealed with.
    await db.sql`set session_replication_role = replica`
    await db.sql`update system_keys set state = 'disabled' where purpose = 'row-seals'`
    // An id that names no key has the keys read anew.
    expect(await own.app.keyring.macKeyById('row-seals', newId())).toBeUndefined()
    expect(await own.app.vouching.admits('user', seen)).toBe(false)
  } finally {
    await own.stop()
  }
})
