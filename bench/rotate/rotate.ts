import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { byteaArray, type Database, openDatabase } from '@chartward/db'
import { generatePopulation } from '@chartward/fhir'
import { builtInRoles, FIELD_CLASSES, type PatientId } from '@chartward/policy'
import type { App } from '../../apps/api/src/app.ts'
import { importFhir } from '../../apps/api/src/services/import/import-fhir.ts'
import { keyRotations } from '../../apps/api/src/services/keys/rotation-row.ts'
import { runRotations } from '../../apps/api/src/services/keys/run-rotations.ts'
import type { Target } from '../../apps/api/src/services/keys/targets.ts'
import { startOne } from '../../apps/api/src/services/keys/testing/rotations.ts'
import { patientsRouter } from '../../apps/api/src/services/patients/router.ts'
import { signInAs } from '../../apps/api/src/testing/sign-in.ts'
import { createCallerFactory, router } from '../../apps/api/src/trpc/trpc.ts'
import { createInstallation, openBenchApp } from '../harness/installation.ts'
import { say } from '../harness/print.ts'
import { atLeast, figure, limited, type Report, rate } from '../harness/report.ts'
import { alternate, spreadOf } from '../harness/rounds.ts'
import { PATIENTS, populationChunks } from '../read/population.ts'

const ROUNDS = 3
/** How many whole charts patients' own keys are rotated of. */
const CHARTS = 400
/** Readers at once while a rotation goes on, and how many reads are timed. */
const READERS = 4
const READS = 2000
/** As many rows a statement as the rotation takes. */
const BATCH = 200

const callerOf = createCallerFactory(router({ patients: patientsRouter }))

/** Rotates, and gives how many things were made anew in each second that it worked. */
const rotated = async (app: App, target: Target): Promise<number> => {
  const id = await startOne(app, target)
  await runRotations(app, new AbortController().signal)
  const rows = await app.db.orm.select().from(keyRotations)
  const row = rows.find((one) => one.id === id)
  if (row?.state !== 'done') throw new Error('the rotation did not come to its end')
  return (row.done * 1000) / row.workedMs
}

/** Unwraps and wraps as many keys of 72 bytes in memory, with nothing beside: a second's worth. */
const bareWraps = async (): Promise<number> => {
  const [before, after] = [randomBytes(32), randomBytes(32)]
  const iv = Buffer.from('a65959a6', 'hex')
  const wrap = (key: Buffer, plain: Buffer): Buffer => {
    const cipher = createCipheriv('id-aes256-wrap-pad', key, iv)
    return Buffer.concat([cipher.update(plain), cipher.final()])
  }
  const wrapped = Array.from({ length: PATIENTS }, () => wrap(before, randomBytes(64)))
  const began = performance.now()
  for (const one of wrapped) {
    const decipher = createDecipheriv('id-aes256-wrap-pad', before, iv)
    wrap(after, Buffer.concat([decipher.update(one), decipher.final()]))
  }
  return (PATIENTS * 1000) / (performance.now() - began)
}

/**
 * Decrypts, encrypts and updates the same ciphertexts in a table of their own, with no check of what they
 * say, no entry and no trigger: versions a second.
 */
const bareReseal = async (owner: Database): Promise<number> => {
  const key = randomBytes(32)
  const names = owner.sql(FIELD_CLASSES)
  const sealed = (plain: Buffer): Buffer => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  }
  await owner.sql`drop table if exists plain_versions`
  await owner.sql`
    create table plain_versions as select row_number() over () as id, ${names} from record_versions`
  await owner.sql`alter table plain_versions add primary key (id)`
  type Row = { id: string } & Record<string, Buffer | null>
  const batches = async (change: (row: Row) => Record<string, Buffer | null>): Promise<number> => {
    let done = 0
    for (let after = '0'; ; ) {
      const rows: Row[] = await owner.sql<Row[]>`
        select id, ${names} from plain_versions where id > ${after} order by id limit ${BATCH}`
      if (rows.length === 0) return done
      const made = rows.map((row) => ({ id: row.id, to: change(row) }))
      const bytes = (name: string) =>
        byteaArray(
          owner.sql,
          made.map(({ to }) => to[name] ?? null),
        )
      const [a, b, c, d, e, f] = FIELD_CLASSES.map(bytes)
      await owner.sql`
        update plain_versions v set identity = m.identity, contact = m.contact, clinical = m.clinical,
          narrative = m.narrative, billing = m.billing, unmapped = m.unmapped
        from unnest(${made.map(({ id }) => id)}::bigint[], ${a as never}, ${b as never}, ${c as never}, ${d as never}, ${e as never}, ${f as never})
          m (id, identity, contact, clinical, narrative, billing, unmapped) where v.id = m.id`
      done += rows.length
      after = rows.at(-1)?.id ?? after
    }
  }
  const each = (row: Row, change: (bytes: Buffer) => Buffer) =>
    Object.fromEntries(FIELD_CLASSES.map((name) => [name, row[name] == null ? null : change(row[name])]))
  await batches((row) => each(row, (bytes) => sealed(bytes.subarray(46))))
  const began = performance.now()
  const done = await batches((row) =>
    each(row, (bytes) => {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(-16))
      return sealed(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]))
    }),
  )
  return (done * 1000) / (performance.now() - began)
}

/** The 99th percentile of reads of one patient each, in milliseconds. */
const readTimes = async (app: App, patientIds: readonly PatientId[], while_?: Promise<unknown>) => {
  const { context } = await signInAs(app, builtInRoles.privacyOfficer.name)
  const caller = callerOf(context)
  const took: number[] = []
  let going = true
  void while_?.finally(() => {
    going = false
  })
  let next = 0
  const lane = async () => {
    while (going && took.length < READS) {
      const id = patientIds[(next++ * 7919) % patientIds.length]
      const began = performance.now()
      await caller.patients.get({ id: id ?? '' })
      took.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: READERS }, lane))
  const sorted = took.toSorted((a, b) => a - b)
  return { p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN, reads: took.length }
}

interface Rotating {
  readonly app: App
  readonly owner: Database
  readonly patientIds: readonly PatientId[]
  readonly versions: number
}

/** An installation of its own with what `chunks` bring, in which keys may be rotated at any time. */
const inInstallation = async <T>(
  chunks: AsyncIterable<Uint8Array>,
  use: (rotating: Rotating) => Promise<T>,
): Promise<T> => {
  const installation = await createInstallation()
  const { server, keyFolder } = installation
  const owner = openDatabase({ url: server.url('chartward_owner'), connections: 1, name: 'bench' })
  const app = await openBenchApp(server.url('chartward_app'), keyFolder, 10, {
    rekey: openDatabase({ url: server.url('chartward_rekey'), connections: 2, name: 'bench-rekey' }),
    keys: { settleMs: 0, patientDays: 0 },
  })
  try {
    await importFhir(app, chunks, { trusted: true, author: 'service:import' })
    const patients = await owner.sql<{ id: PatientId }[]>`select id from patients order by id`
    const [counted] = await owner.sql<{ n: number }[]>`select count(*)::int as n from record_versions`
    await owner.sql.unsafe('vacuum (analyze)')
    const patientIds = patients.map(({ id }) => id)
    return await use({ app, owner, patientIds, versions: counted?.n ?? 0 })
  } finally {
    await app.close()
    await owner.close()
    await installation.stop()
  }
}

/** Charts of some 20 records each, as our generator makes them. */
async function* chartChunks(): AsyncGenerator<Uint8Array> {
  for (const bundle of generatePopulation({ seed: 'rotate', patients: CHARTS, asOf: new Date() }))
    yield Buffer.from(`${JSON.stringify(bundle)}\n`)
}

const median = (values: readonly number[]): number => spreadOf(values).median

const measureKek = ({ app, patientIds }: Rotating) => {
  say(`KEK: ${patientIds.length} patients, ${ROUNDS} rounds`)
  return alternate<'ours' | 'bare', number>(ROUNDS, {
    ours: () => rotated(app, { kind: 'kek' }),
    bare: bareWraps,
  })
}

const measurePatients = async ({ app, owner, patientIds, versions }: Rotating) => {
  say(`patients' keys: ${patientIds.length} patients, ${versions} versions, ${ROUNDS} rounds`)
  const seals = await alternate<'ours' | 'bare', number>(ROUNDS, {
    ours: async () =>
      ((await rotated(app, { kind: 'patient', patientId: null })) * versions) / patientIds.length,
    bare: () => bareReseal(owner),
  })
  const quiet: number[] = []
  const during: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    quiet.push((await readTimes(app, patientIds)).p99)
    const going = rotated(app, { kind: 'patient', patientId: null })
    during.push((await readTimes(app, patientIds, going)).p99)
    await going
  }
  return { seals, quiet: median(quiet), during: median(during) }
}

/**
 * Rotations: of the KEK over 10,000 patients against bare unwrapping and wrapping in memory, of patients' own
 * keys over whole charts against bare decryption, encryption and UPDATE of the same bytes, and what reads in
 * the same process notice of that.
 */
export const run = async (): Promise<Report> => {
  const wraps = await inInstallation(populationChunks(new Date()), measureKek)
  const { seals, quiet, during } = await inInstallation(chartChunks(), measurePatients)
  const kek = median(wraps.ours)
  const bare = { name: 'bare unwrap and wrap', value: median(wraps.bare) }
  const bareSeal = { name: 'bare decrypt, encrypt, UPDATE', value: median(seals.bare) }
  return {
    bench: 'rotate',
    results: [
      rate('KEK rotation', kek, 'DEKs/s', bare, 0.3),
      atLeast('KEK rotation', kek, 'DEKs/s', 10_000),
      rate('DEK re-encryption', median(seals.ours), 'versions/s', bareSeal, 0.5),
      limited('p99 of reads during it', during / quiet, '× without', 1.5),
      figure('p99 of reads without', quiet, 'ms'),
      figure('p99 of reads during it', during, 'ms'),
    ],
  }
}
