import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { toHex, verifyBundle, verifyNote } from '@chartward/audit'
import { schema, withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeCommitments } from '../../audit/commitments.ts'
import { newId } from '../../core/ids.ts'
import { appRouter } from '../../router.ts'
import { sequenceAll, sequencerOf } from '../../sequencer/testing/log-kit.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { browserOf, signInAs } from '../../testing/sign-in.ts'
import { requestBy } from '../../testing/test-app.ts'
import { createCallerFactory } from '../../trpc/trpc.ts'
import { giveCare, type Person, personOn } from '../break-glass/testing/ward.ts'
import { whileSigning } from '../bundles/testing/signing.ts'
import { importTexts } from '../import/testing/inputs.ts'
import { finishShreds } from './finish.ts'
import {
  createShredHouse,
  ledgerText,
  NOTHING_LEFT,
  oldPatient,
  reason,
  rowsLeft,
  type ShredHouse,
  shredByTwo,
} from './testing/house.ts'

const callerFor = createCallerFactory(appRouter)

let t: ShredHouse
let officer: Person
let second: Person
beforeAll(async () => {
  t = await createShredHouse()
  officer = t.officer
  second = t.second
})
afterAll(() => t.stop())

/** What whoever asks is told, for a call that fails. */
const saysOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  throw new Error('it was not refused')
}

describe('a destruction by two people', () => {
  it('leaves nothing of the patient that opens, or that the patient is found by', async () => {
    const { patientId, family, mrn } = await oldPatient(t)
    expect(await rowsLeft(t, patientId)).not.toMatchObject({ search_tokens: 0 })
    const clinician = await personOn(t, 'clinician')
    await giveCare(t, patientId, clinician.id)
    expect((await clinician.call.patients.get({ id: patientId })).values).toHaveProperty('name')
    await shredByTwo(t, patientId)
    expect(await rowsLeft(t, patientId)).toEqual(NOTHING_LEFT)
    for (const input of [{ by: 'name', text: family } as const, { by: 'mrn', text: mrn } as const])
      expect((await officer.call.patients.search(input)).items).toEqual([])
    const [entry] = await auditEntries(t.app, 'shred.carried-out')
    expect(entry).toMatchObject({
      patientId,
      outcome: 'success',
      change: { after: { state: 'done', finalIsBound: true, search_tokens: expect.any(Number) } },
    })
    expect(JSON.stringify(await auditEntries(t.app))).not.toContain(family)
  })

  it('is told to whoever could see the patient, and to nobody else', async () => {
    const { patientId } = await oldPatient(t)
    const clinician = await personOn(t, 'clinician')
    await giveCare(t, patientId, clinician.id)
    const stranger = await personOn(t, 'clinician')
    await shredByTwo(t, patientId)
    expect(await refusalOf(clinician.call.patients.get({ id: patientId }))).toBe('DESTROYED')
    expect(await refusalOf(clinician.call.records.list({ patientId, type: 'Condition' }))).toBe('DESTROYED')
    expect(await saysOf(clinician.call.patients.get({ id: patientId }))).toMatch(
      /destroyed on \d{4}-\d\d-\d\d.*Certificate [0-9a-f-]{36}\.$/,
    )
    const [untold, unknown] = await Promise.all(
      [patientId, newId<PatientId>()].map((id) => refusalOf(stranger.call.patients.get({ id }))),
    )
    expect([untold, unknown]).toEqual(['NO_CARE_RELATIONSHIP', 'NO_CARE_RELATIONSHIP'])
    expect((await clinician.call.patients.mine({})).items).toEqual([])
    // Who saw the patient, and who had care, is told as before.
    expect((await officer.call.care.list({ patientId })).items).toHaveLength(1)
  })

  it('ends the account by which the patient reads their own record', async () => {
    const { patientId } = await oldPatient(t)
    const patient = await signInAs(t.app, 'patient', { patientId })
    const own = callerFor(patient.context)
    expect((await own.patients.get({ id: patientId })).values).toHaveProperty('name')
    await shredByTwo(t, patientId)
    expect(await refusalOf(own.patients.get({ id: patientId }))).toBe('UNAUTHENTICATED')
    const [row] = await t.app.db.orm.select().from(schema.users).where(eq(schema.users.id, patient.userId))
    expect(row).toMatchObject({ status: 'deactivated', addressKey: `patient/${patient.userId}` })
    expect(await officer.call.patientAccounts.get({ patientId })).toMatchObject({ state: 'none' })
  })

  it('takes what waits for a second person about an account of the patient with it', async () => {
    const { patientId } = await oldPatient(t)
    const { approvalId } = await officer.call.patientAccounts.request({
      patientId,
      displayName: 'Ada Quince',
      email: `${newId()}@patients.test`,
      reason,
    })
    await shredByTwo(t, patientId)
    const [row] = await t.app.db.orm
      .select()
      .from(schema.approvals)
      .where(eq(schema.approvals.id, approvalId))
    expect(row?.status).toBe('expired')
  })

  it('is final: nothing more is written, held, shared or asked of the patient', async () => {
    const { patientId } = await oldPatient(t)
    const colleague = await personOn(t, 'clinician')
    await shredByTwo(t, patientId)
    const email = `${newId()}@patients.test`
    for (const call of [
      () => officer.call.shred.request({ patientId, reason }),
      () => officer.call.shred.setHold({ patientId, reason }),
      () => officer.call.care.add({ patientId, userId: colleague.id, reason }),
      () => officer.call.patientAccounts.request({ patientId, displayName: 'Ada Quince', email, reason }),
    ])
      expect(await refusalOf(call())).toBe('DESTROYED')
    expect(await refusalOf(colleague.call.breakGlass.open({ patientId, cause: 'emergency', reason }))).toBe(
      'NOT_FOUND',
    )
  })

  it('makes a new patient of one who is imported again', async () => {
    const { patientId, text, family } = await oldPatient(t)
    await shredByTwo(t, patientId)
    const { problems } = await importTexts(t.app, { 'again.ndjson': text })
    expect(problems).toEqual([])
    const { items } = await officer.call.patients.search({ by: 'name', text: family })
    expect(items).toHaveLength(1)
    expect(items[0]?.id).not.toBe(patientId)
    expect(await rowsLeft(t, patientId)).toEqual(NOTHING_LEFT)
  })

  it('leaves the memory of every process', async () => {
    const other = await t.another()
    const { patientId } = await oldPatient(t)
    const inMemory = (app: typeof other) => app.keyring.withCachedPatientKeys(patientId, () => true) === true
    await Promise.all([t.app, other].map((app) => app.keyring.withPatientKeys(patientId, () => true)))
    expect([inMemory(t.app), inMemory(other)]).toEqual([true, true])
    await shredByTwo(t, patientId)
    expect(inMemory(t.app)).toBe(false)
    await expect.poll(() => inMemory(other), { timeout: 10_000 }).toBe(false)
    expect(other.shredded.of(patientId)).toBeDefined()
    await other.close()
  })
})

describe('a destruction that may not be', () => {
  it('is no one person’s, and nobody’s without the permission or a session', async () => {
    const { patientId } = await oldPatient(t)
    const { approvalId } = await officer.call.shred.request({ patientId, reason })
    const decided = { patientId, approvalId, reason }
    const need = { kind: 'shred', id: patientId, what: null, whom: null }
    const needing = async ({ call }: Person) => (await call.needsYou.list()).items
    expect(await needing(second)).toContainEqual(expect.objectContaining(need))
    expect(await needing(officer)).not.toContainEqual(expect.objectContaining(need))
    expect(await refusalOf(officer.call.shred.approve(decided))).toBe('SECOND_PERSON_REQUIRED')
    expect(await refusalOf(officer.call.shred.request({ patientId, reason }))).toBe('CONFLICT')
    for (const role of ['administrator', 'security-officer', 'clinician', 'nurse', 'auditor', 'billing']) {
      const other = await personOn(t, role)
      expect(await refusalOf(other.call.shred.approve(decided))).toMatch(/FORBIDDEN|NO_CARE/)
      expect(await refusalOf(other.call.shred.request({ patientId, reason }))).toMatch(/FORBIDDEN|NO_CARE/)
      expect(await refusalOf(other.call.shred.get({ patientId }))).toMatch(/FORBIDDEN|NO_CARE/)
    }
    const nobody = callerFor(requestBy(t.app, null))
    expect(await refusalOf(nobody.shred.approve(decided))).toBe('UNAUTHENTICATED')
    const stale = await personOn(t, 'privacy-officer', { factorAt: null })
    expect(await refusalOf(stale.call.shred.approve(decided))).toBe('STEP_UP_REQUIRED')
    expect(await rowsLeft(t, patientId)).toMatchObject({ living_keys: 1 })
  })

  it('is of a patient who is there, and of the one whom it was asked for', async () => {
    const nobody = newId<PatientId>()
    expect(await refusalOf(officer.call.shred.request({ patientId: nobody, reason }))).toBe('NOT_FOUND')
    expect(await refusalOf(officer.call.shred.get({ patientId: nobody }))).toBe('NOT_FOUND')
    expect(await refusalOf(officer.call.shred.setHold({ patientId: nobody, reason }))).toBe('NOT_FOUND')
    const [one, other] = [await oldPatient(t), await oldPatient(t)]
    const { approvalId } = await officer.call.shred.request({ patientId: one.patientId, reason })
    const crossed = { patientId: other.patientId, approvalId, reason }
    expect(await refusalOf(second.call.shred.approve(crossed))).toBe('NOT_FOUND')
    expect(await rowsLeft(t, one.patientId)).toMatchObject({ living_keys: 1 })
    expect(await rowsLeft(t, other.patientId)).toMatchObject({ living_keys: 1 })
  })

  it('can be rejected, and asked for anew', async () => {
    const { patientId } = await oldPatient(t)
    const { approvalId } = await officer.call.shred.request({ patientId, reason })
    await second.call.shred.reject({ patientId, approvalId, reason })
    expect(await refusalOf(second.call.shred.approve({ patientId, approvalId, reason }))).toBe('CONFLICT')
    expect(await officer.call.shred.get({ patientId })).toMatchObject({ asked: null, destroyed: null })
    await shredByTwo(t, patientId)
  })

  it.each([
    ['has a record of late', { last: '2024-01-01' }, /kept until 2034-01-01/],
    ['has a record of which nobody knows when it was', { last: null }, /has to be kept until/],
    ['was a minor, and is not yet so many years past 18', { born: '1999-06-07' }, /kept until 2027-06-07/],
    ['has no birth date, and may have been a minor', { born: null }, /2029-05-06.*No birth date is known/],
    [
      'has another record that goes on',
      {
        more: [
          {
            resourceType: 'Encounter',
            id: newId(),
            status: 'finished',
            class: { code: 'AMB' },
            period: { start: '2000-01-01', end: '2020-02-02' },
          },
        ],
      },
      /kept until 2030-02-02/,
    ],
  ])('waits for the end of the retention where the patient %s', async (_, given, says) => {
    const { patientId } = await oldPatient(t, given)
    expect(await saysOf(officer.call.shred.request({ patientId, reason }))).toMatch(says)
    expect(await refusalOf(officer.call.shred.request({ patientId, reason }))).toBe('CONFLICT')
  })

  it('looks at the retention again as it is carried out', async () => {
    const { patientId, text } = await oldPatient(t)
    const { approvalId } = await officer.call.shred.request({ patientId, reason })
    const { problems } = await importTexts(t.app, {
      'later.ndjson': text.replaceAll('2001-05-06', '2025-05-06'),
    })
    expect(problems).toEqual([])
    expect(await refusalOf(second.call.shred.approve({ patientId, approvalId, reason }))).toBe('CONFLICT')
    expect(await rowsLeft(t, patientId)).toMatchObject({ living_keys: 1 })
  })

  it('waits where a record is not as it was written: nobody knows how long it is to be kept', async () => {
    const { patientId } = await oldPatient(t)
    const owner = t.database.open('chartward_owner', 1)
    await owner.sql`set session_replication_role = replica`
    await owner.sql`
      update record_versions set clinical = set_byte(clinical, 60, get_byte(clinical, 60) # 1)
      where patient_id = ${patientId} and clinical is not null`
    expect(await saysOf(officer.call.shred.request({ patientId, reason }))).toMatch(/not as it was written/)
  })

  it('waits for uploads that may hold the patient', async () => {
    const { patientId } = await oldPatient(t)
    const uploadId = newId()
    await t.app.db.sql`
      insert into upload_pieces (upload_id, sequence, content) values (${uploadId}, 0, ${Buffer.of(1)})`
    expect(await saysOf(officer.call.shred.request({ patientId, reason }))).toMatch(/uploaded waits/)
    await t.app.db.sql`delete from upload_pieces where upload_id = ${uploadId}`
    await shredByTwo(t, patientId)
  })

  it('is refused where no ledger is kept', async () => {
    const { patientId } = await oldPatient(t)
    const other = await t.another({ logStore: undefined })
    const call = callerFor(browserOf(other, officer.context.token ?? '', '127.0.0.1'))
    expect(await saysOf(call.shred.request({ patientId, reason }))).toMatch(/CHARTWARD_LOG_STORE/)
    await other.close()
  })
})

describe('a legal hold', () => {
  const hold = async (patientId: PatientId): Promise<string> =>
    (await officer.call.shred.setHold({ patientId, reason })).id

  it('is set by one person, keeps everything, and is lifted by two', async () => {
    const { patientId } = await oldPatient(t)
    const holdId = await hold(patientId)
    expect(await refusalOf(officer.call.shred.request({ patientId, reason }))).toBe('CONFLICT')
    const { approvalId } = await officer.call.shred.requestLift({ patientId, holdId, reason })
    const decided = { patientId, approvalId, reason }
    expect(await refusalOf(officer.call.shred.approveLift(decided))).toBe('SECOND_PERSON_REQUIRED')
    expect(await second.call.shred.get({ patientId })).toMatchObject({
      holds: [{ id: holdId, reason, lifted: null, lift: { approvalId, mine: false } }],
    })
    expect(await refusalOf(officer.call.shred.request({ patientId, reason }))).toBe('CONFLICT')
    await second.call.shred.approveLift(decided)
    expect(await second.call.shred.get({ patientId })).toMatchObject({
      holds: [{ id: holdId, lift: null, lifted: { by: { id: second.id }, askedBy: { id: officer.id } } }],
    })
    expect(await refusalOf(second.call.shred.requestLift({ patientId, holdId, reason }))).toBe('CONFLICT')
    await shredByTwo(t, patientId)
  })

  it('stands where its lifting is rejected, and where another is lifted', async () => {
    const { patientId } = await oldPatient(t)
    const [first, other] = [await hold(patientId), await hold(patientId)]
    const asked = await officer.call.shred.requestLift({ patientId, holdId: first, reason })
    await second.call.shred.rejectLift({ patientId, approvalId: asked.approvalId, reason })
    expect(await refusalOf(officer.call.shred.request({ patientId, reason }))).toBe('CONFLICT')
    const again = await officer.call.shred.requestLift({ patientId, holdId: other, reason })
    await second.call.shred.approveLift({ patientId, approvalId: again.approvalId, reason })
    expect(await refusalOf(officer.call.shred.request({ patientId, reason }))).toBe('CONFLICT')
  })

  it('that was set after it was asked for wins', async () => {
    const { patientId } = await oldPatient(t)
    const { approvalId } = await officer.call.shred.request({ patientId, reason })
    await hold(patientId)
    expect(await refusalOf(second.call.shred.approve({ patientId, approvalId, reason }))).toBe('CONFLICT')
    expect(await rowsLeft(t, patientId)).toMatchObject({ living_keys: 1 })
  })

  it('and a destruction at the same moment never both come about', async () => {
    for (let round = 0; round < 6; round++) {
      const { patientId } = await oldPatient(t)
      const { approvalId } = await officer.call.shred.request({ patientId, reason })
      const calls = [
        () => hold(patientId),
        () => second.call.shred.approve({ patientId, approvalId, reason }),
      ]
      if (round % 2 === 1) calls.reverse()
      const outcomes = await Promise.all(
        calls.map((call) =>
          call().then(
            () => 'done',
            () => 'refused',
          ),
        ),
      )
      expect(outcomes.toSorted()).toEqual(['done', 'refused'])
      const { destroyed, holds } = await officer.call.shred.get({ patientId })
      expect(destroyed === null).toBe(holds.length === 1)
    }
  })

  it('that is being set is waited for, and wins', async () => {
    const { patientId } = await oldPatient(t)
    const { approvalId } = await officer.call.shred.request({ patientId, reason })
    const held = Promise.withResolvers<void>()
    const commit = Promise.withResolvers<void>()
    const setting = withTransaction(t.app.db, [patientId], async (tx) => {
      await t.app.vouching.insert(tx, 'legal-hold', [
        { id: newId(), patientId, setBy: officer.id, setAt: t.now, reason: Buffer.from('for a test') },
      ])
      takeCommitments(tx)
      held.resolve()
      await commit.promise
    })
    await held.promise
    const approving = second.call.shred.approve({ patientId, approvalId, reason }).then(
      () => 'done',
      () => 'refused',
    )
    // Until it waits for the hold, or has come about without.
    await Promise.race([approving, setTimeout(1_500)])
    commit.resolve()
    await setting
    expect(await approving).toBe('refused')
    expect(await rowsLeft(t, patientId)).toMatchObject({ living_keys: 1 })
  })

  it('that was taken out of the database, or put back to what it was, keeps everything all the same', async () => {
    const owner = t.database.open('chartward_owner', 1)
    const { patientId } = await oldPatient(t)
    const holdId = await hold(patientId)
    await owner.sql`update legal_holds set lift_asked_by = ${newId()}, lifted_by = ${newId()}, lifted_at = now() where id = ${holdId}`
    expect(await refusalOf(officer.call.shred.request({ patientId, reason }))).toBe('INTEGRITY')
    const other = await oldPatient(t)
    await hold(other.patientId)
    await sequenceAll(sequencerOf(t))
    await owner.sql`delete from legal_holds where patient_id = ${other.patientId}`
    // Each process learns from the log within a second that there was one.
    await expect
      .poll(() => refusalOf(officer.call.shred.get({ patientId: other.patientId })).catch(() => 'none'), {
        timeout: 10_000,
      })
      .toBe('INTEGRITY')
    expect(await refusalOf(officer.call.shred.request({ patientId: other.patientId, reason }))).toBe(
      'INTEGRITY',
    )
  })
})

describe('the ledger and the certificate', () => {
  it('follow, signed, with both dates and nothing of the patient', async () => {
    const { patientId, family, mrn } = await oldPatient(t)
    await shredByTwo(t, patientId)
    const before = await officer.call.shred.get({ patientId })
    const id = before.destroyed?.id ?? ''
    expect(before.destroyed).toMatchObject({ certified: false, finalIsBound: true })
    expect(await refusalOf(officer.call.shred.certificate({ id }))).toBe('CONFLICT')
    await finishShreds(t.app)
    expect(await finishShreds(t.app)).toBe(0)
    const { note, verifierKey } = await officer.call.shred.certificate({ id })
    const manifest = JSON.parse(await verifyNote(note, verifierKey))
    const days = (Date.parse(manifest.finalAt) - Date.parse(manifest.destroyedAt)) / 86_400_000
    expect(days).toBe(35)
    expect(manifest).toMatchObject({
      certificate: id,
      patient: patientId,
      requestedBy: officer.id,
      decidedBy: second.id,
      finalIsBound: true,
      keys: [expect.any(String)],
    })
    const text = `${note}${await ledgerText(t)}`
    for (const value of [family, mrn, 'A broken', '1940']) expect(text).not.toContain(value)
    const line = (await ledgerText(t)).split('\n')[manifest.ledger.index] ?? ''
    expect(JSON.parse(line).body).toMatchObject({ shred: id, patient: patientId })
    const entry = (await auditEntries(t.app, 'shred.certified')).find(({ resource }) => resource.id === id)
    expect(entry?.change?.after).toEqual({
      ledgerIndex: manifest.ledger.index,
      ledgerHash: manifest.ledger.hash,
    })
    const auditor = await personOn(t, 'auditor')
    const { destroyed } = await auditor.call.shred.list()
    expect(destroyed.find((one) => one.id === id)).toMatchObject({ patientId, certified: true })
  })

  it('are signed as a bundle, which a stranger verifies with the log’s key alone', async () => {
    const { patientId } = await oldPatient(t)
    await shredByTwo(t, patientId)
    const id = (await officer.call.shred.get({ patientId })).destroyed?.id ?? ''
    expect(await refusalOf(officer.call.shred.signCertificate({ id }))).toBe('CONFLICT')
    await finishShreds(t.app)
    const signing = officer.call.shred.signCertificate({ id })
    const bytes = Buffer.from((await whileSigning(sequencerOf(t), signing)).bundle, 'base64')
    const { manifest, entries } = await verifyBundle(
      (async function* () {
        yield bytes
      })(),
      t.app.settings.logVerifierKey,
    )
    expect(manifest).toMatchObject({ kind: 'certificate', subject: { type: 'Shred', id } })
    expect(entries.map(({ entry }) => entry.action)).toEqual(['shred.carried-out', 'shred.certified'])
    const { note } = await officer.call.shred.certificate({ id })
    expect(bytes.includes(note)).toBe(true)
    expect(manifest.files.map(({ sha256 }) => toHex(sha256))).toEqual([
      createHash('sha256').update(note).digest('hex'),
    ])
  })

  it('of two processes are made by one', async () => {
    const { patientId } = await oldPatient(t)
    await shredByTwo(t, patientId)
    const other = await t.another()
    const made = await Promise.all([finishShreds(t.app), finishShreds(other)])
    expect(made.reduce((a, b) => a + b, 0)).toBe(1)
    const lines = (await ledgerText(t)).trim().split('\n')
    expect(new Set(lines.map((line) => JSON.parse(line).body.shred)).size).toBe(lines.length)
    await other.close()
  })
})

describe('a row that says that a patient’s keys were destroyed', () => {
  it('counts for nothing where the application has not written it', async () => {
    const { patientId } = await oldPatient(t)
    const clinician = await personOn(t, 'clinician')
    await giveCare(t, patientId, clinician.id)
    await withTransaction(t.app.db, [patientId], async ({ sql }) => {
      const row = {
        id: newId(),
        patient_id: patientId,
        state: 'done',
        requested_by: newId(),
        requested_at: new Date().toISOString(),
        decided_by: newId(),
        decided_at: new Date().toISOString(),
        destroyed: '{"keys":[]}',
        final_at: new Date().toISOString(),
        final_is_bound: true,
        row_version: 1,
        seal: Buffer.alloc(49),
      }
      await sql`insert into shreds ${sql(row)}`
    })
    await t.app.shredded.look()
    expect((await clinician.call.patients.get({ id: patientId })).values).toHaveProperty('name')
    await withTransaction(
      t.app.db,
      [patientId],
      ({ sql }) => sql`update shreds set state = 'ended' where patient_id = ${patientId}`,
    ).catch(() => undefined)
    await t.database.open('chartward_owner', 1).sql.begin(async (sql) => {
      await sql`set local session_replication_role = replica`
      await sql`delete from shreds where patient_id = ${patientId}`
    })
  })
})
