import { LocalKms, newDataKey, seal, wrapKek, wrapKey, wrapSystemKey } from '@chartward/crypto'
import type { PatientId } from '@chartward/policy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { newId, nilId } from '../core/ids.ts'
import { claimsRouter } from '../services/claims/router.ts'
import { practitionerByNpi } from '../services/directory/directory.ts'
import { importFhir } from '../services/import/import-fhir.ts'
import { patientsRouter } from '../services/patients/router.ts'
import { recordsRouter } from '../services/records/router.ts'
import { insertVouched } from '../testing/rows.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { createCallerFactory, router } from '../trpc/trpc.ts'
import type { SystemKeyPurpose } from './system-keys.ts'

/*
 * Another process has rotated keys while this one runs: what either makes, both open, find and know again,
 * each by the key that it names. The rotation is made here by hand, as the database's owner.
 */

let t: TestApp
let later: App & { close(): Promise<void> }
beforeEach(async () => {
  t = await createTestApp()
  await load(t.app)
})
afterEach(async () => {
  await later?.close()
  await t.stop()
})

const condition = (text: string) => ({
  resourceType: 'Condition',
  id: 'c',
  subject: { reference: 'Patient/p' },
  code: { text },
})

const NPI = '1234567893'
const RESOURCES = [
  {
    resourceType: 'Practitioner',
    id: 'doc',
    name: [{ family: 'Haldane', given: ['Ann'] }],
    identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: NPI }],
  },
  { resourceType: 'Patient', id: 'p', name: [{ family: 'Okafor', given: ['Ada'] }] },
  condition('first'),
]

const load = async (app: App, resources: readonly object[] = RESOURCES) => {
  async function* lines(): AsyncGenerator<Uint8Array> {
    for (const resource of resources) yield Buffer.from(`${JSON.stringify(resource)}\n`)
  }
  const { created, updated, unchanged } = await importFhir(app, lines(), {
    trusted: true,
    author: 'service:import',
  })
  return { created, updated, unchanged }
}

/** Makes a KEK, and under it the next version of a system key of each purpose, and of every patient's DEK. */
const rotate = async (...purposes: SystemKeyPurpose[]): Promise<void> => {
  const kms = LocalKms.open(t.files.kms)
  const kek = newDataKey(newId())
  const wrapped = await wrapKek(kms, kek, 'test.invalid/log')
  await t.database.open('chartward_owner', 1).sql.begin(async (sql) => {
    await sql`update keks set state = 'decrypt-only'`
    await sql`insert into keks (id, version, provider, wrapped, state)
      values (${kek.id}, 2, ${kms.name}, ${wrapped}, 'primary')`
    for (const purpose of purposes) {
      const key = newDataKey(newId())
      await sql`update system_keys set state = 'decrypt-only' where purpose = ${purpose}`
      await sql`insert into system_keys (id, purpose, version, kek_id, wrapped, state)
        values (${key.id}, ${purpose}, 2, ${kek.id}, ${wrapSystemKey(kek, key, purpose)}, 'primary')`
    }
    await sql`update patient_keys set state = 'decrypt-only'`
    for (const { id } of await sql<{ id: string }[]>`select id from patients`) {
      const dek = newDataKey(newId())
      await sql`insert into patient_keys (patient_id, id, kek_id, wrapped, state)
        values (${id}, ${dek.id}, ${kek.id}, ${wrapKey(kek, dek, id)}, 'primary')`
    }
  })
}

/** A process that starts after the rotation. */
const startLater = async (): Promise<App> => {
  later = await t.another({ connections: 5 })
  return later
}

const callerFor = createCallerFactory(
  router({ patients: patientsRouter, records: recordsRouter, claims: claimsRouter }),
)

const conditionSeenBy = async (app: App) => {
  const [patient] = await t.database.open('chartward_owner', 1).sql<
    { id: PatientId }[]
  >`select id from patients`
  const { context, userId } = await signInAs(app, 'clinician')
  await insertVouched(app, 'care-relationship', [
    {
      patientId: patient?.id ?? nilId(),
      id: newId(),
      userId,
      kind: 'care-team',
      trusted: true,
      underGiver: false,
      narrowed: false,
      startsAt: new Date(t.now.getTime() - 1000),
    },
  ])
  const { items } = await callerFor(context).records.list({ patientId: patient?.id ?? '', type: 'Condition' })
  return items.map(({ values, untrusted, version }) => ({ code: values.code, untrusted, version }))
}

describe('a rotation by another process', () => {
  it('leaves what was written before readable, and what is written after it readable to a process of before', async () => {
    expect(await conditionSeenBy(t.app)).toEqual([{ code: { text: 'first' }, untrusted: false, version: 1 }])
    await rotate('integrity', 'audit-notes')
    const next = await startLater()
    expect(await conditionSeenBy(next)).toEqual([{ code: { text: 'first' }, untrusted: false, version: 1 }])
    expect(await load(next, [condition('second')])).toEqual({ created: 0, updated: 1, unchanged: 0 })
    const second = [{ code: { text: 'second' }, untrusted: false, version: 2 }]
    expect(await conditionSeenBy(next)).toEqual(second)
    // Its cache holds the old DEK, and it has read neither the new KEK nor the new integrity key.
    expect(await conditionSeenBy(t.app)).toEqual(second)
  })

  it('of source ids makes nothing new of what is known, whichever key its tokens were made with', async () => {
    await rotate('source-ids')
    const next = await startLater()
    expect(await load(next)).toEqual({ created: 0, updated: 0, unchanged: 3 })
    const changed = [
      { ...RESOURCES[0], name: [{ family: 'Haldane-Ito', given: ['Ann'] }] },
      RESOURCES[1] ?? {},
      condition('second'),
    ]
    expect(await load(next, changed)).toEqual({ created: 0, updated: 2, unchanged: 1 })
    expect(await load(next, changed)).toEqual({ created: 0, updated: 0, unchanged: 3 })
  })

  it('of the blind index still finds claims of before, and a new version takes their tokens along', async () => {
    const claim = (id: string, more: object = {}) => ({
      resourceType: 'Claim',
      id,
      status: 'active',
      patient: { reference: 'Patient/p' },
      created: '2026-03-05',
      identifier: [{ value: `NUM-${id}` }],
      ...more,
    })
    await load(t.app, [claim('one'), claim('two')])
    await rotate('blind-index')
    const next = await startLater()
    await load(next, [claim('two', { status: 'cancelled' }), claim('three')])
    const { context } = await signInAs(next, 'billing')
    expect((await callerFor(context).claims.search({ month: '2026-03' })).items).toHaveLength(3)
    expect((await callerFor(context).claims.search({ number: 'NUM-one' })).items).toHaveLength(1)
    const { sql } = t.database.open('chartward_owner', 1)
    const versions = await sql<{ key_version: number; records: number }[]>`
      select key_version, count(distinct record_id)::int as records from claim_tokens group by 1 order by 1`
    expect(versions).toEqual([
      { key_version: 1, records: 1 },
      { key_version: 2, records: 2 },
    ])
  })

  it('of the blind index still finds patients and practitioners of before', async () => {
    await rotate('blind-index')
    const next = await startLater()
    await load(next, [{ resourceType: 'Patient', id: 'q', name: [{ family: 'Okafor', given: ['Eze'] }] }])
    const { context } = await signInAs(next, 'privacy-officer')
    const { items } = await callerFor(context).patients.search({ by: 'name', text: 'okaf' })
    expect(items).toHaveLength(2)
    expect(await practitionerByNpi(next, NPI)).toMatchObject({ name: expect.stringContaining('Haldane') })
    const { sql } = t.database.open('chartward_owner', 1)
    const versions = await sql<
      { key_version: number }[]
    >`select distinct key_version from search_tokens order by 1`
    expect(versions.map(({ key_version }) => key_version)).toEqual([1, 2])
  })
})

describe('a key', () => {
  it('of another purpose opens nothing, though its id is named', async () => {
    const binding = { purpose: 'p', table: 't', fieldClass: 'f', rowId: newId(), rowVersion: 1 }
    const { keyring } = t.app
    const envelope = keyring.seal('directory', binding, Buffer.from('x'))
    expect((await keyring.open('directory', binding, envelope)).toString()).toBe('x')
    await expect(keyring.open('exports', binding, envelope)).rejects.toMatchObject({ code: 'decrypt-failed' })
  })

  it('whose row says that it is for something else does not load: nothing is sealed by what makes tokens', async () => {
    const { sql } = t.database.open('chartward_owner', 1)
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx`update system_keys set purpose = 'aside' where purpose = 'exports'`
      await tx`update system_keys set purpose = 'exports' where purpose = 'audit-notes'`
      await tx`update system_keys set purpose = 'audit-notes' where purpose = 'aside'`
    })
    await expect(startLater()).rejects.toMatchObject({ code: 'INTEGRITY' })
  })

  it('of the system that is disabled is wiped once the keys are read anew', async () => {
    const { sql } = t.database.open('chartward_owner', 1)
    const { key } = t.app.keyring.tokenKey('blind-index')
    expect(key.every((byte) => byte === 0)).toBe(false)
    // The database does not let a key go that tokens were made with.
    await sql`set session_replication_role = replica`
    await sql`update system_keys set state = 'disabled' where purpose = 'blind-index'`
    const binding = { purpose: 'p', table: 't', fieldClass: 'f', rowId: newId(), rowVersion: 1 }
    const unknown = seal(newDataKey(newId()), binding, Buffer.from('x'))
    await expect(t.app.keyring.open('exports', binding, unknown)).rejects.toThrow()
    expect(key.every((byte) => byte === 0)).toBe(true)
    expect(() => t.app.keyring.tokenKey('blind-index')).toThrow()
  })

  it('that is disabled opens nothing', async () => {
    const { sql } = t.database.open('chartward_owner', 1)
    await rotate()
    // The database does not let it go while records are sealed with it.
    await sql`set session_replication_role = replica`
    await sql`update patient_keys set state = 'disabled' where state = 'decrypt-only'`
    const next = await startLater()
    expect(await conditionSeenBy(next)).toEqual([{ code: undefined, untrusted: true, version: 1 }])
  })

  it('that a patient does not have leaves a record untrusted, and is looked for once', async () => {
    const { sql } = t.database.open('chartward_owner', 1)
    await sql`set session_replication_role = replica`
    await sql`update record_versions set integrity_key_id = ${newId()}
      from records r where r.id = record_id and r.resource_type = 'Condition'`
    for (let i = 0; i < 2; i++) {
      expect(await conditionSeenBy(t.app)).toMatchObject([{ untrusted: true }])
    }
  })
})
