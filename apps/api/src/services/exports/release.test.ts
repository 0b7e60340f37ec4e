import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { RELEASABLE_TYPES } from '@chartward/contract'
import { type Bundle, generatePopulation } from '@chartward/fhir'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { downloadExport } from '../../http/export-download.ts'
import { auditEntries } from '../../testing/entries.ts'
import { signInAs } from '../../testing/sign-in.ts'
import type { TestApp } from '../../testing/test-app.ts'
import { createCallerFactory } from '../../trpc/trpc.ts'
import { buildRelease } from './build/build-release.ts'
import { exportsRouter } from './router.ts'
import { createTestHouse, filesOf, importAll } from './testing/house.ts'
import { type Identifying, identifyingIn, ReleaseText } from './testing/identifying.ts'

const SYNTHEA = new URL(
  '../../../../../../shared/data/fhir-r4/synthea-240-patients.ndjson.gz',
  import.meta.url,
)
const SYNTHEA_PATIENTS = 20
const GENERATED_PATIENTS = 25

const caller = createCallerFactory(exportsRouter)

/** Requests, approves, builds and downloads everything that can be released, as files by name. */
const releaseAll = async ({ app }: TestApp): Promise<Map<string, string>> => {
  const analyst = await signInAs(app, 'analyst')
  const officer = await signInAs(app, 'privacy-officer')
  const { id } = await caller(analyst.context).request({
    purpose: 'to look for what should not be there',
    types: [...RELEASABLE_TYPES],
  })
  await caller(officer.context).approve({ id, reason: 'a test', attestation: true })
  await buildRelease(app, id, new AbortController().signal)
  expect(await caller(analyst.context).get({ id })).toMatchObject({ status: 'ready', failure: null })
  const files = new Map<string, string>()
  for (const format of ['csv', 'ndjson'] as const) {
    const { chunks } = await downloadExport({ app, request: analyst.context, id, format })
    for (const [name, text] of await filesOf(chunks)) files.set(name, text)
  }
  return files
}

const searchFor = (name: string, isThere: boolean, read: () => Promise<unknown[]>, patients: number) =>
  describe.skipIf(!isThere)(name, () => {
    let house: TestApp
    let input: unknown[]
    let files: Map<string, string>
    let found: Identifying
    let release: ReleaseText

    beforeAll(async () => {
      house = await createTestHouse()
      input = await read()
      await importAll(house, input)
      files = await releaseAll(house)
      found = identifyingIn(input)
      release = new ReleaseText(
        [...files].flatMap(([file, text]) => (file === 'manifest.json' ? [] : [text])),
      )
    }, 300_000)
    afterAll(() => house.stop())

    it('there is something to find, and something to find it in', () => {
      expect(found.values.size).toBeGreaterThan(patients * 5)
      expect(found.dates.size).toBeGreaterThan(patients * 5)
      expect(found.ids.size).toBeGreaterThan(patients * 20)
      expect(release.uuids).toBeGreaterThan(patients * 20)
      expect(files.get('Patient.csv')?.trim().split('\r\n').length).toBe(patients + 1)
      expect(files.size).toBe(RELEASABLE_TYPES.length * 2 + 1)
    })

    it('no name, number, street, contact or id of the input is in the output', () => {
      expect([...found.values].filter((value) => release.has(value))).toEqual([])
      expect([...found.ids].filter((id) => release.has(id))).toEqual([])
    })

    it('no exact date is in the output, of the input or any other', () => {
      expect(release.dates).toEqual([])
      expect([...found.dates].filter((date) => release.has(date.replaceAll('-', '')))).toEqual([])
    })

    it('any one of them, planted in a copy, is found', () => {
      const sample = [...found.values, ...found.ids].filter((_, at) => at % 37 === 0)
      expect(sample.length).toBeGreaterThan(20)
      const csv = files.get('Condition.csv') ?? ''
      const ndjson = files.get('Condition.ndjson') ?? ''
      const cells = sample.map((value) => `x,"${value.replaceAll('"', '""')}",y\r\n`).join('')
      const members = sample.map((value) => `${JSON.stringify({ note: value })}\n`).join('')
      for (const planted of [new ReleaseText([csv + cells]), new ReleaseText([ndjson + members])])
        expect(sample.filter((value) => !planted.has(value))).toEqual([])
      const date = [...found.dates][0] ?? ''
      expect(new ReleaseText([`${ndjson}{"when":"${date}"}\n`]).dates).toEqual([date])
    })

    it('the manifest names neither, and its hash is the one in the audit log', async () => {
      const text = files.get('manifest.json') ?? ''
      const manifest = new ReleaseText([text])
      expect([...found.ids].filter((id) => manifest.has(id))).toEqual([])
      const [built] = await auditEntries(house.app, 'export.built')
      expect(built?.change?.after).toMatchObject({
        manifestSha256: createHash('sha256').update(text).digest('hex'),
        patients,
      })
    })
  })

const readSynthea = async (): Promise<Bundle[]> => {
  const bundles: Bundle[] = []
  const stream = createReadStream(SYNTHEA)
  for await (const line of createInterface({ input: stream.pipe(createGunzip()) })) {
    bundles.push(JSON.parse(line))
    if (bundles.length === SYNTHEA_PATIENTS) break
  }
  stream.destroy()
  return bundles
}

searchFor(
  'a release of a generated population',
  true,
  async () => [...generatePopulation({ seed: 'release', patients: GENERATED_PATIENTS, asOf: new Date() })],
  GENERATED_PATIENTS,
)
searchFor(
  'a release of Synthea patients (skipped where ../shared/data is absent)',
  existsSync(SYNTHEA),
  readSynthea,
  SYNTHEA_PATIENTS,
)
