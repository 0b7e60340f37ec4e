import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createGunzip } from 'node:zlib'
import { generatePopulation, toRecord } from '@chartward/fhir'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditEntries } from '../../testing/entries.ts'
import { KILLING_MS, KILLS, seeded } from '../../testing/kills.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { patientsRouter } from '../patients/router.ts'
import { recordsRouter } from '../records/router.ts'
import type { ImportOptions, ImportProblem } from './import-fhir.ts'
import { importFile } from './import-files.ts'
import { closeBrokenImports } from './running.ts'

const SYNTHEA = fileURLToPath(
  new URL('../../../../../../shared/data/fhir-r4/synthea-240-patients.ndjson.gz', import.meta.url),
)
const CHILD = fileURLToPath(new URL('./testing/import-child.ts', import.meta.url))

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.stop())

let seeds = 0
/** Bundles of people whom no other test knows, as lines of NDJSON. */
const bundleLines = (patients: number): string[] => {
  seeds += 1
  const asOf = new Date('2026-11-01T00:00:00Z')
  return [...generatePopulation({ seed: `import-${seeds}`, patients, asOf })].map((bundle) =>
    JSON.stringify(bundle),
  )
}

const resourcesOf = (line: string): { resourceType: string; id: string }[] =>
  JSON.parse(line).entry.map(({ resource }: { resource: unknown }) => resource)

async function* chunksOf(lines: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const line of lines) yield Buffer.from(`${line}\n`)
}

const run = async (
  lines: readonly string[] | AsyncIterable<Uint8Array>,
  options: Partial<ImportOptions> = {},
) => {
  const problems: ImportProblem[] = []
  const chunks = Array.isArray(lines) ? chunksOf(lines) : (lines as AsyncIterable<Uint8Array>)
  const done = await importFile(test.app, 'test', chunks, {
    trusted: true,
    author: 'service:import',
    onProblem: (problem) => problems.push(problem),
    ...options,
  })
  return { done, problems }
}

/** How much there is of everything that an import writes. */
const counts = async (): Promise<Record<string, number>> => {
  const owner = test.database.open('chartward_owner', 1)
  const [row] = await owner.sql`
    select (select count(*) from patients)::int as patients, (select count(*) from records)::int as records,
      (select count(*) from record_versions)::int as versions, (select count(*) from source_ids)::int as sources,
      (select count(*) from search_tokens)::int as tokens, (select count(*) from care_relationships)::int as care,
      (select count(*) from directory_entries)::int as directory, (select count(*) from patient_keys)::int as keys`
  return { ...row }
}

describe('importing', () => {
  it('the same file again changes nothing', async () => {
    const lines = bundleLines(3)
    const first = await run(lines)
    expect(first.problems).toEqual([])
    expect(first.done.patients).toBe(3)
    expect(first.done.created).toBeGreaterThan(60)
    const before = await counts()
    const second = await run(lines)
    expect(second.done).toMatchObject({ created: 0, updated: 0, rejected: 0 })
    expect(await counts()).toEqual(before)
  })

  it('a changed resource becomes a new version, and the old one stays', async () => {
    const [line = ''] = bundleLines(1)
    await run([line])
    const before = await counts()
    const changed = line.replace(/"status":"final"/, '"status":"amended"')
    expect(changed).not.toBe(line)
    const { done } = await run([changed])
    expect(done).toMatchObject({ created: 0, updated: 1 })
    expect(await counts()).toEqual({ ...before, versions: (before.versions ?? 0) + 1 })
  })

  it('resources one a line are stored like those of a bundle', async () => {
    const [line = ''] = bundleLines(1)
    const resources = resourcesOf(line)
    const { done, problems } = await run(resources.map((resource) => JSON.stringify(resource)))
    expect(problems).toEqual([])
    expect(done).toMatchObject({ patients: 1, rejected: 0 })
    expect(done.created + done.unchanged).toBe(resources.length)
  })

  it('a corrupted line is reported with its number and reason while the rest goes in', async () => {
    const [a = '', b = '', c = ''] = bundleLines(3)
    const { done, problems } = await run([a, b.slice(0, -40), c])
    expect(done.patients).toBe(2)
    expect(problems).toMatchObject([{ line: 2, code: 'not-json' }])
    const rejected = (await auditEntries(test.app, 'import.rejected-resource')).at(-1)
    expect(rejected).toMatchObject({ reason: 'not-json', facts: { line: 2 } })
  })

  it('a resource that names a missing patient is refused and nothing of it is stored', async () => {
    const [line = ''] = bundleLines(1)
    const orphans = resourcesOf(line).filter(({ resourceType }) => resourceType === 'Condition')
    const before = await counts()
    const { done, problems } = await run(orphans.map((resource) => JSON.stringify(resource)))
    expect(done).toMatchObject({ created: 0, rejected: orphans.length })
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['missing-patient']))
    expect(await counts()).toEqual(before)
  })

  it('a bundle of another FHIR version is refused', async () => {
    const [line = ''] = bundleLines(1)
    const bundle = JSON.parse(line)
    for (const { resource } of bundle.entry) {
      if (resource.resourceType === 'Condition') resource.clinicalStatus = 'active'
    }
    const before = await counts()
    const { problems } = await run([JSON.stringify(bundle)])
    expect(problems.map(({ code }) => code)).toContain('wrong-fhir-version')
    expect(await counts()).toEqual(before)
  })

  it('a line of 200 MB is skipped and reported, and memory stays flat', async () => {
    const [line = ''] = bundleLines(1)
    async function* chunks(): AsyncGenerator<Uint8Array> {
      const megabyte = Buffer.alloc(1024 * 1024, 0x61)
      yield Buffer.from('{"resourceType":"Patient","id":"')
      for (let i = 0; i < 200; i++) yield megabyte
      yield Buffer.from(`"}\n${line}\n`)
    }
    const before = process.memoryUsage().rss
    const { done, problems } = await run(chunks())
    expect(problems).toMatchObject([{ line: 1, code: 'line-too-long' }])
    expect(done.patients).toBe(1)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
  })

  it('no message repeats anything of the resource', async () => {
    const [line = ''] = bundleLines(1)
    const bundle = JSON.parse(line)
    const secret = 'Zanzibarova'
    bundle.entry[0].resource.name = secret
    const { problems } = await run([JSON.stringify(bundle), `{"resourceType":"${secret}"}`, `{"${secret}`])
    expect(problems.length).toBeGreaterThanOrEqual(3)
    expect(JSON.stringify(problems)).not.toContain(secret)
  })

  it('every version is committed to by an audit entry of its patient', async () => {
    await run(bundleLines(2))
    const owner = test.database.open('chartward_owner', 1)
    const [row] = await owner.sql`
      select count(*)::int as n from record_versions v
      where not exists (select from audit_entries e where e.id = v.entry_id and e.patient_id = v.patient_id)`
    expect(row?.n).toBe(0)
    const imported = (await auditEntries(test.app, 'record.imported')).at(-1)
    expect(imported?.records?.count).toBe(imported?.count)
  })

  it('an untrusted source makes no care relationship that counts', async () => {
    const lines = bundleLines(2)
    const practitioner = async () => {
      const [row] = await test.app.db.sql<{ practitioner_id: string; trusted: boolean }[]>`
        select practitioner_id, trusted from care_relationships where practitioner_id is not null order by created_at desc limit 1`
      return row
    }
    await run(lines, { trusted: false })
    const untrusted = await practitioner()
    expect(untrusted?.trusted).toBe(false)
    const clinician = await signInAs(test.app, 'clinician', {
      practitionerId: untrusted?.practitioner_id ?? '',
    })
    const caller = createCallerFactory(router({ patients: patientsRouter }))(clinician.context)
    expect((await caller.patients.mine({})).items).toEqual([])
    await run(lines, { trusted: true })
    expect((await caller.patients.mine({})).items.length).toBeGreaterThan(0)
  })
})

/** An import in a process of its own, killed a moment after it has said `times` times what it has stored. */
const killedImport = async (fresh: TestApp, lines: readonly string[], times: number, momentMs: number) => {
  const child = spawn(process.execPath, [CHILD], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      IMPORT_URL: fresh.database.url('chartward_app'),
      IMPORT_KEYS: fresh.files.kms.replace(/\/[^/]*$/, ''),
    },
  })
  // It dies with its input half read.
  child.stdin.on('error', () => undefined)
  child.stdin.write(`${lines.join('\n')}\n`)
  const ended = once(child, 'close')
  // Read to the end: with its output closed it would die of that, and not of the kill.
  await new Promise<void>((resolve) => {
    let told = ''
    child.stdout.on('data', (chunk) => {
      told += String(chunk)
      if (told.split('\n').length > times) resolve()
    })
    child.stdout.once('end', resolve)
  })
  await setTimeout(momentMs)
  child.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
}

describe('an import that is killed', () => {
  it(
    'has stored whole patients or nothing of them, however often, and the next one stores the rest',
    async () => {
      const random = seeded(20_261_131)
      const lines = bundleLines(24)
      const fresh = await createTestApp()
      const owner = fresh.database.open('chartward_owner', 1)
      for (let kills = 0; kills < KILLS; kills++) {
        await killedImport(fresh, lines, 1 + Math.floor(random() * 20), 40 * random())
        const [half] = await owner.sql`
        select (select count(*) from patients)::int as patients,
          (select count(*) from records r where not exists (select from record_versions v where v.record_id = r.id))::int as hollow,
          (select count(*) from record_versions v where not exists (select from audit_entries e where e.id = v.entry_id))::int as unlogged`
        expect(half).toMatchObject({ hollow: 0, unlogged: 0 })
        expect(half?.patients).toBeLessThanOrEqual(lines.length)
      }
      const done = await importFile(fresh.app, 'again', chunksOf(lines), {
        trusted: true,
        author: 'service:import',
      })
      expect(done.rejected).toBe(0)
      // Each that was killed has its end in the log, as soon as the database knows that its process is gone.
      const ends = async () => {
        await closeBrokenImports(fresh.app)
        const finished = await auditEntries(fresh.app, 'import.finished')
        return finished.map(({ outcome }) => outcome).toSorted()
      }
      await expect
        .poll(ends, { timeout: 30_000 })
        .toEqual([...Array.from({ length: KILLS }, () => 'failure'), 'success'])
      const [whole] =
        await owner.sql`select (select count(*) from patients)::int as patients, (select count(*) from records)::int as records`
      const expected = new Set(
        lines.flatMap((line) =>
          resourcesOf(line)
            .filter((resource) => toRecord(resource).compartment === 'patient')
            .map(({ resourceType, id }) => `${resourceType}/${id}`),
        ),
      )
      expect(whole).toEqual({ patients: lines.length, records: expected.size })
      await fresh.stop()
    },
    KILLING_MS,
  )
})

describe.skipIf(!existsSync(SYNTHEA))('Synthea (where ../shared/data is there)', () => {
  it('patients of a real export go in, are found, and are read as they were', async () => {
    const lines: string[] = []
    const stream = createReadStream(SYNTHEA).pipe(createGunzip())
    let rest = ''
    for await (const chunk of stream) {
      rest += String(chunk)
      const parts = rest.split('\n')
      rest = parts.pop() ?? ''
      lines.push(...parts)
      if (lines.length >= 6) break
    }
    stream.destroy()
    const { done, problems } = await run(lines.slice(0, 6))
    expect(problems).toEqual([])
    expect(done.patients).toBe(6)
    const [most] = await test.app.db.sql<{ practitioner_id: string }[]>`
      select c.practitioner_id from care_relationships c order by c.created_at desc limit 1`
    const clinician = await signInAs(test.app, 'clinician', { practitionerId: most?.practitioner_id ?? '' })
    const caller = createCallerFactory(router({ patients: patientsRouter, records: recordsRouter }))(
      clinician.context,
    )
    const [row] = (await caller.patients.mine({})).items
    const source = lines.map((line) => resourcesOf(line)).find(([patient]) => patient?.id === row?.values.id)
    expect(row?.values.name).toEqual((source?.[0] as { name?: unknown } | undefined)?.name)
    const { items } = await caller.records.list({ patientId: row?.id ?? '', type: 'Condition', limit: 200 })
    const conditions = source?.filter(({ resourceType }) => resourceType === 'Condition') ?? []
    expect(items.map(({ values }) => values.id).toSorted()).toEqual(conditions.map(({ id }) => id).toSorted())
    expect(items.every(({ untrusted }) => !untrusted)).toBe(true)
  })
})
