import { type Database, withTransaction } from '@chartward/db'
import { npiOf } from '@chartward/fhir'
import type { PatientId } from '@chartward/policy'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { patientsInCareOf } from '../../care/relationship.ts'
import { newId } from '../../core/ids.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { type SignInOptions, signInAs, type TestSignIn } from '../../testing/sign-in.ts'
import type { TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { approvalsRouter } from '../approvals/router.ts'
import { looking } from '../auth/testing/person.ts'
import { practitionerByNpi } from '../directory/directory.ts'
import { createTestHouse } from '../exports/testing/house.ts'
import { importTexts, ndjson, patient } from '../import/testing/inputs.ts'
import { linkPractitioner } from '../users/link-practitioner.ts'
import { finishWork } from '../works/testing/finish-work.ts'
import { uploadsRouter } from './router.ts'
import { receive, uploadAll } from './testing/uploading.ts'

const SYSTEM = 'http://hl7.org/fhir/sid/us-npi'
const DAY_MS = 86_400_000
const reason = 'Checked with the hospital by telephone'

const callers = createCallerFactory(router({ uploads: uploadsRouter, approvals: approvalsRouter }))

let house: TestApp
let owner: Database
let uploader: TestSignIn
let second: TestSignIn
beforeAll(async () => {
  house = await createTestHouse()
  owner = house.database.open('chartward_owner', 2)
})
beforeEach(async () => {
  uploader = await signInAs(house.app, 'administrator')
  second = await signInAs(house.app, 'administrator')
})
afterAll(() => house?.stop())

let made = 0
const fresh = (): string => {
  made += 1
  return `t${made}`
}
const freshNpi = (): string => {
  made += 1
  const nine = `97${String(made).padStart(7, '0')}`
  return [...'0123456789'].map((digit) => `${nine}${digit}`).find((npi) => npiOf(npi) !== null) ?? ''
}

const practitioner = (id: string, npi: string, family = 'Reed') => ({
  resourceType: 'Practitioner',
  id,
  name: [{ family }],
  identifier: [{ system: SYSTEM, value: npi }],
})
const encounter = (id: string, of: string, by: string, more: object = {}) => ({
  resourceType: 'Encounter',
  id,
  status: 'in-progress',
  class: { code: 'AMB' },
  subject: { reference: `Patient/${of}` },
  participant: [{ individual: { reference: `Practitioner/${by}` } }],
  period: { start: '2026-01-05' },
  ...more,
})

/** Somebody whom the directory of the operator knows, with an account. */
const clinician = async (roles: string | string[] = 'clinician', options: SignInOptions = {}) => {
  const npi = freshNpi()
  await importTexts(house.app, { 'd.ndjson': ndjson(practitioner(fresh(), npi)) })
  const entry = await practitionerByNpi(house.app, npi)
  const signedIn = await signInAs(house.app, roles, { practitionerId: entry?.id ?? '', ...options })
  return { ...signedIn, npi, practitionerId: entry?.id ?? '' }
}

/** An upload of one patient, whom these are said to treat. */
const uploadOf = async (npis: readonly string[], by = uploader, source = fresh()) => {
  const [p, ids] = [fresh(), npis.map(() => fresh())]
  const lines = [
    ...npis.map((npi, i) => practitioner(ids[i] ?? '', npi)),
    patient(p, `Family${p}`),
    ...ids.map((id, i) => encounter(`${p}e${i}`, p, id)),
  ]
  return { id: await uploadAll(by, lines, source), p, ids, source }
}

const as = ({ context }: TestSignIn) => {
  const { uploads, approvals } = callers(context)
  return { uploads, approvals: looking(approvals), unseen: approvals }
}
const ask = (id: string, by = uploader) => as(by).uploads.requestTrust({ id, reason })
const inCare = async ({ userId }: Pick<TestSignIn, 'userId'>): Promise<PatientId[]> =>
  (await patientsInCareOf(house.app, userId, house.now)).map(({ patientId }) => patientId)
const withdraw = async (id: string) => {
  const { workId } = await as(uploader).uploads.withdraw({ id, reason })
  await finishWork(house.app, workId)
}
const trustOf = async (id: string) => {
  const { trust, mayAskTrust } = await as(uploader).uploads.get({ id })
  return [trust?.state ?? null, mayAskTrust]
}

describe('an upload that two people trust', () => {
  it('gives those whom it names their patients, as the second person has seen, with an entry of each', async () => {
    const reed = await clinician()
    const { id, source } = await uploadOf([reed.npi, freshNpi()])
    expect(await inCare(reed)).toEqual([])
    expect(await trustOf(id)).toEqual([null, true])
    const { approvalId } = await ask(id)
    expect(await inCare(reed)).toEqual([])
    expect(await trustOf(id)).toEqual(['waiting', false])
    const { terms } = await as(second).approvals.get({ id: approvalId })
    expect(terms).toMatchObject({
      kind: 'upload-trust',
      line: `Trust an upload from ${source}`,
      subject: null,
      upload: {
        id,
        source,
        uploadedBy: { id: uploader.userId },
        patients: 1,
        gains: [{ person: { id: reed.userId }, patients: 1, kinds: ['encounter'] }],
        unlinked: 1,
      },
      reason,
    })
    expect(terms.upload?.gains[0]?.from).toBe('2026-01-05T00:00:00.000Z')
    await as(second).approvals.approve({ id: approvalId })
    const [patientId] = await inCare(reed)
    expect(patientId).toBeDefined()
    expect(await trustOf(id)).toEqual(['trusted', true])
    const entry = (await auditEntries(house.app, 'import.trusted')).at(-1)
    expect(entry).toMatchObject({
      outcome: 'success',
      actor: { kind: 'user', id: second.userId },
      resource: { type: 'Upload', id },
      patientId,
      change: { after: { trusted: true, approval: approvalId } },
    })
    const rows = await owner.sql<{ id: string; ends_at: Date }[]>`
      select id, ends_at from care_relationships where user_id = ${reed.userId}`
    expect(entry?.facts.careRelationships).toEqual(rows.map((row) => row.id))
    // Nobody said an end: it counts for a year at most.
    const days = (new Date(rows[0]?.ends_at ?? 0).getTime() - house.now.getTime()) / DAY_MS
    expect(days).toBeGreaterThan(363)
    expect(days).toBeLessThanOrEqual(365)
  })

  it('gives nothing twice, and may be asked for again once somebody else is linked', async () => {
    const [reed, npi] = [await clinician(), freshNpi()]
    await importTexts(house.app, { 'd.ndjson': ndjson(practitioner(fresh(), npi)) })
    const { id } = await uploadOf([reed.npi, npi])
    await as(second).approvals.approve({ id: (await ask(id)).approvalId })
    expect(await refusalOf(ask(id))).toBe('CONFLICT')
    const entry = await practitionerByNpi(house.app, npi)
    const moss = await signInAs(house.app, 'clinician', { practitionerId: entry?.id ?? '' })
    const { approvalId } = await ask(id)
    const { terms } = await as(second).approvals.get({ id: approvalId })
    expect(terms.upload?.gains.map(({ person }) => person.id)).toEqual([moss.userId])
    await as(second).approvals.approve({ id: approvalId })
    expect(await inCare(moss)).toEqual(await inCare(reed))
    expect(await refusalOf(as(second).approvals.approve({ id: approvalId }))).toBe('CONFLICT')
    expect(await owner.sql`select from care_relationships where user_id = ${reed.userId}`).toHaveLength(1)
  })

  it('gives nothing any more once it is withdrawn', async () => {
    const reed = await clinician()
    const { id } = await uploadOf([reed.npi])
    await as(second).approvals.approve({ id: (await ask(id)).approvalId })
    expect(await inCare(reed)).toHaveLength(1)
    await withdraw(id)
    expect(await inCare(reed)).toEqual([])
    expect(await refusalOf(ask(id))).toBe('CONFLICT')
  })

  it('ends with its upload even where an earlier one said the same care', async () => {
    const reed = await clinician()
    const { p, ids, source } = await uploadOf([reed.npi])
    const again = [encounter(`${p}e0`, p, ids[0] ?? '', { class: { code: 'EMER' } })]
    const id = await uploadAll(uploader, again, source)
    await as(second).approvals.approve({ id: (await ask(id)).approvalId })
    expect(await inCare(reed)).toHaveLength(1)
    await withdraw(id)
    expect(await inCare(reed)).toEqual([])
  })

  it('gives nothing any more where a later upload of its system says otherwise', async () => {
    const reed = await clinician()
    const { id, p, ids, source } = await uploadOf([reed.npi])
    await as(second).approvals.approve({ id: (await ask(id)).approvalId })
    expect(await inCare(reed)).toHaveLength(1)
    await uploadAll(uploader, [encounter(`${p}e0`, p, ids[0] ?? '', { status: 'entered-in-error' })], source)
    expect(await inCare(reed)).toEqual([])
  })

  it('gives what another upload has said to nobody', async () => {
    const [reed, moss] = [await clinician(), await clinician()]
    const { id, p, source } = await uploadOf([reed.npi])
    const d = fresh()
    await uploadAll(uploader, [practitioner(d, moss.npi), encounter(fresh(), p, d)], source)
    await as(second).approvals.approve({ id: (await ask(id)).approvalId })
    expect(await inCare(reed)).toHaveLength(1)
    expect(await inCare(moss)).toEqual([])
  })
})

describe('nobody who uploads, asks or decides gains by it', () => {
  it('not whoever uploaded it, though others ask and decide', async () => {
    const mallory = await clinician(['administrator', 'clinician'])
    const { id } = await uploadOf([mallory.npi, (await clinician()).npi], mallory)
    expect(await refusalOf(ask(id, second))).toBe('FORBIDDEN')
    expect(await refusalOf(ask(id, mallory))).toBe('FORBIDDEN')
    const refused = (await auditEntries(house.app, 'import.trust-requested')).at(-1)
    expect(refused).toMatchObject({ outcome: 'refused', resource: { type: 'Upload', id } })
  })

  it('not whoever asks', async () => {
    const mallory = await clinician(['administrator', 'clinician'])
    const { id } = await uploadOf([mallory.npi])
    expect(await refusalOf(ask(id, mallory))).toBe('FORBIDDEN')
    expect(await inCare(mallory)).toEqual([])
  })

  it('not whoever decides', async () => {
    const mallory = await clinician(['administrator', 'clinician'])
    const { id } = await uploadOf([mallory.npi])
    const { approvalId } = await ask(id)
    expect(await refusalOf(as(mallory).approvals.approve({ id: approvalId }))).toBe('FORBIDDEN')
    expect(await inCare(mallory)).toEqual([])
    expect(await trustOf(id)).toEqual(['waiting', false])
    await as(second).approvals.approve({ id: approvalId })
    expect(await inCare(mallory)).toHaveLength(1)
  })

  it('not by a link that comes between asking and deciding', async () => {
    const [reed, npi] = [await clinician(), freshNpi()]
    await importTexts(house.app, { 'd.ndjson': ndjson(practitioner(fresh(), npi)) })
    const { id } = await uploadOf([reed.npi, npi])
    const third = await signInAs(house.app, 'administrator')
    const { approvalId } = await ask(id, third)
    await link(third, npi)
    expect(await refusalOf(as(second).approvals.approve({ id: approvalId }))).toBe('FORBIDDEN')
    expect(await inCare(reed)).toEqual([])
  })

  it('not by a link that comes afterwards', async () => {
    const [reed, npi] = [await clinician(), freshNpi()]
    await importTexts(house.app, { 'd.ndjson': ndjson(practitioner(fresh(), npi)) })
    const { id } = await uploadOf([reed.npi, npi])
    await as(second).approvals.approve({ id: (await ask(id)).approvalId })
    for (const person of [uploader, second]) {
      await link(person, npi)
      expect(await inCare(person)).toEqual([])
      await link(person, null)
    }
    expect(await inCare(reed)).toHaveLength(1)
  })

  it('and whoever becomes another practitioner keeps nothing that they had as the one before', async () => {
    const [reed, npi] = [await clinician(), freshNpi()]
    await importTexts(house.app, { 'd.ndjson': ndjson(practitioner(fresh(), npi)) })
    const { id } = await uploadOf([reed.npi])
    await as(second).approvals.approve({ id: (await ask(id)).approvalId })
    expect(await inCare(reed)).toHaveLength(1)
    await link(reed, npi)
    expect(await inCare(reed)).toEqual([])
  })
})

/** Makes somebody a practitioner, as an approved request would; null: they are nobody any more. */
const link = async ({ userId }: TestSignIn, npi: string | null): Promise<void> => {
  const found = npi === null ? null : await practitionerByNpi(house.app, npi)
  await withTransaction(house.app.db, 'none', (tx) =>
    linkPractitioner(
      tx,
      house.app,
      { actor: { kind: 'service', name: 'test' } },
      {
        userId,
        // A practitioner of nobody's care.
        practitionerId: found?.id ?? newId(),
      },
    ),
  )
}

describe('trusting an upload is refused', () => {
  it('to others than administrators, without a fresh factor, and of what nobody uploaded', async () => {
    const { id } = await uploadOf([(await clinician()).npi])
    for (const role of ['clinician', 'billing', 'privacy-officer', 'auditor']) {
      const by = await signInAs(house.app, role)
      expect([role, await refusalOf(ask(id, by))]).toEqual([role, 'FORBIDDEN'])
    }
    const stale = await signInAs(house.app, 'administrator', { factorAt: null })
    expect(await refusalOf(ask(id, stale))).toBe('STEP_UP_REQUIRED')
    expect(await refusalOf(ask(newId()))).toBe('NOT_FOUND')
  })

  it('to whoever asked, and to whoever uploaded it', async () => {
    const reed = await clinician()
    const { id } = await uploadOf([reed.npi])
    const { approvalId } = await ask(id, second)
    expect(await refusalOf(as(second).approvals.approve({ id: approvalId }))).toBe('SECOND_PERSON_REQUIRED')
    expect(await refusalOf(as(uploader).approvals.approve({ id: approvalId }))).toBe('SECOND_PERSON_REQUIRED')
    expect(await inCare(reed)).toEqual([])
  })

  it('while it is imported, where nobody gains, and where somebody asks already', async () => {
    const reed = await clinician()
    const { id: early, workId } = await receive(uploader, ndjson(patient(fresh(), 'Early')))
    expect(await refusalOf(ask(early))).toBe('CONFLICT')
    await finishWork(house.app, workId)
    expect(await refusalOf(ask(early))).toBe('CONFLICT')
    const { id } = await uploadOf([reed.npi])
    await ask(id)
    expect(await refusalOf(ask(id, second))).toBe('CONFLICT')
  })

  it('where it would give something else than what was shown', async () => {
    const [reed, npi] = [await clinician(), freshNpi()]
    await importTexts(house.app, { 'd.ndjson': ndjson(practitioner(fresh(), npi)) })
    const { id } = await uploadOf([reed.npi, npi])
    const { approvalId } = await ask(id)
    const { hash } = await as(second).approvals.get({ id: approvalId })
    const entry = await practitionerByNpi(house.app, npi)
    const moss = await signInAs(house.app, 'clinician', { practitionerId: entry?.id ?? '' })
    expect(await refusalOf(as(second).unseen.approve({ id: approvalId, hash }))).toBe('CONFLICT')
    expect([await inCare(reed), await inCare(moss)]).toEqual([[], []])
  })

  it('of what is withdrawn meanwhile, also at the same moment', async () => {
    const reed = await clinician()
    const { id } = await uploadOf([reed.npi])
    const { approvalId } = await ask(id)
    const { hash } = await as(second).approvals.get({ id: approvalId })
    const [taken] = await Promise.allSettled([
      as(uploader).uploads.withdraw({ id, reason }),
      as(second).unseen.approve({ id: approvalId, hash }),
    ])
    if (taken.status === 'rejected') throw taken.reason
    await finishWork(house.app, taken.value.workId)
    expect(await inCare(reed)).toEqual([])
    const { id: other } = await uploadOf([reed.npi])
    const asked = await ask(other)
    const seen = await as(second).approvals.get({ id: asked.approvalId })
    // Asked for, and not done yet.
    await as(uploader).uploads.withdraw({ id: other, reason })
    const late = as(second).unseen.approve({ id: asked.approvalId, hash: seen.hash })
    expect(await refusalOf(late)).toBe('CONFLICT')
    expect(await inCare(reed)).toEqual([])
  })
})

describe('what whoever writes to the database adds', () => {
  it('makes no record of another upload one of this', async () => {
    const [reed, moss] = [await clinician(), await clinician()]
    const { id, p, source } = await uploadOf([reed.npi])
    const d = fresh()
    const other = await uploadAll(uploader, [practitioner(d, moss.npi), encounter(fresh(), p, d)], source)
    await owner.sql`alter table record_versions disable trigger user`
    await owner.sql`
      update record_versions v set entry_id = (
        select e.id from audit_entries e join uploads u on u.request_id = e.request_id
        where u.id = ${id} and e.patient_id = v.patient_id and e.action = 'record.imported' limit 1)
      where v.entry_id in (select e.id from audit_entries e join uploads u on u.request_id = e.request_id
        where u.id = ${other} and e.patient_id is not null)`
    await owner.sql`alter table record_versions enable trigger user`
    await as(second).approvals.approve({ id: (await ask(id)).approvalId })
    expect(await inCare(reed)).toHaveLength(1)
    expect(await inCare(moss)).toEqual([])
  })

  it('gives nobody anything: neither a trusted row nor a practitioner of an account', async () => {
    const [reed, mallory] = [await clinician(), await signInAs(house.app, 'clinician')]
    const { id } = await uploadOf([reed.npi])
    await owner.sql`update users set practitioner_id = ${newId()} where id = ${reed.userId}`
    await owner.sql`update users set practitioner_id = ${reed.practitionerId} where id = ${mallory.userId}`
    expect(await refusalOf(ask(id))).toBe('CONFLICT')
    await owner.sql`update care_relationships set trusted = true where practitioner_id = ${reed.practitionerId}`
    expect(await inCare(mallory)).toEqual([])
  })
})
