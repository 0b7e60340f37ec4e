import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAppendKey } from '../../keys/key-files.ts'
import { sabotaged, sequenceAll, sequencerOf } from '../../sequencer/testing/log-kit.ts'
import { auditEntries } from '../../testing/entries.ts'
import { logRows } from '../../testing/rows.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { checkDatabase } from '../audit/check-database.ts'
import { auditRouter } from '../audit/router.ts'
import { careRouter } from '../care/router.ts'
import { importFhir } from '../import/import-fhir.ts'
import { patientsRouter } from './router.ts'

/** What the log says of lists and searches: each patient who was shown, and nobody else. */
const callerFor = createCallerFactory(
  router({ patients: patientsRouter, audit: auditRouter, care: careRouter }),
)
type Caller = ReturnType<typeof callerFor>

let test: TestApp
let officer: Caller
let nurse: Caller

/** Longer than what a name's tokens tell apart: who bears the other name is a candidate, and no match. */
const FAMILY = 'Haverstockinbury'
const OTHER_FAMILY = 'Haverstockington'

const MRN = {
  type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] },
  value: '30217744',
}
const PATIENTS = [
  ...['Ada', 'Bea', 'Cleo'].map((given) => ({ name: [{ family: FAMILY, given: [given] }] })),
  { name: [{ family: OTHER_FAMILY, given: ['Dora'] }], identifier: [MRN] },
]

beforeAll(async () => {
  test = await createTestApp()
  async function* lines(): AsyncGenerator<Uint8Array> {
    for (const [i, fields] of PATIENTS.entries())
      yield Buffer.from(`${JSON.stringify({ resourceType: 'Patient', id: `p${i}`, ...fields })}\n`)
  }
  await importFhir(test.app, lines(), { trusted: true, author: 'service:import' })
  const [privacy, ward] = [await signInAs(test.app, 'privacy-officer'), await signInAs(test.app, 'nurse')]
  officer = callerFor(privacy.context)
  nurse = callerFor(ward.context)
  for (const given of ['Ada', 'Bea'])
    await officer.care.add({ patientId: await idOf(given), userId: ward.userId, reason: 'on the ward' })
})
afterAll(() => test.stop())

const idOf = async (given: string): Promise<string> => {
  const { items } = await officer.patients.search({ by: 'name', text: given })
  return items[0]?.id ?? ''
}

const last = async (action: 'patient.searched' | 'patient.listed') => {
  const entry = (await auditEntries(test.app, action)).at(-1)
  if (entry === undefined) throw new Error('there is no such entry')
  return entry
}

/** The entries that an auditor finds for the patient. */
const foundFor = async (given: string): Promise<string[]> => {
  const patientId = await idOf(given)
  return (await officer.audit.search({ patientId, limit: 100 })).items.map(({ id }) => id)
}

describe('a list', () => {
  it('names in the log each patient whom it has shown, and is found by each of them and no other', async () => {
    const { items } = await nurse.patients.mine({})
    const entry = await last('patient.listed')
    expect(entry.facts.patients).toEqual(items.map(({ id }) => id).toSorted())
    expect(entry.count).toBe(2)
    expect(await foundFor('Ada')).toContain(entry.id)
    expect(await foundFor('Bea')).toContain(entry.id)
    expect(await foundFor('Cleo')).not.toContain(entry.id)
  })
})

describe('a search', () => {
  it('names each patient whom it has found; the only one as the patient of its entry', async () => {
    const { items } = await officer.patients.search({ by: 'name', text: FAMILY })
    const all = await last('patient.searched')
    expect(items).toHaveLength(3)
    expect(all).toMatchObject({ patientId: null, facts: { patients: items.map(({ id }) => id).toSorted() } })
    expect(await foundFor('Cleo')).toContain(all.id)
    const cleo = await idOf('Cleo')
    const one = await last('patient.searched')
    expect(one.patientId).toBe(cleo)
    expect(one.facts).not.toHaveProperty('patients')
    expect(await foundFor('Cleo')).toContain(one.id)
  })

  it('says of fields what the answer held, not what was opened on the way to it', async () => {
    const shown = async (text: string) => {
      await officer.patients.search({ by: 'name', text })
      const { fields, masked, count, facts } = await last('patient.searched')
      return { fields: [...fields, ...masked], count, patients: facts.patients }
    }
    expect((await shown(OTHER_FAMILY)).fields).toContain('Patient.mrn')
    const three = await shown(FAMILY)
    expect(three.count).toBe(3)
    expect(three.fields).toContain('Patient.name')
    expect(three.fields).not.toContain('Patient.mrn')
    expect(await shown('Nobody')).toEqual({ fields: [], count: 0, patients: undefined })
  })
})

it('a row taken from or added to what a search by patient goes by is named by the check', async () => {
  await nurse.patients.mine({})
  const { id } = await last('patient.listed')
  await logRows(test.app)
  await sequenceAll(sequencerOf(test))
  const owner = test.database.open('chartward_owner', 2)
  const options = {
    appendKey: readAppendKey(test.files),
    verifierKey: test.app.settings.logVerifierKey,
  }
  const auditor = test.database.open('chartward_auditor', 1)
  expect((await checkDatabase(auditor.sql, options)).problems).toEqual([])
  const after = (change: Parameters<typeof sabotaged>[1]) =>
    sabotaged(owner, change, (sql) => checkDatabase(sql, options))
  const taken = await after((sql) => sql`delete from audit_entry_patients where entry_id = ${id}`)
  expect(taken.problems).toMatchObject([{ code: 'column-changed', entryId: id }])
  const added = await after((sql) => sql`insert into audit_entry_patients values (${id}, gen_random_uuid())`)
  expect(added.problems).toMatchObject([{ code: 'column-changed', entryId: id }])
})
