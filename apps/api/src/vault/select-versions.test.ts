import { randomBytes } from 'node:crypto'
import { withTransaction } from '@chartward/db'
import { builtInPolicy, decide, type PatientId, type RecordId, type Scope } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../core/ids.ts'
import { refusalOf } from '../testing/entries.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { readRecord } from './select-versions.ts'

let test: TestApp

beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.stop())

/** A patient with one record whose row says that it is of `type`. */
const newRecord = async (type: string): Promise<{ patientId: PatientId; recordId: RecordId }> => {
  const [patientId, recordId] = [newId<PatientId>(), newId<RecordId>()]
  await withTransaction(test.app.db, [patientId], async ({ sql }) => {
    await sql`insert into patients (id) values (${patientId})`
    await sql`insert into records (patient_id, id, resource_type, version)
      values (${patientId}, ${recordId}, ${type}, 1)`
    await sql`insert into record_versions
      (patient_id, record_id, version, authored_at, author, entry_id, digests, integrity_key_id, mac)
      values (${patientId}, ${recordId}, 1, now(), 'test', ${newId()}, ${Buffer.alloc(0)}, ${newId()}, ${randomBytes(32)})`
  })
  return { patientId, recordId }
}

/** What decide() allows the patient themselves. */
const scopeOf = (patientId: PatientId): Scope => {
  const now = test.app.clock()
  const own = { name: 'patient', assignmentId: newId(), startsAt: now, endsAt: null }
  const decision = decide({
    actor: { kind: 'user', id: newId(), roles: [own], patientId },
    permission: 'vault:record:read',
    resource: { kind: 'patient', patientId },
    context: { now, factorAt: now, relationship: null },
    policy: builtInPolicy,
  })
  if (decision.effect !== 'allow') throw new Error(decision.reason)
  return decision.scope
}

const read = ({ patientId, recordId }: { patientId: PatientId; recordId: RecordId }, covered = patientId) =>
  readRecord(test.app, scopeOf(covered), { patientId, recordId, classes: ['clinical'] })

describe('records read together with others', () => {
  it('are read although the row of one of them is broken, which fails for its asker alone', async () => {
    const sound = [await newRecord('Observation'), await newRecord('Condition')]
    const broken = await newRecord('Nonsense')
    const [first, refusal, second] = await Promise.all([
      read(sound[0] ?? broken),
      refusalOf(read(broken)),
      read(sound[1] ?? broken),
    ])
    expect(refusal).toBe('INTEGRITY')
    expect([first?.resourceType, second?.resourceType]).toEqual(['Observation', 'Condition'])
  })

  it('are all read, each asker their own, where there are more than one statement takes', async () => {
    const record = await newRecord('Observation')
    const asked = Array.from({ length: 150 }, (_, i) =>
      i % 3 === 0 ? read({ ...record, recordId: newId() }) : read(record),
    )
    const found = await Promise.all(asked)
    expect(found.map((version) => version?.recordId ?? null)).toEqual(
      Array.from({ length: 150 }, (_, i) => (i % 3 === 0 ? null : record.recordId)),
    )
  })

  it('are not read for a Scope that does not cover their patient, though another asker’s does', async () => {
    const record = await newRecord('Observation')
    const [allowed, refused] = await Promise.all([read(record), read(record, newId())])
    expect(allowed?.recordId).toBe(record.recordId)
    expect(refused).toBeUndefined()
  })
})
