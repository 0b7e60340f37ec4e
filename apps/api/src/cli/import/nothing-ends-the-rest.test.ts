import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import type { ImportProblem } from '../../services/import/import-fhir.ts'
import { importFiles } from '../../services/import/import-files.ts'
import { closeBrokenImports, holdRun } from '../../services/import/running.ts'
import { condition, importTexts, ndjson, patient } from '../../services/import/testing/inputs.ts'
import { patientsRouter } from '../../services/patients/router.ts'
import { auditEntries } from '../../testing/entries.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { openFile } from './open-file.ts'

const CLI = fileURLToPath(new URL('../main.ts', import.meta.url))

let test: TestApp
let folder: string
beforeAll(async () => {
  test = await createTestApp()
  folder = await mkdtemp(join(tmpdir(), 'chartward-import-'))
})
afterAll(async () => {
  await test.stop()
  await rm(folder, { recursive: true })
})

const MR = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] }
const withMrn = (id: string, family: string, value: string) =>
  patient(id, family, { identifier: [{ type: MR, value }] })

const found = async (by: 'name' | 'mrn', text: string) => {
  const { context } = await signInAs(test.app, 'privacy-officer')
  const caller = createCallerFactory(router({ patients: patientsRouter }))(context)
  return (await caller.patients.search({ by, text })).items.map(({ id }) => id)
}

/** Writes files into the folder and imports them by their names, in the order given. */
const importPaths = async (files: Readonly<Record<string, string | Uint8Array | null>>) => {
  const problems: ImportProblem[] = []
  for (const [name, content] of Object.entries(files))
    if (content !== null) await writeFile(join(folder, name), content)
  const done = await importFiles(
    test.app,
    Object.keys(files).map((name) => ({ name, open: () => openFile(join(folder, name)) })),
    { trusted: true, author: 'service:import', onProblem: (problem) => problems.push(problem) },
  )
  return { done, told: problems.map(({ file, code }) => `${file}: ${code}`) }
}

describe('one resource', () => {
  it.each(['-', '???', ' ', 'N/A', 'unknown', '000-00-0000'])(
    'whose MRN is %j is kept, is not found by it, and ends nothing',
    async (value) => {
      const [before, after] = [newId(), newId()]
      const text = ndjson(withMrn(before, 'Placeholdera', value), withMrn(after, 'Afterwardsa', `M-${after}`))
      const { done, problems } = await importTexts(test.app, { 'a.ndjson': text })
      expect(problems).toEqual([])
      expect(done).toMatchObject({ patients: 2, created: 2 })
      const [afterwards] = await found('mrn', `M-${after}`)
      const people = await found('name', 'Placeholdera')
      const tokens = await test.database.open('chartward_owner', 1).sql<{ patient_id: string }[]>`
        select distinct patient_id from search_tokens where field = 'Patient.mrn'`
      const withToken = tokens.map(({ patient_id }) => patient_id)
      expect(withToken).toContain(afterwards)
      expect(people.length).toBeGreaterThan(0)
      for (const id of people) expect(withToken).not.toContain(id)
    },
  )

  it('that the database can not take is reported alone, and all the others are stored', async () => {
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql`create function refuse_goals() returns trigger language plpgsql as
      $$ begin raise exception 'no' using errcode = '22000'; end $$`
    await owner.sql`create trigger refuse_goals before insert on records for each row
      when (new.resource_type = 'Goal') execute function refuse_goals()`
    try {
      const [p, q] = [newId(), newId()]
      const goal = { resourceType: 'Goal', id: 'g', lifecycleStatus: 'active', description: { text: 'x' } }
      const text = ndjson(
        condition('c1', p, 'one'),
        { ...goal, subject: { reference: `Patient/${p}` } },
        patient(p, 'Apartia'),
        condition('c2', p, 'two'),
        patient(q, 'Nextia'),
      )
      const { done, problems } = await importTexts(test.app, { 'a.ndjson': text })
      expect(problems).toMatchObject([
        { file: 'a.ndjson', line: 2, type: 'Goal', id: 'g', code: 'not-stored' },
      ])
      expect(done).toMatchObject({ created: 4, rejected: 1 })
    } finally {
      await owner.sql`drop trigger refuse_goals on records`
    }
  })
})

describe('one file', () => {
  it('that can not be read is named, and the others go in', async () => {
    const zipped = gzipSync(ndjson(patient(newId(), 'Cutoffia')).repeat(2000))
    const line = (name: string) => ndjson(patient(newId(), name))
    const { done, told } = await importPaths({
      'missing.ndjson': null,
      'cut.ndjson.gz': zipped.subarray(0, zipped.length - 30),
      'false.ndjson.gz': line('Falsia'),
      'empty.ndjson': '',
      'empty.ndjson.gz': gzipSync(''),
      'hollow.ndjson.gz': '',
      'damaged.ndjson.gz': Buffer.concat([zipped.subarray(0, 10), Buffer.from('no deflate at all')]),
      'blank.ndjson': ' \r\n\n',
      'named-wrongly.ndjson': gzipSync(line('Zippedia')),
      'last.ndjson': line('Lastia'),
    })
    expect(told).toEqual([
      'missing.ndjson: file-unreadable',
      'cut.ndjson.gz: gzip-damaged',
      'false.ndjson.gz: not-gzip',
      'empty.ndjson: empty-file',
      'empty.ndjson.gz: empty-file',
      'hollow.ndjson.gz: empty-file',
      'damaged.ndjson.gz: gzip-damaged',
      'blank.ndjson: empty-file',
    ])
    expect(done.rejected).toBe(8)
    expect(await found('name', 'Zippedia')).toHaveLength(1)
    expect(await found('name', 'Lastia')).toHaveLength(1)
    expect((await auditEntries(test.app, 'import.finished')).at(-1)).toMatchObject({ outcome: 'success' })
  })
})

describe('the log', () => {
  const unended = async () => {
    const [started, finished] = [
      await auditEntries(test.app, 'import.started'),
      await auditEntries(test.app, 'import.finished'),
    ]
    const ended = new Set(finished.map(({ resource }) => resource.id))
    return started.filter(({ resource }) => !ended.has(resource.id)).length
  }

  it('has the end of an import that was killed by the time of the next one, and not of one that still runs', async () => {
    const [dead, alive] = [newId(), newId()]
    for (const id of [dead, alive])
      await test.app.audit.commit({
        action: 'import.started',
        outcome: 'success',
        actor: { kind: 'service', name: 'import' },
        resource: { type: 'Import', id },
        facts: { file: 'f', source: 'main', trusted: true },
      })
    const release = await holdRun(test.app.db, alive)
    await importTexts(test.app, { 'a.ndjson': ndjson(patient(newId(), 'Closeria')) })
    const ended = (await auditEntries(test.app, 'import.finished')).filter(({ resource }) =>
      [dead, alive].includes(resource.id ?? ''),
    )
    expect(ended).toMatchObject([
      { outcome: 'failure', resource: { id: dead }, reason: expect.stringContaining('process') },
    ])
    await release()
    expect(await closeBrokenImports(test.app)).toBe(1)
    expect(await closeBrokenImports(test.app)).toBe(0)
    expect(await unended()).toBe(0)
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'has the end of an import that is asked to stop: %s',
    async (signal) => {
      const p = newId()
      const many = Array.from({ length: 40_000 }, (_, i) => condition(`${p}-${i}`, p, 'text'))
      const file = join(folder, 'long.ndjson')
      await writeFile(file, ndjson(patient(p, 'Longia'), ...many))
      const before = (await auditEntries(test.app, 'import.started')).length
      const child = spawn(process.execPath, [CLI, 'import', file], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          DATABASE_URL: test.database.url('chartward_app'),
          CHARTWARD_KEYS: dirname(test.files.kms),
          CHARTWARD_DATA: join(folder, 'data'),
        },
      })
      let said = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => {
          said += String(chunk)
        })
      const ended = once(child, 'close')
      await expect
        .poll(async () => (await auditEntries(test.app, 'import.started')).length, { timeout: 180_000 })
        .toBe(before + 1)
      child.kill(signal)
      expect(await ended, said).toEqual([1, null])
      expect(said).toContain('The import was stopped')
      expect(await unended()).toBe(0)
    },
    300_000,
  )
})
