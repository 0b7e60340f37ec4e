import type { IntegrityReport } from '@chartward/contract'
import { type Database, withTransaction } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../core/ids.ts'
import { readAppendKey } from '../../../keys/key-files.ts'
import { draftOf, sabotaged, sequenceAll, sequencerOf } from '../../../sequencer/testing/log-kit.ts'
import { createTestApp, type TestApp } from '../../../testing/test-app.ts'
import { KINDS } from '../../../vouch/kinds.ts'
import { fullySignedIn, newPerson } from '../../auth/testing/person.ts'
import { checkDatabase } from '../check-database.ts'

let t: TestApp
let owner: Database
/**
 * Somebody with a password, a factor, a role and a session; a second one; and a patient in the first's care.
 */
let ids: { user: UserId; other: UserId; session: string; assignment: string; relationship: string }

type Sql = Parameters<typeof checkDatabase>[0]

const check = (sql: Sql): Promise<IntegrityReport> =>
  checkDatabase(sql, {
    appendKey: readAppendKey(t.files),
    verifierKey: t.app.settings.logVerifierKey,
  })

beforeAll(async () => {
  t = await createTestApp()
  owner = t.database.open('chartward_owner', 2)
  const [person, other] = [await newPerson(t.app), await newPerson(t.app)]
  await fullySignedIn(t.app, person)
  const patientId: PatientId = newId()
  const relationship = newId()
  await withTransaction(t.app.db, [patientId], async (tx) => {
    const row = {
      patientId,
      id: relationship,
      userId: person.id,
      kind: 'care-team',
      trusted: true,
      underGiver: false,
      narrowed: false,
    } as const
    await t.app.vouching.insert(tx, 'care-relationship', [{ ...row, startsAt: t.now }])
    await t.app.audit.append(tx, draftOf())
  })
  await withTransaction(t.app.db, [patientId], async (tx) => {
    const here = eq(KINDS['care-relationship'].table.id, relationship)
    await t.app.vouching.end(tx, 'care-relationship', here, { endsAt: t.now })
    await t.app.audit.append(tx, draftOf())
  })
  const [session] = await owner.sql<{ id: string }[]>`select id from sessions where user_id = ${person.id}`
  const [assignment] = await owner.sql<{ id: string }[]>`
    select id from role_assignments where user_id = ${person.id}`
  ids = {
    user: person.id,
    other: other.id,
    session: session?.id ?? '',
    assignment: assignment?.id ?? '',
    relationship,
  }
  await sequenceAll(sequencerOf(t))
})
afterAll(() => t.stop())

const found = async (damage: (sql: Sql) => Promise<unknown>) => {
  const { problems } = await sabotaged(owner, damage, check)
  return problems.map(({ code, detail }) => ({ code, detail }))
}

describe('rows that give somebody something', () => {
  it('are all known to the log, as they are', async () => {
    expect(await check(owner.sql)).toMatchObject({ ok: true, problems: [] })
  })

  it.each<[string, string, (sql: Sql) => Promise<unknown>]>([
    [
      'a role that is another',
      'row-mismatch',
      (sql) => sql`update role_assignments set role = 'administrator'`,
    ],
    ['an account whose status is another', 'row-mismatch', (sql) => sql`update users set status = 'invited'`],
    [
      'a practitioner that was linked',
      'row-mismatch',
      (sql) => sql`update users set practitioner_id = ${newId()}`,
    ],
    [
      'an account that was made a patient’s',
      'row-mismatch',
      (sql) => sql`
        update users set kind = 'patient', email = '', display_name = 'A patient',
          address_key = 'patient/' || id, practitioner_id = null`,
    ],
    ['an address', 'row-mismatch', (sql) => sql`update users set email = 'x' || email`],
    [
      'what an address is found by',
      'row-mismatch',
      (sql) => sql`update users set address_key = 'x' || address_key`,
    ],
    [
      'a session that is another person’s',
      'row-mismatch',
      (sql) => sql`update sessions set user_id = ${ids.other}`,
    ],
    ['a fresh factor', 'row-mismatch', (sql) => sql`update sessions set factor_at = now()`],
    ['a password of another', 'row-mismatch', (sql) => sql`update passwords set user_id = ${ids.other}`],
    ['a factor that was disabled', 'row-mismatch', (sql) => sql`update totp_factors set disabled = true`],
    ['a step that may be used again', 'row-mismatch', (sql) => sql`update totp_factors set last_step = null`],
    [
      'a relationship with no end',
      'row-mismatch',
      (sql) => sql`update care_relationships set ends_at = null`,
    ],
    [
      'a grant that is gone',
      'row-mismatch',
      (sql) => sql`delete from role_assignments where id = ${ids.assignment}`,
    ],
    ['a relationship that is gone', 'row-mismatch', (sql) => sql`delete from care_relationships`],
    ['a factor that is gone', 'row-mismatch', (sql) => sql`delete from totp_factors`],
    [
      'a grant that was put in',
      'row-unlogged',
      (sql) => sql`insert into role_assignments (id, user_id, role, reason, starts_at, row_version, seal)
        values (${newId()}, ${ids.user}, 'administrator', 'x', now(), 1, '')`,
    ],
    [
      'a relationship that was put in',
      'row-unlogged',
      (
        sql,
      ) => sql`insert into care_relationships (patient_id, id, user_id, kind, trusted, starts_at, row_version, seal)
        values (${newId()}, ${newId()}, ${ids.user}, 'care-team', true, now(), 1, '')`,
    ],
    [
      'a session that was put in',
      'row-unlogged',
      (
        sql,
      ) => sql`insert into sessions (id, token_hash, user_id, stage, last_active_at, idle_expires_at, expires_at, networks, browsers, row_version, seal)
        values (${newId()}, 'x', ${ids.user}, 'full', now(), now(), now(), '', '', 1, '')`,
    ],
    [
      'a later version than the log knows',
      'row-unlogged',
      (sql) => sql`update role_assignments set row_version = 9 where id = ${ids.assignment}`,
    ],
  ])('are found with %s', async (_, code, damage) => {
    expect(await found(damage)).toContainEqual(expect.objectContaining({ code }))
  })

  it('are found where they were put back to an earlier state, with what the follower kept of it', async () => {
    const problems = await found(async (sql) => {
      await sql`update care_relationships set ends_at = null, row_version = 1 where id = ${ids.relationship}`
      await sql`update row_heads set version = 1, log_index = log_index - 1
        where kind = 'care-relationship' and id = ${ids.relationship}`
    })
    expect(problems).toEqual([
      {
        code: 'row-mismatch',
        detail: `the care relationship ${ids.relationship} stands at version 1, and an entry knows version 2: it was put back`,
      },
    ])
  })

  it('are all found unlogged where nothing is kept of them', async () => {
    const problems = await found((sql) => sql`delete from row_heads where kind = 'role-assignment'`)
    expect(problems.map(({ code }) => code)).toEqual(['row-unlogged', 'row-unlogged'])
  })
})
