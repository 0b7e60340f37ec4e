import { withTransaction } from '@chartward/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditEntries } from '../../../testing/entries.ts'
import { holdEntriesOf } from '../../../testing/log-unwritable.ts'
import { signInAs } from '../../../testing/sign-in.ts'
import type { TestApp } from '../../../testing/test-app.ts'
import { createCallerFactory } from '../../../trpc/trpc.ts'
import { exportsRouter } from '../router.ts'
import { createTestHouse, filesOf, importAll } from '../testing/house.ts'
import { BuildTaken, buildRelease } from './build-release.ts'
import { deleteExpiredRelease } from './delete-expired.ts'
import { readPieces } from './pieces.ts'

const caller = createCallerFactory(exportsRouter)
const NEVER = new AbortController().signal

/** A patient whose MRN has the form of a medication code, and the medication. */
const patientWith = (number: string, code: string): unknown[] => {
  const id = `p-${number}`
  return [
    {
      resourceType: 'Patient',
      id,
      birthDate: '1970-03-04',
      name: [{ family: 'Okonkwo', given: ['Adaeze'] }],
      identifier: [
        {
          type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] },
          value: number,
        },
      ],
    },
    {
      resourceType: 'MedicationRequest',
      id: `m-${number}`,
      status: 'active',
      intent: 'order',
      subject: { reference: `Patient/${id}` },
      medicationCodeableConcept: {
        coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code }],
      },
    },
  ]
}

const approvedIn = async (
  { app }: TestApp,
  types: ('Patient' | 'Encounter' | 'MedicationRequest')[] = ['Patient', 'MedicationRequest'],
): Promise<string> => {
  const analyst = await signInAs(app, 'analyst')
  const officer = await signInAs(app, 'privacy-officer')
  const { id } = await caller(analyst.context).request({
    purpose: 'to see what becomes of it',
    types,
  })
  await caller(officer.context).approve({ id, reason: 'a test', attestation: true })
  return id
}

const stateOf = async ({ app }: TestApp, id: string) => {
  const [row] = await app.db.sql<{ status: string; failure: string | null; chunks: number }[]>`
    select status, failure, (select count(*)::int from release_chunks where export_id = e.id) as chunks
    from export_requests e where id = ${id}`
  return row
}

const patientsOf = async ({ app }: TestApp): Promise<string[]> =>
  withTransaction(app.db, 'all', async ({ sql }) => {
    const rows = await sql<{ id: string }[]>`select id from patients order by id`
    return rows.map(({ id }) => id)
  })

describe('a build', () => {
  let house: TestApp
  beforeAll(async () => {
    house = await createTestHouse()
    await importAll(house, patientWith('30217744', '197361'))
  })
  afterAll(() => house.stop())

  it('that is cut off leaves nothing but its status, and the next one finishes', async () => {
    const id = await approvedIn(house)
    const cut = new AbortController()
    cut.abort()
    await expect(buildRelease(house.app, id, cut.signal)).rejects.toThrow()
    expect(await stateOf(house, id)).toEqual({ status: 'building', failure: null, chunks: 0 })
    const named = async () =>
      (await auditEntries(house.app, 'export.patients-read'))
        .filter(({ resource }) => resource.id === id)
        .map(({ facts, count }) => ({ patients: facts.patients, count }))
    // Also the one that came to nothing has read them.
    const ids = [...(await patientsOf(house))]
    expect(await named()).toEqual([{ patients: ids, count: ids.length }])
    await buildRelease(house.app, id, NEVER)
    expect(await named()).toHaveLength(2)
    expect(await stateOf(house, id)).toEqual({ status: 'ready', failure: null, chunks: 2 })
  })

  it('run again after it was done changes nothing', async () => {
    const id = await approvedIn(house)
    await buildRelease(house.app, id, NEVER)
    const before = await house.app.db.sql`select * from release_chunks where export_id = ${id}`
    await buildRelease(house.app, id, NEVER)
    expect(await house.app.db.sql`select * from release_chunks where export_id = ${id}`).toEqual(before)
    const built = (await auditEntries(house.app, 'export.built')).filter(({ resource }) => resource.id === id)
    expect(built).toHaveLength(1)
  })

  it('of a request that was not approved reads and writes nothing', async () => {
    const analyst = await signInAs(house.app, 'analyst')
    const { id } = await caller(analyst.context).request({
      purpose: 'to be built unasked',
      types: ['Patient'],
    })
    await buildRelease(house.app, id, NEVER)
    expect(await stateOf(house, id)).toEqual({ status: 'requested', failure: null, chunks: 0 })
  })

  it('is in the hands of one runner: of two at once one builds and the other is told so', async () => {
    const id = await approvedIn(house)
    const outcomes = await Promise.all(
      [1, 2].map(() =>
        buildRelease(house.app, id, NEVER).then(
          () => 'done',
          (error: unknown) => (error instanceof BuildTaken ? 'taken' : error),
        ),
      ),
    )
    expect(outcomes).toContain('done')
    expect(outcomes.every((outcome) => outcome === 'done' || outcome === 'taken')).toBe(true)
    expect(await stateOf(house, id)).toMatchObject({ status: 'ready', chunks: 2 })
    const built = (await auditEntries(house.app, 'export.built')).filter(({ resource }) => resource.id === id)
    expect(built).toHaveLength(1)
  })

  it('is not seen half: until it is ready nobody else sees a piece of it', async () => {
    const id = await approvedIn(house)
    const owner = house.database.open('chartward_owner', 2)
    const held = await holdEntriesOf(owner, 'export.built')
    const building = buildRelease(house.app, id, NEVER)
    await expect.poll(held.waiting, { timeout: 30_000 }).toBe(1)
    // All pieces have been written and verified; the entry of it waits.
    expect(await stateOf(house, id)).toEqual({ status: 'building', failure: null, chunks: 0 })
    await held.letGo()
    await building
    expect(await stateOf(house, id)).toEqual({ status: 'ready', failure: null, chunks: 2 })
  })

  it('deletes its files once they have expired, not before', async () => {
    const id = await approvedIn(house)
    await buildRelease(house.app, id, NEVER)
    await expect(deleteExpiredRelease(house.app, id)).rejects.toThrow('not expired')
    expect(await stateOf(house, id)).toMatchObject({ chunks: 2 })
    const built = house.now
    house.now = new Date(built.getTime() + 7 * 24 * 60 * 60 * 1000)
    await deleteExpiredRelease(house.app, id)
    expect(await stateOf(house, id)).toEqual({ status: 'ready', failure: null, chunks: 0 })
    const logged = async () =>
      (await auditEntries(house.app, 'export.expired')).filter(({ resource }) => resource.id === id)
    expect(await logged()).toMatchObject([
      { actor: { kind: 'service', name: 'expire-release' }, change: { before: { pieces: 2 }, after: null } },
    ])
    await deleteExpiredRelease(house.app, id)
    expect(await logged()).toHaveLength(1)
    house.now = built
  })
})

describe('an export of two sources', () => {
  it('keeps people apart whom their sources give the same id', async () => {
    const two = await createTestHouse()
    const patient = { resourceType: 'Patient', id: 'p1', gender: 'female' }
    const visit = {
      resourceType: 'Encounter',
      id: 'e1',
      status: 'finished',
      class: { code: 'AMB' },
      subject: { reference: 'Patient/p1' },
    }
    await importAll(two, [patient, visit])
    await importAll(two, [patient, visit], 'lab')
    const id = await approvedIn(two, ['Patient', 'Encounter'])
    await buildRelease(two.app, id, NEVER)
    const files = await filesOf(readPieces(two.app.db, two.app.keyring, id, 'ndjson'))
    const rowsOf = (name: string): Record<string, unknown>[] =>
      (files.get(name) ?? '')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    const [patients, visits] = [rowsOf('Patient.ndjson'), rowsOf('Encounter.ndjson')]
    expect(new Set(patients.map((row) => row.id)).size).toBe(2)
    expect(new Set(visits.map((row) => row.id)).size).toBe(2)
    // Each visit with its own patient.
    expect(visits.map(({ subject }) => subject).toSorted(byText)).toEqual(
      patients.map(({ id }) => ({ reference: `Patient/${id}` })).toSorted(byText),
    )
    await two.stop()
  })
})

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

describe('an export of records that are not as they read', () => {
  it('has none of them, and says how many there were and why', async () => {
    const house = await createTestHouse()
    const subject = { reference: 'Patient/said' }
    const order = (id: string, elements: object) => ({
      resourceType: 'MedicationRequest',
      id,
      status: 'active',
      intent: 'order',
      subject,
      medicationCodeableConcept: {
        coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '855332' }],
      },
      ...elements,
    })
    const strange = [{ url: 'https://example.org/negated', valueBoolean: true }]
    await importAll(house, [
      { resourceType: 'Patient', id: 'said' },
      order('plain', {}),
      order('not', { doNotPerform: true }),
      order('error', { status: 'entered-in-error' }),
      order('strange', { dosageInstruction: [{ modifierExtension: strange }] }),
      // In a class that a release never reads on.
      order('deep', { note: [{ text: 'see there', modifierExtension: strange }] }),
      order('secret', { meta: { security: [{ code: 'R' }] } }),
      { resourceType: 'Patient', id: 'hidden', meta: { security: [{ code: 'V' }] } },
      order('of-hidden', { subject: { reference: 'Patient/hidden' } }),
    ])
    const id = await approvedIn(house)
    await buildRelease(house.app, id, NEVER)
    const files = await filesOf(readPieces(house.app.db, house.app.keyring, id, 'ndjson'))
    const orders = (files.get('MedicationRequest.ndjson') ?? '').trim().split('\n')
    expect(orders).toHaveLength(1)
    expect(JSON.parse(orders[0] ?? '')).toMatchObject({ status: 'active' })
    expect((files.get('Patient.ndjson') ?? '').trim().split('\n')).toHaveLength(1)
    expect(JSON.parse(files.get('manifest.json') ?? '')).toMatchObject({
      patients: 1,
      patientsLeftOut: 1,
      recordsLeftOut: { labelled: 1, 'not-understood': 2, retracted: 1, negated: 1 },
      counts: { Patient: 1, MedicationRequest: 1 },
    })
    await house.stop()
  })
})

describe('a build that must not be released', () => {
  it('fails where the finished files hold an identifier of the source, and says of what kind, never which', async () => {
    const house = await createTestHouse()
    const number = '48213390'
    await importAll(house, patientWith(number, number))
    const id = await approvedIn(house)
    await buildRelease(house.app, id, NEVER)
    expect(await stateOf(house, id)).toEqual({ status: 'failed', failure: 'identifier-found', chunks: 0 })
    const [entry] = await auditEntries(house.app, 'export.build-failed')
    expect(entry).toMatchObject({
      outcome: 'failure',
      actor: { kind: 'service', name: 'build-export' },
      change: { after: { status: 'failed', failure: 'identifier-found', facts: { mrn: 1 } } },
    })
    expect(JSON.stringify(entry)).not.toContain(number)
    expect(await auditEntries(house.app, 'export.built')).toEqual([])
    await house.stop()
  })

  it('fails where a stored record is not what was written', async () => {
    const house = await createTestHouse()
    await importAll(house, patientWith('30217744', '197361'))
    const id = await approvedIn(house)
    const owner = house.database.open('chartward_owner', 1)
    await owner.sql`set session_replication_role = replica`
    const changed = await owner.sql`
      update record_versions set clinical = set_byte(clinical, 60, get_byte(clinical, 60) # 1)
      where record_id in (select id from records where resource_type = 'MedicationRequest') returning record_id`
    expect(changed).toHaveLength(1)
    await buildRelease(house.app, id, NEVER)
    expect(await stateOf(house, id)).toEqual({ status: 'failed', failure: 'records-untrusted', chunks: 0 })
    await house.stop()
  })
})
