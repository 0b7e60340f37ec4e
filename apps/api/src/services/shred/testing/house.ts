import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { newId } from '../../../core/ids.ts'
import { installQueue } from '../../../jobs/install-queue.ts'
import { createTestApp, type TestApp } from '../../../testing/test-app.ts'
import { newFamily, type Person, personOn } from '../../break-glass/testing/ward.ts'
import { condition, importTexts, ndjson, patient } from '../../import/testing/inputs.ts'
import { ledgerFile } from '../ledger.ts'

export const reason = 'The retention has passed, and the file on paper was destroyed'

export interface ShredHouse extends TestApp {
  readonly store: string
  readonly officer: Person
  readonly second: Person
}

/** An installation whose ledger stands in a folder, with two privacy officers. */
export const createShredHouse = async (): Promise<ShredHouse> => {
  const store = await mkdtemp(join(tmpdir(), 'chartward-ledger-'))
  const t = await createTestApp({ connections: 10, logStore: store, keysLogged: true })
  await installQueue(t.database.url('chartward_owner'))
  const officer = await personOn(t, 'privacy-officer')
  const second = await personOn(t, 'privacy-officer')
  return {
    ...t,
    store,
    officer,
    second,
    get now() {
      return t.now
    },
    set now(value: Date) {
      t.now = value
    },
    stop: async () => {
      await t.stop()
      await rm(store, { recursive: true, force: true })
    },
  }
}

export interface OldPatient {
  readonly patientId: PatientId
  readonly sourceId: string
  readonly family: string
  readonly mrn: string
  /** What an import has brought, to be brought again. */
  readonly text: string
}

/** A patient whose last record is of 2001, unless told: born in 1940, with a claim and a diagnosis. */
export const oldPatient = async (
  t: TestApp,
  {
    born = '1940-03-02',
    last = '2001-05-06',
    more = [],
  }: { born?: string | null; last?: string | null; more?: readonly object[] } = {},
): Promise<OldPatient> => {
  const sourceId = newId()
  const family = newFamily()
  const mrn = sourceId.slice(-12).toUpperCase()
  const subject = { reference: `Patient/${sourceId}` }
  const text = ndjson(
    patient(sourceId, family, {
      ...(born === null ? {} : { birthDate: born }),
      identifier: [{ type: { coding: [{ code: 'MR' }] }, value: mrn }],
    }),
    condition(`${sourceId}-c`, sourceId, 'A broken hip', last === null ? {} : { onsetDateTime: last }),
    {
      resourceType: 'Claim',
      id: `${sourceId}-claim`,
      status: 'active',
      use: 'claim',
      patient: subject,
      created: '2001-05-01',
      billablePeriod: { start: '2001-05-01', end: '2001-05-01' },
      identifier: [{ value: `C-${mrn}` }],
    },
    ...more.map((one) => ({ ...one, subject })),
  )
  const { problems } = await importTexts(t.app, { 'one.ndjson': text })
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  const [found] = await t.database.open('chartward_owner', 1).sql<
    { id: PatientId }[]
  >`select id from patients order by created_at desc, id desc limit 1`
  if (found === undefined) throw new Error('the patient was not found')
  return { patientId: found.id, sourceId, family, mrn, text }
}

/** Asks for a destruction, and has the second person agree. */
export const shredByTwo = async (
  { officer, second }: Pick<ShredHouse, 'officer' | 'second'>,
  patientId: PatientId,
): Promise<void> => {
  const { approvalId } = await officer.call.shred.request({ patientId, reason })
  await second.call.shred.approve({ patientId, approvalId, reason })
}

/** How many rows of a patient each table has. */
export const rowsLeft = (t: TestApp, patientId: PatientId): Promise<Record<string, number>> =>
  withTransaction(t.app.db, [patientId], async ({ sql }) => {
    const tables = ['search_tokens', 'claim_tokens', 'care_tokens', 'source_ids', 'chart_segments']
    const counts: [string, number][] = []
    for (const table of tables) {
      const [row] = await sql<{ n: number }[]>`
        select count(*)::int as n from ${sql(table)} where patient_id = ${patientId}`
      counts.push([table, row?.n ?? 0])
    }
    const [living] = await sql<{ n: number }[]>`
      select count(*)::int as n from patient_keys where patient_id = ${patientId} and wrapped <> ''`
    return Object.fromEntries([...counts, ['living_keys', living?.n ?? 0]])
  })

export const NOTHING_LEFT = {
  search_tokens: 0,
  claim_tokens: 0,
  care_tokens: 0,
  source_ids: 0,
  chart_segments: 0,
  living_keys: 0,
}

export const ledgerText = ({ store }: ShredHouse): Promise<string> => readFile(ledgerFile(store), 'utf8')
