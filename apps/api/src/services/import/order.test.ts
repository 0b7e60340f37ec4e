import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toRecord } from '@chartward/fhir'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { Spool } from './spool.ts'
import { condition, importTexts, ndjson, patient } from './testing/inputs.ts'

const CHILD = fileURLToPath(new URL('./testing/import-child.ts', import.meta.url))

let test: TestApp
let folder: string
beforeAll(async () => {
  test = await createTestApp()
  folder = await mkdtemp(join(tmpdir(), 'chartward-order-'))
})
afterAll(async () => {
  await test.stop()
  await rm(folder, { recursive: true })
})

/** What this process has open under a name that ends so, read by its number. */
const openedAs = async (suffix: string): Promise<Buffer[]> => {
  const found: Buffer[] = []
  for (const fd of await readdir('/proc/self/fd')) {
    const target = await readlink(`/proc/self/fd/${fd}`).catch(() => '')
    if (target.includes(suffix)) found.push(await readFile(`/proc/self/fd/${fd}`))
  }
  return found
}

describe('a record that comes before its patient', () => {
  it('is stored, by any distance and over any number of files', async () => {
    const [p, q] = [newId(), newId()]
    const many = Array.from({ length: 1200 }, (_, i) => condition(`${p}-${i}`, i % 2 === 0 ? p : q, 'x'))
    const { done, problems } = await importTexts(test.app, {
      'Condition.000.ndjson': ndjson(...many),
      'Patient.001.ndjson': ndjson(patient(q, 'Order')),
      'Patient.000.ndjson': ndjson(patient(p, 'Order')),
    })
    expect(problems).toEqual([])
    expect(done).toMatchObject({ created: 1202, patients: 2, rejected: 0 })
  })

  it('is a problem by name once all has been read, with the place where it stood', async () => {
    const [p, nobody] = [newId(), newId()]
    const { done, problems } = await importTexts(test.app, {
      'a.ndjson': ndjson(condition(newId(), p, 'x'), condition('orphan', nobody, 'x')),
      'b.ndjson': ndjson(patient(p, 'Order')),
    })
    expect(problems).toMatchObject([
      { file: 'a.ndjson', line: 2, type: 'Condition', id: 'orphan', code: 'missing-patient' },
    ])
    expect(done).toMatchObject({ created: 2, rejected: 1 })
  })

  it('of a server that comes to be known later is of the patient whom it means', async () => {
    const source = 'order'
    const bundle = (...entry: object[]) => ndjson({ resourceType: 'Bundle', type: 'collection', entry })
    const { done, codes } = await importTexts(
      test.app,
      {
        'a.ndjson': ndjson(condition('1', 'http://b.example/Patient/1', 'of b')),
        'b.json': bundle({ fullUrl: 'http://a.example/Patient/1', resource: patient('1', 'Alpha') }),
        'c.json': bundle({ fullUrl: 'http://b.example/Patient/1', resource: patient('1', 'Beta') }),
      },
      { source },
    )
    expect(codes).toEqual([])
    expect(done).toMatchObject({ created: 3, patients: 2 })
  })
})

describe('what waits', () => {
  const item = (text: string) => ({
    file: 'a.ndjson',
    line: 1,
    entry: null,
    record: toRecord(condition('c', 'nobody', text)),
  })

  it('comes back as it was, and is on disk in no form that can be read, under no name', async () => {
    const spool = await Spool.open(folder)
    const items = Array.from({ length: 3000 }, (_, i) => item(`Zanzibarova ${i} ${'.'.repeat(200)}`))
    await Promise.all([spool.add(items.slice(0, 1500)), spool.add(items.slice(1500))])
    const back = []
    for await (const some of spool.read()) back.push(...some)
    expect(back).toEqual(items)
    expect(await readdir(folder)).toEqual([])
    if (existsSync('/proc/self/fd')) {
      const [bytes, ...more] = await openedAs('.spool')
      expect(more).toEqual([])
      expect(bytes?.length).toBeGreaterThan(600_000)
      for (const word of ['Zanzibarova', 'Condition', 'nobody']) expect(bytes?.includes(word)).toBe(false)
    }
    await spool.close()
    expect(await openedAs('.spool')).toEqual([])
  })

  it('is let go of by an import that breaks off', async () => {
    const stopping = new AbortController()
    const files = {
      'a.ndjson': ndjson(...Array.from({ length: 600 }, (_, i) => condition(`w${i}`, 'nobody', 'x'))),
    }
    const options = { spoolFolder: folder, signal: stopping.signal, onProgress: () => stopping.abort() }
    await expect(importTexts(test.app, files, options)).rejects.toThrow()
    expect(await readdir(folder)).toEqual([])
    if (existsSync('/proc/self/fd')) expect(await openedAs('.spool')).toEqual([])
  })

  it('leaves nothing behind where the import is killed, and a file that one had left is taken away', async () => {
    await writeFile(join(folder, 'left.spool'), '')
    const child = spawn(process.execPath, [CHILD], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        IMPORT_URL: test.database.url('chartward_app'),
        IMPORT_KEYS: dirname(test.files.kms),
        IMPORT_SPOOL: folder,
      },
    })
    child.stdin.on('error', () => undefined)
    child.stdin.write(ndjson(...Array.from({ length: 2000 }, (_, i) => condition(`k${i}`, 'nobody', 'x'))))
    const ended = once(child, 'close')
    await once(child.stdout, 'data')
    child.stdout.resume()
    // It waits for more of its input now, with what it has on disk.
    await expect.poll(() => readdir(folder), { timeout: 60_000 }).toEqual([])
    child.kill('SIGKILL')
    expect(await ended).toEqual([null, 'SIGKILL'])
    expect(await readdir(folder)).toEqual([])
  }, 120_000)
})

describe('a history', () => {
  it('is stored version by version, with what was deleted at its end, and changes nothing the second time', async () => {
    const [p, c] = [newId(), newId()]
    const versioned = (text: string, versionId: string) => ({
      resource: condition(c, p, text, { meta: { versionId } }),
      request: { method: 'PUT', url: `Condition/${c}` },
    })
    const gone = { request: { method: 'DELETE', url: `Condition/${c}` } }
    const entry = [gone, versioned('two', '2'), versioned('one', '1'), { resource: patient(p, 'Historia') }]
    const files = { 'h.json': ndjson({ resourceType: 'Bundle', type: 'history', entry }) }
    const first = await importTexts(test.app, files)
    expect(first.codes).toEqual([])
    expect(first.done).toMatchObject({ created: 2, updated: 2 })
    const second = await importTexts(test.app, files)
    expect(second.codes).toEqual([])
    expect(second.done).toMatchObject({ created: 0, updated: 0, unchanged: 4 })
    const unknown = { request: { method: 'DELETE', url: 'Condition/never-was' } }
    const third = await importTexts(test.app, {
      'h.json': ndjson({ resourceType: 'Bundle', type: 'history', entry: [unknown] }),
    })
    expect(third.problems).toMatchObject([{ kind: 'skipped', code: 'nothing-deleted' }])
    expect(third.done.rejected).toBe(0)
  })

  it('of a directory entry is skipped, stored or not, and refused by name where it may be another server’s', async () => {
    const d = newId()
    const doctor = (name: string) => ({ resourceType: 'Practitioner', id: d, name: [{ family: name }] })
    const gone = (id: string, base = '') => ({
      ...(base === '' ? {} : { fullUrl: `${base}/Practitioner/${id}` }),
      request: { method: 'DELETE', url: `Practitioner/${id}` },
    })
    const history = (...entry: object[]) => ndjson({ resourceType: 'Bundle', type: 'history', entry })
    const source = `directory-${d}`
    await importTexts(test.app, { 'd.ndjson': ndjson(doctor('Keepa')) }, { source })
    const { problems, done } = await importTexts(
      test.app,
      { 'h.json': history(gone('never-was'), gone(d)) },
      { source },
    )
    expect(problems).toMatchObject([
      { kind: 'skipped', code: 'not-deleted', id: d },
      { kind: 'skipped', code: 'nothing-deleted', id: 'never-was' },
    ])
    expect(done).toMatchObject({ rejected: 0, updated: 0 })
    const servers = ['https://a.example/fhir', 'https://b.example/fhir'].map((base) => ({
      fullUrl: `${base}/Practitioner/x-${d}`,
      resource: { ...doctor('Two'), id: `x-${d}` },
    }))
    await importTexts(test.app, { 't.json': history(...servers) }, { source })
    const untold = await importTexts(test.app, { 'u.json': history(gone(`x-${d}`)) }, { source })
    expect(untold.problems).toMatchObject([{ kind: 'rejected', code: 'untold-server' }])
  })

  it('of an untrusted file deletes nothing that a trusted one has stored', async () => {
    const p = newId()
    await importTexts(test.app, { 'a.ndjson': ndjson(patient(p, 'Trustia')) })
    const entry = [{ request: { method: 'DELETE', url: `Patient/${p}` } }]
    const files = { 'h.json': ndjson({ resourceType: 'Bundle', type: 'history', entry }) }
    expect((await importTexts(test.app, files, { trusted: false })).codes).toEqual(['from-trusted-source'])
  })
})
