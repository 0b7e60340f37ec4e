import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from './database.ts'
import { databaseFault } from './errors.ts'
import type { Id } from './schema/types.ts'
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts'
import { withTransaction } from './transaction.ts'

let db: TestDatabase
let app: Database

beforeAll(async () => {
  db = await createTestDatabase()
  app = db.open('chartward_app')
})
afterAll(() => db.drop())

const BYTES = Buffer.of(0)
const stateOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => 'no error',
    (error) => databaseFault(error)?.sqlState,
  )

const SEALED = { row_version: 1, seal: BYTES }

const inScope = (patient: Id<'patient'>, text: string, parameters: (string | number | Buffer)[] = []) =>
  withTransaction(app, [patient], (tx) => tx.sql.unsafe(text, parameters))

let keks = 0

const addPatient = async (): Promise<Id<'patient'>> => {
  const patient = randomUUID() as Id<'patient'>
  const kek = randomUUID()
  keks += 1
  await db.open('chartward_owner', 1).sql`
    insert into keks (id, version, provider, wrapped, state) values (${kek}, ${keks}, 'test', ${BYTES}, 'decrypt-only')`
  await inScope(patient, 'insert into patients (id) values ($1)', [patient])
  await inScope(
    patient,
    `insert into patient_keys (patient_id, id, kek_id, wrapped, state) values ($1, $2, $3, $4, 'primary')`,
    [patient, randomUUID(), kek, BYTES],
  )
  return patient
}

const destroyKeys = (patient: Id<'patient'>) =>
  inScope(
    patient,
    `update patient_keys set state = 'destroyed', wrapped = ''
     where patient_id = $1 and state <> 'destroyed'`,
    [patient],
  )

/** A row of each table that something is written of a patient in. */
const ROWS: Readonly<Record<string, (patient: string) => Readonly<Record<string, unknown>>>> = {
  records: (patient_id) => ({ patient_id, id: randomUUID(), resource_type: 'Observation', version: 1 }),
  search_tokens: (patient_id) => ({
    patient_id,
    field: 'Patient.mrn',
    key_version: 1,
    token: Buffer.from(randomUUID()),
  }),
  claim_tokens: (patient_id) => ({
    patient_id,
    record_id: randomUUID(),
    kind: 'month',
    key_version: 1,
    token: BYTES,
  }),
  source_ids: (patient_id) => ({
    patient_id,
    record_id: randomUUID(),
    token: Buffer.from(randomUUID()),
    content: BYTES,
    trusted: true,
  }),
  care_lists: (patient_id) => ({
    patient_id,
    id: randomUUID(),
    content: BYTES,
    digest: BYTES,
    standing: 'none',
    narrowed: false,
    looked_up: '0',
    ...SEALED,
  }),
  care_tokens: (patient_id) => ({ patient_id, token: Buffer.from(randomUUID()) }),
  patient_accounts: (patient_id) => ({
    patient_id,
    id: randomUUID(),
    account_token: Buffer.from(randomUUID()),
    content: BYTES,
    state: 'requested',
    ...SEALED,
  }),
  legal_holds: (patient_id) => ({
    patient_id,
    id: randomUUID(),
    set_by: randomUUID(),
    set_at: new Date().toISOString(),
    reason: BYTES,
    ...SEALED,
  }),
}

const add = (patient: Id<'patient'>, table: string) =>
  withTransaction(app, [patient], (tx) => {
    const row = ROWS[table]?.(patient) ?? {}
    return tx.sql`insert into ${tx.sql(table)} ${tx.sql(row)}`
  })

describe('a patient whose keys were all destroyed', () => {
  it.each(Object.keys(ROWS))('gets no more rows of %s', async (table) => {
    await add(await addPatient(), table)
    const patient = await addPatient()
    await destroyKeys(patient)
    expect(await stateOf(add(patient, table))).toBe('CW410')
  })

  it('gets no new key, and no further version of a record', async () => {
    const patient = await addPatient()
    await add(patient, 'records')
    await destroyKeys(patient)
    const key = inScope(
      patient,
      `insert into patient_keys (patient_id, id, kek_id, wrapped, state)
       select patient_id, $2, kek_id, '\\x01', 'primary' from patient_keys where patient_id = $1`,
      [patient, randomUUID()],
    )
    expect(await stateOf(key)).toBe('CW410')
    const version = inScope(patient, 'update records set version = version + 1 where patient_id = $1', [
      patient,
    ])
    expect(await stateOf(version)).toBe('CW410')
  })

  it('is waited for by whoever writes meanwhile, and waits for whoever was first', async () => {
    const patient = await addPatient()
    const order: string[] = []
    let writerHasWritten = (): void => undefined
    const written = new Promise<void>((resolve) => {
      writerHasWritten = resolve
    })
    let letCommit = (): void => undefined
    const mayCommit = new Promise<void>((resolve) => {
      letCommit = resolve
    })
    const writer = withTransaction(app, [patient], async (tx) => {
      const row = ROWS.search_tokens?.(patient) ?? {}
      await tx.sql`insert into search_tokens ${tx.sql(row)}`
      writerHasWritten()
      await mayCommit
      order.push('writer')
    })
    await written
    const shred = withTransaction(app, [patient], async (tx) => {
      await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`shred ${patient}`}, 0))`
      order.push('shred')
      await tx.sql`update patient_keys set state = 'destroyed', wrapped = '' where patient_id = ${patient}`
      await tx.sql`delete from search_tokens where patient_id = ${patient}`
    })
    letCommit()
    await Promise.all([writer, shred])
    expect(order).toEqual(['writer', 'shred'])
    expect(await inScope(patient, 'select from search_tokens where patient_id = $1', [patient])).toHaveLength(
      0,
    )
  })
})

describe('what a patient is known again by, and a chart’s segments', () => {
  it.each(['source_ids', 'chart_segments'])('of %s go with the keys and never before', async (table) => {
    const patient = await addPatient()
    if (table === 'source_ids') await add(patient, table)
    else
      await inScope(
        patient,
        `insert into chart_segments (patient_id, resource_type, field_class, number, base, content, integrity_key_id, mac)
         values ($1, 'Observation', 'clinical', 1, 1, '\\x00', $2, '\\x00')`,
        [patient, randomUUID()],
      )
    const gone = () => inScope(patient, `delete from ${table} where patient_id = $1`, [patient])
    expect(await stateOf(gone())).toBe('42501')
    await destroyKeys(patient)
    expect((await gone()).count).toBe(1)
  })
})

describe('a legal hold', () => {
  it('is lifted by two people, once, and never moved to another patient nor deleted', async () => {
    const patient = await addPatient()
    await add(patient, 'legal_holds')
    const [asked, agreed] = [randomUUID(), randomUUID()]
    const lift = (by: string, other: string) =>
      inScope(
        patient,
        `update legal_holds set lift_asked_by = $2, lifted_by = $3, lifted_at = now() where patient_id = $1`,
        [patient, by, other],
      )
    expect(await stateOf(lift(asked, asked))).toBe('23514')
    const alone = inScope(patient, 'update legal_holds set lifted_at = now() where patient_id = $1', [
      patient,
    ])
    expect(await stateOf(alone)).toBe('23514')
    await lift(asked, agreed)
    expect(await stateOf(lift(randomUUID(), agreed))).toBe('42501')
    for (const text of ['delete from legal_holds', 'update legal_holds set patient_id = gen_random_uuid()'])
      expect(await stateOf(inScope(patient, text))).toBe('42501')
  })
})

describe('a shred', () => {
  const ask = async (patient: Id<'patient'>, by: string) => {
    await withTransaction(app, [patient], (tx) => {
      const row = {
        id: randomUUID(),
        patient_id: patient,
        state: 'requested',
        requested_by: by,
        requested_at: new Date().toISOString(),
        ...SEALED,
      }
      return tx.sql`insert into shreds ${tx.sql(row)}`
    })
  }
  const done = (patient: Id<'patient'>, by: string) =>
    inScope(
      patient,
      `update shreds set state = 'done', decided_by = $2, decided_at = now(), destroyed = '{}', final_at = now(),
       final_is_bound = true where patient_id = $1`,
      [patient, by],
    )

  it('is decided by somebody else, and stays as it was carried out', async () => {
    const patient = await addPatient()
    const by = randomUUID()
    await ask(patient, by)
    expect(await stateOf(ask(patient, randomUUID()))).toBe('23505')
    expect(await stateOf(done(patient, by))).toBe('23514')
    await done(patient, randomUUID())
    for (const change of [
      "state = 'ended'",
      'destroyed = \'{"keys":[]}\'',
      "final_at = now() + interval '1 day'",
    ])
      expect(await stateOf(inScope(patient, `update shreds set ${change}`))).toBe('42501')
    await inScope(
      patient,
      `update shreds set ledger_index = 0, ledger_hash = '\\x00', certificate = 'signed'`,
    )
    for (const change of ['ledger_index = 1', "ledger_hash = '\\x01'", "certificate = 'another'"])
      expect(await stateOf(inScope(patient, `update shreds set ${change}`))).toBe('42501')
    expect(await stateOf(inScope(patient, 'delete from shreds'))).toBe('42501')
  })
})
