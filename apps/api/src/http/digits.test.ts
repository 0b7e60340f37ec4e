import { withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId, nilId } from '../core/ids.ts'
import { buildRelease } from '../services/exports/build/build-release.ts'
import { readPieces } from '../services/exports/build/pieces.ts'
import { exportsRouter } from '../services/exports/router.ts'
import { createTestHouse, filesOf } from '../services/exports/testing/house.ts'
import { type ImportProblem, importFhir } from '../services/import/import-fhir.ts'
import { SESSION_COOKIE } from '../sessions/sessions.ts'
import { insertVouched } from '../testing/rows.ts'
import { signInAs } from '../testing/sign-in.ts'
import type { TestApp } from '../testing/test-app.ts'
import { createCallerFactory } from '../trpc/trpc.ts'
import { CLASS_ORDER } from '../vault/class-order.ts'
import { openRecord } from '../vault/open-record.ts'
import { selectVersions } from '../vault/select-versions.ts'
import { serveTest } from './testing/served.ts'

const DIGITS = [
  '1.50',
  '0.010',
  '100.0',
  '0.004',
  '-0.0',
  '1.0e-7',
  '1E5',
  '12345678901234567890',
  '0.12345678901234567890',
]
/** Safe Harbor's own rule rounds what has more than seven digits: see records/safe-harbor/numbers.ts. */
const RELEASED = [
  '1.50',
  '0.010',
  '100.0',
  '0.004',
  '-0.0',
  '1.0e-7',
  '1E5',
  '12300000000000000000',
  '0.1234568',
]

const PATIENT =
  '{"resourceType":"Patient","id":"digits","name":[{"family":"Decimalia"}],"birthDate":"1970-05-05","identifier":[{"type":{"coding":[{"code":"MR"}]},"value":"DIGITS-1"}]}'
const observation = (id: string, digits: string): string =>
  `{"resourceType":"Observation","id":"${id}","status":"final","code":{"text":"${id}","coding":[{"system":"http://loinc.org","code":"2947-0"}]},"subject":{"reference":"Patient/digits"},"effectiveDateTime":"2026-10-01","valueQuantity":{"value":${digits},"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"},"component":[{"code":{"text":"part"},"valueQuantity":{"value":${digits}}}],"stray":[1,${digits},[${digits}]]}`
const LINES = [PATIENT, ...DIGITS.map((digits, at) => observation(`o-${at}`, digits))]

const caller = createCallerFactory(exportsRouter)

let house: TestApp
beforeAll(async () => {
  house = await createTestHouse()
})
afterAll(() => house.stop())

async function* bytesOf(lines: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const line of lines) yield Buffer.from(`${line}\n`)
}

const load = async (lines: readonly string[]) => {
  const problems: ImportProblem[] = []
  const done = await importFhir(house.app, bytesOf(lines), {
    trusted: true,
    author: 'service:import',
    onProblem: (problem) => problems.push(problem),
  })
  return { done, problems }
}

/** The patient's observations as the bytes of the HTTP answer, and as the vault's own text. */
const observed = async (): Promise<{ answer: string; vault: string }> => {
  const { app } = house
  const [patient] = await withTransaction(
    app.db,
    'all',
    ({ sql }) => sql<{ id: PatientId }[]>`select id from patients`,
  )
  const patientId = patient?.id ?? nilId()
  const { userId, token } = await signInAs(app, 'clinician')
  await insertVouched(app, 'care-relationship', [
    {
      patientId,
      id: newId(),
      userId,
      kind: 'care-team',
      trusted: true,
      underGiver: false,
      narrowed: false,
      startsAt: new Date(house.now.getTime() - 1000),
    },
  ])
  const served = await serveTest(house)
  const { text: answer } = await served.ask({
    method: 'POST',
    url: '/trpc/records.list',
    body: JSON.stringify({ patientId, type: 'Observation' }),
    headers: { 'content-type': 'application/json', cookie: `${SESSION_COOKIE}=${token}` },
  })
  await served.stop()
  const versions = await selectVersions(
    app.db,
    'all',
    { patientIds: [patientId], type: 'Observation' },
    CLASS_ORDER,
  )
  const opened = await app.keyring.withPatientKeys(patientId, (keys) =>
    versions.map((version) => openRecord(version, CLASS_ORDER, keys)),
  )
  expect(opened.every(({ trusted }) => trusted)).toBe(true)
  return { answer, vault: JSON.stringify(opened) }
}

/** The numbers that stand in a text behind `"value":`, as they are written. */
const valuesIn = (text: string): string[] =>
  [...text.matchAll(/"value":(-?[\d.eE+-]+)/g)].map(([, digits]) => digits ?? '')

const released = async (): Promise<Map<string, string>> => {
  const { app } = house
  const analyst = caller((await signInAs(app, 'analyst')).context)
  const officer = caller((await signInAs(app, 'privacy-officer')).context)
  const { id } = await analyst.request({ purpose: 'to see the digits', types: ['Observation'] })
  await officer.approve({ id, reason: 'a test', attestation: true })
  await buildRelease(app, id, new AbortController().signal)
  const files = new Map<string, string>()
  for (const format of ['ndjson', 'csv'] as const)
    for (const [name, text] of await filesOf(readPieces(app.db, app.keyring, id, format)))
      files.set(name, text)
  return files
}

describe('the digits of a number', () => {
  it('are those of the file in the vault, in the answer and, where no rule rounds them, in the export', async () => {
    expect(await load(LINES)).toMatchObject({ done: { created: LINES.length, rejected: 0 }, problems: [] })
    const { answer, vault } = await observed()
    const twice = DIGITS.flatMap((digits) => [digits, digits]).toSorted()
    expect(valuesIn(answer).toSorted()).toEqual(twice)
    expect(valuesIn(vault).toSorted()).toEqual(twice)
    for (const digits of DIGITS) expect(vault).toContain(`"stray":[1,${digits},[${digits}]]`)
    const files = await released()
    expect(valuesIn(files.get('Observation.ndjson') ?? '').toSorted()).toEqual(RELEASED.toSorted())
    for (const digits of RELEASED) expect(files.get('Observation.csv')).toContain(`,${digits},mg`)
  })

  it('are what tells a correction: 1.500 in the place of 1.50 is a change, the same again is none', async () => {
    await load(LINES)
    expect((await load(LINES)).done).toMatchObject({ created: 0, updated: 0, unchanged: LINES.length })
    expect((await load([observation('o-0', '1.500')])).done).toMatchObject({ created: 0, updated: 1 })
    expect((await load([observation('o-0', '1.5000')])).done).toMatchObject({ created: 0, updated: 1 })
  })

  it('beyond what a double can hold are refused by name, and never Infinity or 0', async () => {
    for (const digits of ['1e999', '-1e999', '1e-999']) {
      const { done, problems } = await load([observation('o-x', digits)])
      expect(done).toMatchObject({ created: 0, updated: 0, rejected: 1 })
      expect(problems).toMatchObject([{ line: 1, code: 'invalid-element' }])
      expect(problems[0]?.message).toContain('out of range')
    }
  })
})

describe('a line with an element twice', () => {
  it('is refused by its number and place, and what stands around it goes in', async () => {
    const twice = observation('o-twice', '1').replace(
      '"status":"final"',
      '"status":"final","sta\\u0074us":"amended"',
    )
    const { done, problems } = await load([observation('o-before', '1'), twice, observation('o-after', '1')])
    expect(done).toMatchObject({ created: 2, rejected: 1 })
    expect(problems).toMatchObject([{ line: 2, code: 'duplicate-key' }])
    expect(problems[0]?.message).toContain('Observation.status')
  })
})
