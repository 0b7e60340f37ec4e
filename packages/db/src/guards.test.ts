import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CopyValue, insertRows } from './copy.ts'
import type { Database } from './database.ts'
import { databaseFault } from './errors.ts'
import { migrate } from './migrate.ts'
import type { Id } from './schema/types.ts'
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts'
import { type RowAccess, selectInScope, type Transaction, withTransaction } from './transaction.ts'

let db: TestDatabase
let app: Database
let owner: Database
let sequencer: Database

beforeAll(async () => {
  db = await createTestDatabase()
  app = db.open('chartward_app')
  owner = db.open('chartward_owner')
  sequencer = db.open('chartward_sequencer')
})
afterAll(() => db.drop())

const stateOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => 'no error',
    (error) => databaseFault(error)?.sqlState,
  )

/** A UUIDv7 of now: the audit log's partitions are ranges of these. */
const v7 = (): string => {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

/** For rows that a transaction names as a patient's. */
const patientIdOf = (text: string) => text as Id<'patient'>
const newPatientId = () => patientIdOf(v7())

const appendEntry = async (id = v7()): Promise<string> => {
  await app.sql`insert into audit_entries (id, at, actor_kind, action, outcome, resource_type, bytes, leaf_hash, mac)
    values (${id}, now(), 'system', 'test', 'success', 'none', '\\x00', '\\x00', '\\x00')`
  return id
}

const addPatient = async (): Promise<Id<'patient'>> => {
  const patient = newPatientId()
  await withTransaction(app, [patient], async (tx) => {
    await tx.sql`insert into patients (id) values (${patient})`
    await tx.sql`insert into record_versions (patient_id, record_id, version, authored_at, author, entry_id, digests, integrity_key_id, mac)
      values (${patient}, ${patient}, 1, now(), 'test', ${v7()}, '\\x00', ${v7()}, '\\x00')`
  })
  return patient
}

describe('a use of break-glass', () => {
  const use = async (more: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    const id = v7()
    const made = {
      id,
      patient_id: v7(),
      user_id: v7(),
      assignment_id: v7(),
      cause: 'emergency',
      reason: Buffer.from('sealed'),
      starts_at: new Date().toISOString(),
      ends_at: new Date(Date.now() + 3_600_000).toISOString(),
      row_version: 1,
      seal: Buffer.alloc(49),
      ...more,
    }
    await app.sql`insert into break_glass_grants ${app.sql(made)}`
    return id
  }

  it('that has ended stays ended, and a verdict stays what it is, whoever writes', async () => {
    const id = await use()
    await app.sql`update break_glass_grants set ended_at = now(), end_reason = 'holder' where id = ${id}`
    const back = owner.sql`update break_glass_grants set ended_at = null, end_reason = null where id = ${id}`
    expect(await stateOf(back)).toBe('42501')
    const said = { verdict: 'follow-up', reviewed_by: v7(), reviewed_at: new Date().toISOString() }
    await app.sql`update break_glass_grants set ${app.sql(said)} where id = ${id}`
    const other = app.sql`update break_glass_grants set verdict = 'appropriate' where id = ${id}`
    expect(await stateOf(other)).toBe('42501')
  })

  it('is not made longer nor moved by the application, nor reviewed by whoever used it', async () => {
    const user = v7()
    const id = await use({ user_id: user })
    const longer = app.sql`update break_glass_grants set ends_at = ends_at + interval '1 hour' where id = ${id}`
    expect(await stateOf(longer)).toBe('42501')
    const own = { verdict: 'appropriate', reviewed_by: user, reviewed_at: new Date().toISOString() }
    expect(await stateOf(app.sql`update break_glass_grants set ${app.sql(own)} where id = ${id}`)).toBe(
      '23514',
    )
  })
})

describe('append-only tables', () => {
  it.each(['app', 'sequencer'] as const)(
    'the %s can neither change nor delete an audit entry',
    async (who) => {
      const id = await appendEntry()
      const { sql } = who === 'app' ? app : sequencer
      expect(await stateOf(sql`update audit_entries set action = 'x' where id = ${id}`)).toBe('42501')
      expect(await stateOf(sql`delete from audit_entries where id = ${id}`)).toBe('42501')
      expect(await stateOf(sql`truncate audit_entries`)).toBe('42501')
    },
  )

  it('neither the app nor the owner changes, deletes or empties a segment of a chart’s index', async () => {
    const patient = await addPatient()
    const add = (number: number) =>
      withTransaction(app, [patient], async (tx) => {
        await tx.sql`insert into chart_segments (patient_id, resource_type, field_class, number, base, content, integrity_key_id, mac)
          values (${patient}, 'Observation', 'clinical', ${number}, 1, '\\x00', ${v7()}, '\\x00')`
      })
    await add(1)
    expect(await stateOf(add(1))).toBe('23505')
    const inScope = (statement: string) =>
      withTransaction(app, [patient], async (tx) => tx.sql.unsafe(statement))
    for (const statement of [
      'update chart_segments set base = 2',
      'delete from chart_segments',
      'truncate chart_segments',
    ]) {
      expect(await stateOf(inScope(statement))).toBe('42501')
      expect(await stateOf(owner.sql.begin((sql) => sql.unsafe(statement)))).toBe('42501')
    }
    const other = await addPatient()
    const seen = await withTransaction(app, [other], (tx) => tx.sql`select from chart_segments`)
    expect(seen).toHaveLength(0)
    const auditor = db.open('chartward_auditor')
    expect(await stateOf(auditor.sql`select mac from chart_segments`)).toBe('42501')
  })

  it('the owner is refused by a trigger where no grant refuses', async () => {
    const id = await appendEntry()
    expect(await stateOf(owner.sql`update audit_entries set action = 'x' where id = ${id}`)).toBe('42501')
    expect(await stateOf(owner.sql`delete from audit_entries where id = ${id}`)).toBe('42501')
    expect(await stateOf(owner.sql`truncate audit_entries`)).toBe('42501')
    const [partition] =
      await owner.sql`select tableoid::regclass::text as name from audit_entries where id = ${id}`
    expect(await stateOf(owner.sql`truncate ${owner.sql(partition?.name)}`)).toBe('42501')
  })

  it('months of before the database are made by its owner alone, with the guards of every month', async () => {
    const first = new Date()
    first.setUTCMonth(first.getUTCMonth() - 4, 1)
    for (const login of ['chartward_app', 'chartward_sequencer', 'chartward_auditor'] as const) {
      const { sql } = db.open(login, 1)
      expect(await stateOf(sql`select audit_make_earlier_partitions(${first.toISOString()})`)).toBe('42501')
      expect(await stateOf(sql`select audit_make_month(${first.toISOString()})`)).toBe('42501')
    }
    const make = async () =>
      (await owner.sql`select audit_make_earlier_partitions(${first.toISOString()}) as made`)[0]?.made
    expect([await make(), await make()]).toEqual([3, 0])
    const month = `audit_entries_${first.toISOString().slice(0, 7).replace('-', '_')}`
    expect(await stateOf(owner.sql`truncate ${owner.sql(month)}`)).toBe('42501')
    const { sql: auditor } = db.open('chartward_auditor', 1)
    expect(await auditor`select id from ${auditor(month)}`).toEqual([])
  })

  it('nobody changes or deletes a record version', async () => {
    const patient = await addPatient()
    for (const { sql } of [app, owner]) {
      const change = sql.begin(async (tx) => {
        await tx`select set_config('chartward.rows', '*', true)`
        await tx`update record_versions set mac = '\\x01' where patient_id = ${patient}`
      })
      expect(await stateOf(change)).toBe('42501')
    }
  })

  it('the app can not write the order of the log', async () => {
    expect(await stateOf(app.sql`insert into audit_leaves values (0, ${v7()}, '\\x00')`)).toBe('42501')
    expect(await stateOf(app.sql`update audit_head set size = 1`)).toBe('42501')
    expect(await stateOf(app.sql`delete from audit_pending_0`)).toBe('42501')
  })
})

describe('the auditor', () => {
  it('compares rows without sight of a ciphertext, a wrapped key or what was typed', async () => {
    await addPatient()
    const { sql } = db.open('chartward_auditor', 1)
    expect(
      (await sql`select patient_id, record_id, version, entry_id, digests, classes, mac from record_versions`)
        .length,
    ).toBeGreaterThan(0)
    for (const column of ['identity', 'contact', 'clinical', 'narrative', 'billing', 'unmapped', '*'])
      expect(await stateOf(sql.unsafe(`select ${column} from record_versions`))).toBe('42501')
    for (const [table, column] of [
      ['patient_keys', 'wrapped'],
      ['system_keys', 'wrapped'],
      ['keks', 'wrapped'],
      ['audit_notes', 'content'],
      ['directory_entries', 'content'],
      ['release_chunks', 'content'],
      ['source_ids', 'token'],
      ['source_ids', 'content'],
      ['search_tokens', 'token'],
      ['claim_tokens', 'token'],
      ['users', 'last_seen_at'],
      ['sessions', 'ip'],
      ['sessions', 'user_agent'],
    ])
      expect(await stateOf(sql.unsafe(`select ${column} from ${table}`)), `${table}.${column}`).toBe('42501')
  })
})

describe('a device that is known no more', () => {
  it('stays so, whoever may write to the database', async () => {
    const user = randomUUID()
    await owner.sql`
      insert into users (id, email, address_key, display_name, status, row_version, seal)
      values (${user}, 'device@example.test', 'device@example.test', 'Ada Bee', 'active', 1, '')`
    await owner.sql`
      insert into known_devices (id, user_id, token_hash, used_at, expires_at, ended_at, row_version, seal)
      values (${randomUUID()}, ${user}, 'hash', now(), now(), now(), 1, '')`
    expect(await stateOf(app.sql`update known_devices set ended_at = null`)).toBe('42501')
    expect(await stateOf(owner.sql`update known_devices set ended_at = null`)).toBe('42501')
    expect(await stateOf(app.sql`update known_devices set user_id = id`)).toBe('42501')
  })
})

describe('the cursor of a follower of the log', () => {
  it('is moved on by its own login alone, from the first entry', async () => {
    for (const { sql } of [app, sequencer]) {
      await sql`insert into log_followers (name) values ('test')`
      await sql`update log_followers set next_index = next_index + 5, updated_at = now()`
      expect(await stateOf(sql`insert into log_followers (name, next_index) values ('more', 9)`)).toBe(
        '42501',
      )
      expect(await stateOf(sql`update log_followers set name = 'other'`)).toBe('42501')
    }
    const rows = await owner.sql`select login, name, next_index::int from log_followers order by login`
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { login: 'chartward_app', name: 'test', next_index: 5 },
      { login: 'chartward_sequencer', name: 'test', next_index: 5 },
    ])
    expect(await stateOf(db.open('chartward_auditor', 1).sql`select 1 from log_followers`)).toBe('42501')
  })

  it('is moved back, renamed or forgotten by nobody', async () => {
    await owner.sql`insert into log_followers (login, name, next_index) values ('test', 'kept', 7)`
    const back = "update log_followers set next_index = 6 where name = 'kept'"
    const renamed = "update log_followers set name = 'other' where name = 'kept'"
    const forgotten = "delete from log_followers where name = 'kept'"
    for (const statement of [back, renamed, forgotten, 'truncate log_followers'])
      expect(await stateOf(owner.sql.unsafe(statement)), statement).toBe('42501')
    await app.sql`insert into log_followers (name) values ('forward')`
    await app.sql`update log_followers set next_index = 3 where name = 'forward'`
    expect(await stateOf(app.sql`update log_followers set next_index = 2 where name = 'forward'`)).toBe(
      '42501',
    )
  })
})

describe('keys', () => {
  let kek: string
  let next: string
  const STATES = ['pending', 'primary', 'decrypt-only', 'disabled', 'destroyed'] as const
  let version = 100

  const addKek = async (state: string, wrapped = Buffer.alloc(8, 1)): Promise<string> => {
    const id = v7()
    version++
    await owner.sql`insert into keks (id, version, provider, wrapped, state) values (${id}, ${version}, 'test', ${wrapped}, ${state})`
    return id
  }
  beforeAll(async () => {
    rekey = db.open('chartward_rekey')
    await owner.sql`delete from patient_keys`
    await owner.sql`delete from system_keys`
    kek = await addKek('decrypt-only')
    next = await addKek('primary')
  })
  /** Sets the time of a state back, which nobody can who is held to the triggers. */
  const age = async (table: 'keks' | 'system_keys' | 'patient_keys', id: string): Promise<void> => {
    const { sql } = db.open('chartward_owner', 1)
    await sql`set session_replication_role = replica`
    await sql`update ${sql(table)} set state_at = state_at - interval '24 hours' where id = ${id}`
  }
  let rekey: Database
  const move = (id: string, state: 'disabled' | 'destroyed') =>
    stateOf(
      withTransaction(
        rekey,
        'all',
        ({ sql }) =>
          sql`update system_keys set state = ${state}, wrapped = case ${state} when 'destroyed' then ''::bytea else wrapped end where id = ${id}`,
      ),
    )

  beforeEach(() => owner.sql`delete from system_keys`)
  const addSystemKey = async (state: string, under = kek, purpose = 'mails'): Promise<string> => {
    const id = v7()
    version++
    await owner.sql`insert into system_keys (id, purpose, version, kek_id, wrapped, state)
      values (${id}, ${purpose}, ${version}, ${under}, ${state === 'destroyed' ? Buffer.alloc(0) : Buffer.alloc(8, 2)}, ${state})`
    return id
  }

  const allowed = [
    'pending primary',
    'pending destroyed',
    'primary decrypt-only',
    'decrypt-only disabled',
    'disabled decrypt-only',
    'disabled destroyed',
  ]
  it.each(STATES.flatMap((from) => STATES.filter((to) => to !== from).map((to) => [from, to] as const)))(
    'go from %s to %s as the schema says, and no other way, whoever writes',
    async (from, to) => {
      const id = await addSystemKey(from)
      await age('system_keys', id)
      const wrapped = to === 'destroyed' ? Buffer.alloc(0) : Buffer.alloc(8, 2)
      for (const database of [owner, rekey]) {
        const found = await stateOf(
          withTransaction(database, 'all', async ({ sql: tx }) => {
            await tx`update system_keys set state = ${to}, wrapped = ${wrapped} where id = ${id}`
            throw new Error('undone')
          }),
        )
        // Undone by ourselves where it was allowed.
        expect(found).toBe(allowed.includes(`${from} ${to}`) ? undefined : '42501')
      }
    },
  )

  it('that are destroyed are without bytes, and no others', async () => {
    const id = await addSystemKey('disabled')
    await age('system_keys', id)
    expect(await stateOf(owner.sql`update system_keys set state = 'destroyed' where id = ${id}`)).toBe(
      '23514',
    )
    expect(await stateOf(owner.sql`update system_keys set wrapped = '' where id = ${id}`)).toBe('42501')
  })

  it('change their bytes with the KEK alone, of one that is in use, and never what they are for', async () => {
    const id = await addSystemKey('primary')
    const rewrap = (under: string, bytes: number) =>
      stateOf(
        rekey.sql`update system_keys set kek_id = ${under}, wrapped = ${Buffer.alloc(bytes, 3)} where id = ${id}`,
      )
    expect(await rewrap(kek, 8)).toBe('42501')
    expect(await rewrap(next, 9)).toBe('42501')
    const retired = await addKek('disabled')
    expect(await rewrap(retired, 8)).toBe('42501')
    expect(await rewrap(next, 8)).toBe('no error')
    expect(await stateOf(owner.sql`update system_keys set purpose = 'another' where id = ${id}`)).toBe(
      '42501',
    )
    expect(await stateOf(addSystemKey('pending', retired))).toBe('42501')
  })

  it('have the time of a state from the database, whatever the writer says', async () => {
    const id = await addSystemKey('decrypt-only')
    const long = new Date(0).toISOString()
    for (const { sql } of [app, rekey])
      expect(
        await stateOf(sql`update system_keys set state = 'disabled', state_at = ${long} where id = ${id}`),
      ).toBe('42501')
    await owner.sql`update system_keys set state = 'disabled', state_at = ${long} where id = ${id}`
    expect(await owner.sql`select from system_keys where id = ${id} and state_at > created_at`).toHaveLength(
      1,
    )
    expect(await stateOf(owner.sql`update system_keys set state_at = ${long} where id = ${id}`)).toBe('42501')
  })

  it('are destroyed a day after they were retired, and not before', async () => {
    const id = await addSystemKey('disabled')
    expect(await move(id, 'destroyed')).toBe('23001')
    await age('system_keys', id)
    expect(await move(id, 'destroyed')).toBe('no error')
    const retired = await addKek('disabled')
    const destroy = () =>
      stateOf(
        withTransaction(
          rekey,
          'all',
          (tx) => tx.sql`update keks set state = 'destroyed', wrapped = '' where id = ${retired}`,
        ),
      )
    expect(await destroy()).toBe('23001')
    await age('keks', retired)
    expect(await destroy()).toBe('no error')
  })

  it('by which anything was made are not retired, whoever hides it from the trigger', async () => {
    const id = await addSystemKey('decrypt-only', kek, 'integrity')
    const patient = newPatientId()
    await withTransaction(app, [patient], async ({ sql }) => {
      await sql`insert into patients (id) values (${patient})`
      await sql`insert into record_versions (patient_id, record_id, version, authored_at, author, entry_id, digests, integrity_key_id, mac)
        values (${patient}, ${patient}, 1, now(), 'test', ${v7()}, '\\x00', ${id}, '\\x00')`
    })
    const retire = (rows: RowAccess, first: string) =>
      stateOf(
        withTransaction(rekey, rows, async ({ sql }) => {
          await sql.unsafe(first)
          await sql`update system_keys set state = 'disabled' where id = ${id}`
        }),
      )
    expect(await retire('all', '')).toBe('23001')
    expect(await retire('none', '')).toBe('42501')
    expect(await retire([patient], '')).toBe('42501')
    expect(await retire('all', 'create temporary table record_versions (integrity_key_id uuid)')).toBe(
      '23001',
    )
    const free = await addSystemKey('decrypt-only', kek, 'integrity')
    expect(await move(free, 'disabled')).toBe('no error')
  })

  it('of what does not say by which it was made are not retired, or in a day, when it is gone', async () => {
    for (const purpose of ['tokens', 'none of ours'])
      expect(await move(await addSystemKey('decrypt-only', kek, purpose), 'disabled')).toBe('23001')
    const counting = await addSystemKey('decrypt-only', kek, 'attempt-counters')
    expect(await move(counting, 'disabled')).toBe('23001')
    await age('system_keys', counting)
    expect(await move(counting, 'disabled')).toBe('no error')
  })

  it('that the application adds are pending, and the next of their kind', async () => {
    const [newest] = await owner.sql<{ version: number }[]>`select max(version)::int as version from keks`
    const next = (newest?.version ?? 0) + 1
    await addSystemKey('primary')
    const addedKek = (given: number, state: string) =>
      stateOf(
        app.sql`insert into keks (id, version, provider, wrapped, state) values (${v7()}, ${given}, 'x', '\\x00', ${state})`,
      )
    const added = (given: number, state: string, purpose = 'mails') =>
      stateOf(
        app.sql`insert into system_keys (id, purpose, version, kek_id, wrapped, state)
          values (${v7()}, ${purpose}, ${given}, ${kek}, '\\x00', ${state})`,
      )
    expect(await addedKek(next, 'decrypt-only')).toBe('42501')
    expect(await addedKek(2_147_483_647, 'pending')).toBe('42501')
    expect(await addedKek(next, 'pending')).toBe('no error')
    expect(await added(version + 1, 'decrypt-only')).toBe('42501')
    expect(await added(version + 2, 'pending')).toBe('42501')
    expect(await added(version + 1, 'pending')).toBe('no error')
    // The first of a purpose, as an installation makes it.
    expect(await added(1, 'primary', 'uploads')).toBe('no error')
    version += 1
  })

  it('go out of force for another that comes into force with them alone', async () => {
    const id = await addSystemKey('primary')
    const patient = newPatientId()
    await withTransaction(
      app,
      [patient],
      (tx) => tx.sql`insert into patient_keys (patient_id, id, kek_id, wrapped, state)
        values (${patient}, ${v7()}, ${kek}, '\\x00', 'primary')`,
    )
    for (const table of ['keks', 'system_keys', 'patient_keys'])
      expect(
        await stateOf(
          withTransaction(
            rekey,
            [patient],
            ({ sql }) => sql`update ${sql(table)} set state = 'decrypt-only' where state = 'primary'`,
          ),
        ),
        table,
      ).toBe('23001')
    const pending = await addSystemKey('pending')
    const promoted = rekey.sql.begin(async (sql) => {
      await sql`update system_keys set state = 'decrypt-only' where id = ${id}`
      await sql`update system_keys set state = 'primary' where id = ${pending}`
    })
    expect(await stateOf(promoted)).toBe('no error')
  })

  it('under which others are wrapped are not retired, nor by who does not see all of them', async () => {
    const old = await addKek('decrypt-only')
    const patient = newPatientId()
    await withTransaction(
      app,
      [patient],
      (tx) => tx.sql`insert into patient_keys (patient_id, id, kek_id, wrapped, state)
        values (${patient}, ${v7()}, ${old}, '\\x00', 'primary')`,
    )
    const retire = (rows: RowAccess) =>
      stateOf(
        withTransaction(rekey, rows, (tx) => tx.sql`update keks set state = 'disabled' where id = ${old}`),
      )
    expect(await retire('none')).toBe('42501')
    expect(await retire('all')).toBe('23001')
    await withTransaction(
      rekey,
      'all',
      (tx) =>
        tx.sql`update patient_keys set kek_id = ${next}, wrapped = '\\x01' where patient_id = ${patient}`,
    )
    expect(await retire('all')).toBe('no error')
  })
})

describe("a patient's keys and what they have sealed", () => {
  const envelopeOf = (key: string, fill: number): Buffer =>
    Buffer.concat([Buffer.of(1, 1), Buffer.from(key.replaceAll('-', ''), 'hex'), Buffer.alloc(40, fill)])

  const make = async () => {
    const [patient, before, later] = [newPatientId(), v7(), v7()]
    const kek = v7()
    await owner.sql`insert into keks (id, version, provider, wrapped, state)
      select ${kek}, coalesce(max(version), 1000) + 1, 'test', '\\x00', 'decrypt-only' from keks`
    await withTransaction(app, [patient], async (tx) => {
      await tx.sql`insert into patients (id) values (${patient})`
      for (const [id, state] of [
        [before, 'decrypt-only'],
        [later, 'primary'],
      ] as const)
        await tx.sql`insert into patient_keys (patient_id, id, kek_id, wrapped, state)
          values (${patient}, ${id}, ${kek}, '\\x00', ${state})`
      await tx.sql`insert into record_versions (patient_id, record_id, version, authored_at, author, entry_id, clinical, digests, integrity_key_id, mac)
        values (${patient}, ${patient}, 1, now(), 'test', ${v7()}, ${envelopeOf(before, 1)}, '\\x00', ${v7()}, '\\x00')`
    })
    const as = (database: Database, text: string, ...parameters: (string | Buffer)[]) =>
      stateOf(withTransaction(database, [patient], (tx) => tx.sql.unsafe(text, parameters)))
    return { patient, before, later, as }
  }

  it('are sealed anew with the key in force, by the login of rotations, and changed in no other way', async () => {
    const { patient, before, later, as } = await make()
    const rekey = db.open('chartward_rekey', 1)
    const reseal = 'update record_versions set clinical = $1'
    expect(await as(app, reseal, envelopeOf(later, 2))).toBe('42501')
    expect(await as(rekey, reseal, envelopeOf(before, 2))).toBe('42501')
    expect(await as(rekey, reseal, envelopeOf(v7(), 2))).toBe('42501')
    expect(await as(rekey, reseal, Buffer.concat([envelopeOf(later, 2), Buffer.of(1)]))).toBe('42501')
    expect(await as(rekey, `update record_versions set narrative = $1`, envelopeOf(later, 2))).toBe('42501')
    expect(await as(rekey, reseal, envelopeOf(later, 2))).toBe('no error')
    for (const change of [
      `author = 'other'`,
      `mac = '\\x01'`,
      `digests = '\\x01'`,
      'version = 2',
      `previous_mac = '\\x01'`,
      'clinical = null',
    ])
      expect(
        await as(owner, `update record_versions set ${change} where patient_id = $1`, patient),
        change,
      ).toBe('42501')
    expect(await as(rekey, 'delete from record_versions')).toBe('42501')
  })

  it('are destroyed a day after they were retired, but for a shred', async () => {
    const { patient, before, as } = await make()
    const replica = db.open('chartward_owner', 1).sql
    await replica`set session_replication_role = replica`
    await replica`delete from record_versions where patient_id = ${patient}`
    const retire = `update patient_keys set state = 'disabled' where id = $1`
    expect(await as(app, retire, before)).toBe('42501')
    expect(await as(db.open('chartward_rekey', 1), retire, before)).toBe('no error')
    const destroy = `update patient_keys set state = 'destroyed', wrapped = '' where id = $1`
    expect(await as(app, destroy, before)).toBe('23001')
    await replica`update patient_keys set state_at = state_at - interval '24 hours' where id = ${before}`
    expect(await as(app, destroy, before)).toBe('no error')
  })

  it('are not retired while anything is sealed with them; a shred takes the one in force first', async () => {
    const { before, later, as } = await make()
    const set = (id: string, state: string) =>
      as(
        app,
        `update patient_keys set state = $1, wrapped = case when $1 = 'destroyed' then ''::bytea else wrapped end where id = $2`,
        state,
        id,
      )
    expect(await set(before, 'disabled')).toBe('23001')
    expect(await set(before, 'destroyed')).toBe('42501')
    expect(await set(later, 'destroyed')).toBe('no error')
    expect(await set(before, 'destroyed')).toBe('no error')
    expect(await set(before, 'primary')).toBe('42501')
  })
})

describe("patients' keys", () => {
  it('are one in force for each patient, whatever keys there were before it', async () => {
    const [kek, patient] = [v7(), newPatientId()]
    await owner.sql`insert into keks (id, provider, wrapped, state) values (${kek}, 'test', '\\x00', 'decrypt-only')`
    const add = (state: string) =>
      withTransaction(
        app,
        [patient],
        (tx) => tx.sql`insert into patient_keys (patient_id, id, kek_id, wrapped, state)
          values (${patient}, ${v7()}, ${kek}, '\\x00', ${state})`,
      )
    await add('decrypt-only')
    await add('decrypt-only')
    await add('primary')
    expect(await stateOf(add('primary'))).toBe('23505')
  })
})

describe('the migration to keys that are bound to their patient', () => {
  it('refuses a database that was filled before it, rather than lose what is in there', async () => {
    const [kek, patient] = [v7(), newPatientId()]
    await owner.sql`insert into keks (id, version, provider, wrapped, state) values (${kek}, 2, 'test', '\\x00', 'decrypt-only')`
    await withTransaction(
      app,
      [patient],
      (tx) => tx.sql`insert into patient_keys (patient_id, id, kek_id, wrapped, state)
        values (${patient}, ${v7()}, ${kek}, '\\x00', 'primary')`,
    )
    const text = await readFile(new URL('./migrations/0002_sources.sql', import.meta.url), 'utf8')
    const migrated = owner.sql.begin(async (tx) => {
      for (const statement of text.split('--> statement-breakpoint')) await tx.unsafe(statement)
    })
    expect(await stateOf(migrated)).toBe('0A000')
  })
})

describe('whom a list has shown', () => {
  it('is written once: neither the app nor the owner changes or deletes a row', async () => {
    const [entry, patient] = [v7(), v7()]
    await app.sql`insert into audit_entry_patients values (${entry}, ${patient})`
    for (const { sql } of [app, owner]) {
      expect(await stateOf(sql`update audit_entry_patients set patient_id = ${v7()}`)).toBe('42501')
      expect(await stateOf(sql`delete from audit_entry_patients`)).toBe('42501')
      expect(await stateOf(sql`truncate audit_entry_patients`)).toBe('42501')
    }
  })
})

describe('factors', () => {
  const ids = { user: randomUUID(), passkey: randomUUID(), used: randomUUID(), calledOff: randomUUID() }

  beforeAll(async () => {
    await owner.sql`
      insert into users (id, email, address_key, display_name, status, row_version, seal)
      values (${ids.user}, 'f@example.test', 'f@example.test', 'F', 'active', 1, '')`
    await owner.sql`
      insert into passkeys (id, user_id, credential_id, public_key, user_handle, sign_count, transports,
        backup_eligible, backed_up, name, disabled, row_version, seal)
      values (${ids.passkey}, ${ids.user}, 'c', 'k', 'h', 7, '{}', false, false, 'n', true, 1, '')`
    for (const [id, column] of [
      [ids.used, 'used_at'],
      [ids.calledOff, 'ended_at'],
    ] as const)
      await owner.sql`
        insert into factor_resets ${owner.sql({
          id,
          user_id: ids.user,
          approval_id: randomUUID(),
          opens_at: new Date().toISOString(),
          expires_at: new Date().toISOString(),
          [column]: new Date().toISOString(),
          row_version: 1,
          seal: Buffer.alloc(0),
        })}`
  })

  it('a passkey that was taken away stays so', async () => {
    expect(await stateOf(app.sql`update passkeys set disabled = false where id = ${ids.passkey}`)).toBe(
      '42501',
    )
  })

  it('the count of a passkey only rises', async () => {
    expect(await stateOf(app.sql`update passkeys set sign_count = 6 where id = ${ids.passkey}`)).toBe('42501')
    expect(await stateOf(app.sql`update passkeys set sign_count = 8 where id = ${ids.passkey}`)).toBe(
      'no error',
    )
  })

  it.each([
    ['used', ids.used],
    ['called off', ids.calledOff],
  ])('a reset that was %s stays so', async (_, id) => {
    const undone = app.sql`update factor_resets set used_at = null, ended_at = null where id = ${id}`
    expect(await stateOf(undone)).toBe('42501')
  })

  it('nobody changes whose a passkey is, nor its key', async () => {
    for (const column of ['user_id', 'credential_id', 'public_key', 'user_handle'])
      expect(await stateOf(app.sql`update passkeys set ${app.sql(column)} = null`)).toBe('42501')
  })
})

describe('the queue', () => {
  it('each appended entry is queued in the same transaction, and a rolled-back one is not', async () => {
    const kept = await appendEntry()
    const lost = v7()
    await app.sql
      .begin(async (tx) => {
        await tx`insert into audit_entries (id, at, actor_kind, action, outcome, resource_type, bytes, leaf_hash, mac)
          values (${lost}, now(), 'system', 'test', 'success', 'none', '\\x00', '\\x00', '\\x00')`
        throw new Error('undo')
      })
      .catch(() => undefined)
    const queued = await sequencer.sql`select entry_id from audit_pending_0`
    const ids = queued.map((row) => row.entry_id)
    expect(ids).toContain(kept)
    expect(ids).not.toContain(lost)
  })

  it('the log has a partition for at least two months to come', async () => {
    const [row] = await app.sql`select audit_months_ahead() as months`
    expect(row?.months).toBeGreaterThanOrEqual(11)
  })

  it('an entry whose id lies outside every month is refused', async () => {
    expect(await stateOf(appendEntry('00000000-0000-7000-8000-000000000000'))).toBe('23514')
  })
})

describe('row-level security', () => {
  it('a transaction sees the patients that it names and no others', async () => {
    const [a, b] = [await addPatient(), await addPatient()]
    const seen = (rows: RowAccess) =>
      withTransaction(
        app,
        rows,
        (tx) => tx.sql`select patient_id from record_versions where patient_id in ${tx.sql([a, b])}`,
      )
    expect((await seen([a])).map((r) => r.patient_id)).toEqual([a])
    expect(await seen('none')).toHaveLength(0)
    expect(await seen('all')).toHaveLength(2)
    expect(await app.sql`select 1 from record_versions`).toHaveLength(0)
  })

  it('a row of another patient can not be written', async () => {
    const [a, b] = [newPatientId(), newPatientId()]
    const write = withTransaction(app, [a], (tx) => tx.sql`insert into patients (id) values (${b})`)
    expect(await stateOf(write)).toBe('42501')
  })

  it('a nested transaction gives back the outer row access', async () => {
    const [a, b] = [await addPatient(), await addPatient()]
    const visible = (tx: Transaction) => tx.sql`select id from patients where id in ${tx.sql([a, b])}`
    const [within, after] = await withTransaction(app, [a], async (tx) => [
      await withTransaction(tx, [b], visible),
      await visible(tx),
    ])
    expect(within?.map((row) => row.id)).toEqual([b])
    expect(after?.map((row) => row.id)).toEqual([a])
  })

  it('a setting that is no id is refused before it reaches the database', async () => {
    await expect(withTransaction(app, [patientIdOf('*')], async () => undefined)).rejects.toThrow(TypeError)
  })
})

describe('a SELECT in a scope of its own', () => {
  const select = 'select patient_id, record_id from record_versions where patient_id = any($1::uuid[])'
  type Found = { patient_id: string }

  it('sees the patients that it names and no others, whatever it asks for', async () => {
    const [a, b] = [await addPatient(), await addPatient()]
    const seen = async (rows: RowAccess) =>
      (await selectInScope<Found>(app, rows, select, [[a, b]], 'patient_id')).map((row) => row.patient_id)
    expect(await seen([a])).toEqual([a])
    expect(await seen([b])).toEqual([b])
    expect(await seen('none')).toEqual([])
    expect(await seen('all')).toEqual([a, b].sort())
  })

  it('sees them too where the planner would rather read whole tables', async () => {
    const [a, b] = [await addPatient(), await addPatient()]
    const forced = db.open('chartward_app', 1)
    await forced.sql`set enable_indexscan = off`
    await forced.sql`set enable_bitmapscan = off`
    await forced.sql`set enable_nestloop = off`
    expect((await selectInScope<Found>(forced, [a], select, [[a, b]])).map((row) => row.patient_id)).toEqual([
      a,
    ])
  })

  it('leaves no setting behind on its connection', async () => {
    const a = await addPatient()
    const single = db.open('chartward_app', 1)
    expect(await selectInScope<Found>(single, [a], select, [[a]])).toHaveLength(1)
    expect(await single.sql`select 1 from record_versions`).toHaveLength(0)
    expect(await selectInScope<Found>(single, 'none', select, [[a]])).toHaveLength(0)
  })
})

describe('migrations', () => {
  it('applied again, they change nothing', async () => {
    const before = await owner.sql`select count(*)::int as n from drizzle.__drizzle_migrations`
    await migrate(db.url('chartward_owner'))
    expect(await owner.sql`select count(*)::int as n from drizzle.__drizzle_migrations`).toEqual(before)
  })
})

describe('binary copy', () => {
  it('brings every type over unchanged', async () => {
    await owner.sql`create table copied (a uuid, b text, c bytea, d int4, e int2, f bool, g timestamptz)`
    const row = [
      v7(),
      'naïve \u{1f600}\n\t\\N',
      Buffer.from([0, 255, 10]),
      -7,
      12,
      true,
      new Date('2024-02-29T01:02:03.004Z'),
    ] as const
    const columns = {
      a: 'uuid',
      b: 'text',
      c: 'bytea',
      d: 'int4',
      e: 'int2',
      f: 'bool',
      g: 'instant',
    } as const
    await withTransaction(owner, 'all', (tx) => insertRows(tx, 'copied', columns, [row, row.map(() => null)]))
    const [first, second] =
      await owner.sql`select *, g = '2024-02-29T01:02:03.004Z'::timestamptz as same from copied`
    expect([first?.a, first?.b, first?.c, first?.d, first?.e, first?.f, first?.same]).toEqual([
      ...row.slice(0, 6),
      true,
    ])
    expect(Object.values(second ?? {})).toEqual(row.map(() => null).concat([null]))
  })

  it('rows that can not be made reject, and the connection goes on', async () => {
    const single = db.open('chartward_app', 1)
    const columns = { id: 'uuid', created_at: 'instant' } as const
    const insert = (rows: Iterable<readonly CopyValue[]>) =>
      withTransaction(single, 'all', (tx) => insertRows(tx, 'patients', columns, rows))
    const first = newPatientId()
    function* broken() {
      yield [first, new Date()]
      throw new RangeError('no more')
    }
    await expect(insert(broken())).rejects.toThrow('no more')
    await expect(insert([['no id', new Date()]])).rejects.toThrow(TypeError)
    await expect(insert([[first, 'no date']])).rejects.toThrow('a string is no instant')
    await insert([[v7(), new Date()]])
    expect(
      await withTransaction(single, [first], (tx) => tx.sql`select 1 from patients where id = ${first}`),
    ).toEqual([])
  })

  it('a table can be filled twice in one transaction', async () => {
    const columns = { id: 'uuid', created_at: 'instant' } as const
    const [a, b] = [newPatientId(), newPatientId()]
    const found = await withTransaction(app, [a, b], async (tx) => {
      for (const id of [a, b]) await insertRows(tx, 'patients', columns, [[id, new Date()]])
      return tx.sql`select id from patients where id in ${tx.sql([a, b])}`
    })
    expect(found).toHaveLength(2)
  })

  it('a row that the table refuses rejects and copies nothing', async () => {
    const row = [v7(), new Date()] as const
    const columns = { id: 'uuid', created_at: 'instant' } as const
    const copy = withTransaction(app, 'all', (tx) => insertRows(tx, 'patients', columns, [row, row]))
    expect(await stateOf(copy)).toBe('23505')
  })
})

describe('what triggers read', () => {
  /** They read settings and what they are given, and no table: so they may be taken into a statement. */
  const OF_NOTHING = ['envelope_key', 'row_in_scope', 'uuid_v7_floor']

  it('is this schema’s, in every function of it', async () => {
    const rows = await owner.sql<{ name: string }[]>`
      select proname as name from pg_proc where pronamespace = 'public'::regnamespace
        and not coalesce('search_path=public, pg_temp' = any(proconfig), false) order by 1`
    expect(rows.map(({ name }) => name)).toEqual(OF_NOTHING)
  })

  it('is no temporary table of the writer’s', async () => {
    const user = v7()
    await owner.sql`
      insert into users (id, kind, email, address_key, display_name, status, row_version, seal)
      values (${user}, 'patient', '', ${`patient/${user}`}, 'A patient', 'active', 1, '')`
    const assign = withTransaction(app, 'none', async ({ sql }) => {
      await sql`create temporary table users (id uuid, kind text)`
      await sql`
        insert into role_assignments (user_id, id, role, role_version, reason, starts_at, row_version, seal)
        values (${user}, ${v7()}, 'nurse', 1, '\\x00', now(), 1, '\\x00')`
    })
    expect(await stateOf(assign)).toBe('42501')
  })
})
