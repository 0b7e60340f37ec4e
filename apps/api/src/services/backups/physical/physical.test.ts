import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@chartward/db'
import { type DebianServer, startDebianServer } from '@chartward/db/testing/debian-server'
import { generatePopulation } from '@chartward/fhir'
import type { PatientId } from '@chartward/policy'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../../../app.ts'
import { installOnce, prepareDatabase } from '../../../cli/prepare.ts'
import { openApp } from '../../../composition/open-app.ts'
import { createLogger } from '../../../core/log.ts'
import { readSigningSeed, verifierKeyOf } from '../../../keys/key-files.ts'
import { importFhir } from '../../import/import-fhir.ts'
import { latestKeyExpiry, retainedBackups } from '../retained.ts'
import { DAY_MS, KEY_DAYS } from '../rows.ts'
import { expirePhysical, type MadePhysical, makePhysical, type PhysicalOptions } from './make-physical.ts'
import { pgBackRest } from './pgbackrest.ts'

/* On Debian's PostgreSQL 15 with Debian's pgBackRest, which the operator runs; not on the embedded server. */

const SETTING_UP_MS = 240_000

let server: DebianServer
let folder: string
let app: App & { close(): Promise<void> }
let now: Date
beforeAll(async () => {
  server = await startDebianServer()
  folder = await mkdtemp(join(tmpdir(), 'chartward-physical-'))
  const databases = {
    owner: server.url('chartward_owner'),
    app: server.url('chartward_app'),
    sequencer: server.url('chartward_sequencer'),
    auditor: server.url('chartward_auditor'),
    rekey: server.url('chartward_rekey'),
    backup: server.url('chartward_backup'),
    embedded: null,
  }
  await prepareDatabase(databases)
  const logOrigin = 'physical.test/log'
  const files = await installOnce(databases, join(folder, 'keys'), { mode: 'production', logOrigin })
  now = new Date()
  app = await openApp({
    db: openDatabase({ url: databases.app, connections: 4, name: 'test' }),
    files,
    log: createLogger('silent'),
    publicUrl: 'http://localhost',
    careRelationshipDays: 365,
    logVerifierKey: verifierKeyOf(readSigningSeed(files), logOrigin),
    clock: () => now,
  })
}, SETTING_UP_MS)
afterAll(async () => {
  await app.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const options = (): PhysicalOptions => ({
  app,
  config: server.config,
  stanza: server.stanza,
  type: 'full',
  operator: 'test',
})

const asSuperuser = async <T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

const keysOf = (url: string, patient: PatientId): Promise<number> =>
  asSuperuser(url, async (sql) => {
    const [row] = await sql<{ n: string }[]>`
      select count(*) as n from patient_keys where patient_id = ${patient} and octet_length(wrapped) > 0`
    return Number(row?.n ?? -1)
  })

describe('a physical backup', () => {
  let patient: PatientId
  let before: MadePhysical

  it(
    'is put down with when it expires, and holds the wrapped keys of then',
    async () => {
      async function* lines() {
        for (const bundle of generatePopulation({ seed: 'physical', patients: 2, asOf: now }))
          yield Buffer.from(`${JSON.stringify(bundle)}\n`)
      }
      await importFhir(app, lines(), {
        source: 'main',
        trusted: true,
        author: 'service:import',
        onProblem: ({ message }) => {
          throw new Error(message)
        },
      })
      const [row] = await app.db.sql.begin(async (sql) => {
        await sql`select set_config('chartward.rows', '*', true)`
        return sql<{ id: PatientId }[]>`select id from patients order by id limit 1`
      })
      patient = row?.id as PatientId
      before = await makePhysical(options())
      expect(await retainedBackups(app.db, new Date(now.getTime() + 1))).toMatchObject([
        { id: before.id, kind: 'physical', state: 'made' },
      ])
      const expiry = await latestKeyExpiry(app.db)
      expect(expiry?.getTime()).toBe(now.getTime() + KEY_DAYS * DAY_MS)
      expect(await server.withRestored(before.label, (url) => keysOf(url, patient))).toBe(1)
    },
    SETTING_UP_MS,
  )

  it(
    'holds a destroyed key no longer once its dates are past: restored from what is left, it opens nothing',
    async () => {
      // As a shred leaves it: the wrapped key is gone.
      await asSuperuser(
        server.url('postgres'),
        (sql) => sql`delete from patient_keys where patient_id = ${patient}`,
      )
      await makePhysical(options())
      // Until then it is still there, and nobody says otherwise.
      expect(await server.withRestored(before.label, (url) => keysOf(url, patient))).toBe(1)
      const program = pgBackRest(server)
      const [oldest] = (await program.list()).toSorted(
        (a, b) => a.startedAt.getTime() - b.startedAt.getTime(),
      )
      now = new Date((oldest?.startedAt.getTime() ?? 0) + KEY_DAYS * DAY_MS)
      expect(await expirePhysical(options())).toBe(1)
      expect((await program.list()).map(({ id }) => id)).not.toContain(before.id)
      await expect(server.withRestored(before.label, (url) => keysOf(url, patient))).rejects.toThrow()
      expect(await server.withRestored(null, (url) => keysOf(url, patient))).toBe(0)
      expect(
        (await retainedBackups(app.db, new Date(now.getTime() + DAY_MS))).map(({ id }) => id),
      ).not.toContain(before.id)
    },
    SETTING_UP_MS,
  )

  it('is refused, and none is made, where pgBackRest keeps things otherwise', async () => {
    const config = join(folder, 'other.conf')
    await writeFile(config, `[${server.stanza}]\npg1-path=/x\nrepo1-path=/y\n`)
    await expect(makePhysical({ ...options(), config })).rejects.toMatchObject({ code: 'server' })
    await expect(makePhysical({ ...options(), config: join(folder, 'none') })).rejects.toMatchObject({
      code: 'server',
    })
    const rows = await app.db.sql`select 1 from backups where state in ('running', 'failed')`
    expect(rows).toHaveLength(0)
  })
})
