import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { LocalKms } from '@chartward/crypto'
import { type EmbeddedServer, migrate, openDatabase, schema, startEmbedded } from '@chartward/db'
import { generatePopulation, toRecord } from '@chartward/fhir'
import { fieldOf, RESOURCE_TYPES } from '@chartward/policy'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { install } from '../composition/install.ts'
import { openApp } from '../composition/open-app.ts'
import { newId } from '../core/ids.ts'
import { createLogger } from '../core/log.ts'
import { createKeyFiles, readSigningSeed, verifierKeyOf } from '../keys/key-files.ts'
import { importFile } from '../services/import/import-files.ts'
import { patientsRouter } from '../services/patients/router.ts'
import { recordsRouter } from '../services/records/router.ts'
import { findAll, formsOf, indexForms } from '../testing/needles.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createCallerFactory, router } from '../trpc/trpc.ts'

/**
 * Reads what an attacker with the disk would read: every table as the server shows it, the heap and WAL files
 * byte by byte, and all logs, and searches them for every value of the imported patients. A server of its
 * own, so that nothing else is on the disk.
 */
const PATIENTS = 12
/**
 * What is later than this is a time of our own: no value of a patient, though its digits can look like one.
 */
const BEGUN = new Date()
const ORIGIN = 'test.invalid/log'

interface Vault {
  readonly folder: string
  readonly server: EmbeddedServer
  readonly logs: Buffer[]
  readonly baseline: ReadonlySet<string>
  readonly values: ReadonlyMap<string, boolean>
}

let vault: Vault
/** The same patients under other keys: what chance puts on one disk it does not put on the other. */
let twin: Vault

/** Every string and number in a value, as text. */
const leavesOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leavesOf)
  return []
}

/** Every value of 4 characters or more that the importer encrypts; true for those that identify a person. */
const valuesOf = (bundles: readonly ReturnType<typeof bundlesOf>[number][]): Map<string, boolean> => {
  const values = new Map<string, boolean>()
  const structural = new Set<string>(RESOURCE_TYPES)
  for (const { entry } of bundles) {
    for (const { resource, fullUrl } of entry) {
      const record = toRecord(resource, fullUrl)
      for (const [name, value] of Object.values(record.fields).flatMap(Object.entries)) {
        const category = fieldOf(`${record.type}.${name}`)?.identifier ?? 'none'
        const identifying = record.type === 'Patient' && category !== 'none'
        for (const leaf of leavesOf(value)) {
          if (leaf.length < 4 || structural.has(leaf)) continue
          values.set(leaf, values.get(leaf) === true || (identifying && isOfAPerson(leaf)))
        }
      }
    }
  }
  return values
}

/** Not the words and addresses of vocabularies, which stand in every database of this kind. */
const isOfAPerson = (leaf: string): boolean => /[A-Z0-9@]/.test(leaf) && !/^(https?:|urn:|<)/.test(leaf)

const bundlesOf = (patients: number) =>
  [...generatePopulation({ seed: 'at-rest', patients, asOf: new Date('2026-11-01T00:00:00Z') })].map(
    (bundle) => ({
      text: JSON.stringify(bundle),
      entry: bundle.entry,
    }),
  )

const filesUnder = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))

/** All bytes on the disk of the database: heap, indexes, WAL and the server's own log, after a checkpoint. */
const readDisk = async (server: EmbeddedServer): Promise<Map<string, Buffer>> => {
  const owner = postgres(server.url('chartward_owner'), { max: 1, onnotice: () => undefined })
  await owner`checkpoint`
  await owner.end()
  const disk = new Map<string, Buffer>()
  for (const file of await filesUnder(join(server.folder, 'postgres'))) {
    // The databases that a server is born with hold nothing of ours. Files come and go under a
    // running server.
    if (/\/base\/[145]\/|server\.log$/.test(file)) continue
    const bytes = await readFile(file).catch(() => null)
    if (bytes !== null) disk.set(file, bytes)
  }
  return disk
}

/**
 * When somebody began and ceased to care for a patient stays clear on purpose: decisions need it before any
 * key is touched.
 */
const CLEAR_ON_PURPOSE: ReadonlySet<string> = new Set([
  'public.care_relationships.starts_at',
  'public.care_relationships.ends_at',
])

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Every column of every table as text, and apart from it what is stored as bytes, ids too. */
const readTables = async (server: EmbeddedServer): Promise<{ text: Buffer; bytes: Buffer }> => {
  const owner = postgres(server.url('chartward_owner'), { max: 1, onnotice: () => undefined })
  const text: string[] = []
  const bytes: Buffer[] = []
  try {
    const tables = await owner<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pgboss')`
    for (const { name } of tables) {
      for (const row of await owner.unsafe(`select * from ${name}`)) {
        for (const [column, value] of Object.entries(row)) {
          if (CLEAR_ON_PURPOSE.has(`${name}.${column}`)) continue
          if (value instanceof Uint8Array) bytes.push(Buffer.from(value), Buffer.alloc(16))
          else if (value instanceof Date && value >= BEGUN) continue
          else if (value !== null) text.push(typeof value === 'string' ? value : JSON.stringify(value))
          // An id is random bytes in its row and its index, whatever it looks like as text.
          if (typeof value === 'string' && UUID.test(value))
            bytes.push(Buffer.from(value.replaceAll('-', ''), 'hex'), Buffer.alloc(16))
        }
      }
    }
  } finally {
    await owner.end()
  }
  return { text: Buffer.from(text.join('\n')), bytes: Buffer.concat(bytes) }
}

const fill = async (): Promise<Vault> => {
  const folder = await mkdtemp(join(tmpdir(), 'chartward-at-rest-'))
  const server = await startEmbedded(folder, ['fsync=off'])
  await migrate(server.url('chartward_owner'))
  const files = createKeyFiles(join(folder, 'keys'))
  const db = openDatabase({ url: server.url('chartward_app'), connections: 5, name: 'at-rest' })
  await install(db, LocalKms.open(files.kms), { mode: 'production', logOrigin: ORIGIN })
  const logs: Buffer[] = []
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      logs.push(Buffer.from(chunk))
      done()
    },
  })
  const app = await openApp({
    db,
    files,
    log: createLogger('debug', destination),
    publicUrl: 'http://localhost',
    careRelationshipDays: 36_500,
    logVerifierKey: verifierKeyOf(readSigningSeed(files), ORIGIN),
  })
  const bundles = bundlesOf(PATIENTS)
  const values = valuesOf(bundles)
  await importFile(app, 'nothing', lines([]), { trusted: true, author: 'service:import' })
  // What an empty database holds of these words (`active`, `http`) says nothing about anybody.
  const words = indexForms(formsOf([...values.keys()]))
  const baseline = new Set<string>()
  for (const bytes of (await readDisk(server)).values()) {
    for (const { value } of findAll(bytes, words)) baseline.add(value)
  }
  await importFile(app, 'at rest', lines(bundles.map(({ text }) => text)), {
    trusted: true,
    author: 'service:import',
  })
  await useIt(app)
  await app.close()
  return { folder, server, logs, baseline, values }
}

beforeAll(async () => {
  const filled = await Promise.all([fill(), fill()])
  vault = filled[0]
  twin = filled[1]
})

async function* lines(texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(`${text}\n`)
}

/** Reads, searches and fails in every way that could write something down. */
const useIt = async (app: Awaited<ReturnType<typeof openApp>>): Promise<void> => {
  const [most] = await app.db.sql<{ practitioner_id: string }[]>`
    select practitioner_id from care_relationships group by 1 order by count(*) desc limit 1`
  const clinician = await signInAs(app, 'clinician', { practitionerId: most?.practitioner_id ?? newId() })
  const caller = createCallerFactory(router({ patients: patientsRouter, records: recordsRouter }))(
    clinician.context,
  )
  const { items } = await caller.patients.mine({})
  expect(items.length).toBeGreaterThan(0)
  for (const { id } of items) {
    const chart = await caller.patients.get({ id })
    for (const type of RESOURCE_TYPES) {
      if (chart.counts[type] !== undefined) await caller.records.list({ patientId: id, type, limit: 200 })
    }
    const [name] = chart.values.name as { family: string }[]
    await caller.patients.search({ by: 'name', text: name?.family ?? '' })
    // As an object that the compiler can't look into: it would refuse these keys.
    const mistake: object = {
      patient: chart,
      values: chart.values,
      err: new Error(JSON.stringify(chart.values)),
    }
    app.log.error(mistake, 'a mistake')
  }
  await expect(caller.patients.get({ id: randomUUID() })).rejects.toThrow()
}

afterAll(async () => {
  for (const { server, folder } of [vault, twin]) {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

const sought = (): string[] => [...vault.values.keys()].filter((value) => !vault.baseline.has(value))

/**
 * The values found in a text. Short ones only where they stand alone: their digits occur inside
 * every other id.
 */
const inText = (text: Buffer): string[] =>
  [...findAll(text, indexForms(formsOf(sought())))]
    .filter(({ at, form }) => form.length >= 8 || standsAlone(text, at, form.length))
    .map(({ value }) => value)

const standsAlone = (text: Buffer, at: number, length: number): boolean =>
  !/[A-Za-z0-9.-]/.test(
    text.toString('latin1', Math.max(0, at - 1), at) + text.toString('latin1', at + length, at + length + 1),
  )

/** Shorter forms stand somewhere in a hundred megabytes of ciphertext by chance. */
const LONG = 8

/**
 * What stands on an installation's disk. A short form is explained where the bytes around it are those of a
 * stored envelope, hash, token or id; not explained is what stood in a row that has been replaced since: that
 * is chance as well where another installation's disk does not hold it.
 */
const onDisk = async ({ server }: Vault): Promise<{ file: string; form: string }[]> => {
  const { bytes: stored } = await readTables(server)
  const needles = indexForms(formsOf(sought()))
  return [...(await readDisk(server))].flatMap(([file, bytes]) =>
    [...findAll(bytes, needles)]
      .filter(({ at, form }) => {
        const before = bytes.subarray(Math.max(0, at - 4), at + form.length)
        const after = bytes.subarray(at, at + form.length + 4)
        return form.length >= LONG || !(stored.includes(before) || stored.includes(after))
      })
      .map(({ form }) => ({ file, form: form.toString('latin1') })),
  )
}

describe('what is on the disk', () => {
  it('next to nothing of what is sought stands in an empty database, and nothing that identifies anybody', () => {
    const identifying = [...vault.baseline].filter((value) => vault.values.get(value) === true)
    expect(identifying).toEqual([])
    expect(vault.values.size).toBeGreaterThan(1000)
    expect(vault.baseline.size / vault.values.size).toBeLessThan(0.1)
  })

  it('no table shows a value of a patient', async () => {
    const { text } = await readTables(vault.server)
    expect(inText(text)).toEqual([])
  })

  it('no heap, index or WAL file holds one, in clear, hexadecimal, base64 or another way of writing a date', async () => {
    const found = await onDisk(vault)
    const ofTwin = new Set((await onDisk(twin)).map(({ form }) => form))
    expect(found.filter(({ form }) => form.length >= LONG || ofTwin.has(form))).toEqual([])
  })

  it('no log holds one', async () => {
    const own = Buffer.concat(vault.logs).toString()
    const server = await readFile(join(vault.server.folder, 'postgres', 'server.log'), 'utf8')
    expect(own.length).toBeGreaterThan(1000)
    expect(server.length).toBeGreaterThan(100)
    const untimed = own.replaceAll(/"time":"[^"]*"/g, '') + server.replaceAll(/^\S+ \S+ /gm, '')
    expect(inText(Buffer.from(untimed))).toEqual([])
  })

  it('a value that is planted in the clear is found: in a table, on the disk, and in every form', async () => {
    const planted =
      [...vault.values].find(([value, identifying]) => identifying && value.length > 8)?.[0] ?? ''
    expect(planted.length).toBeGreaterThan(8)
    const owner = openDatabase({ url: vault.server.url('chartward_owner'), connections: 1, name: 'plant' })
    await owner.orm.insert(schema.users).values({
      id: newId(),
      email: 'planted@example.test',
      addressKey: 'planted@example.test',
      displayName: planted,
      status: 'active',
      rowVersion: 1,
      seal: Buffer.alloc(0),
    })
    await owner.close()
    const { text } = await readTables(vault.server)
    expect(inText(text)).toContain(planted)
    const found = new Set<string>()
    for (const bytes of (await readDisk(vault.server)).values()) {
      for (const { value } of findAll(bytes, indexForms(formsOf([planted])))) found.add(value)
    }
    expect(found).toContain(planted)
    const forms = formsOf([planted, '1957-03-09'])
    for (const { bytes } of forms) {
      expect([
        ...findAll(Buffer.concat([Buffer.from('xx'), bytes, Buffer.from('yy')]), indexForms(forms)),
      ]).not.toEqual([])
    }
  })
})
