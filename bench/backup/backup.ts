import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LocalKms } from '@chartward/crypto'
import { type Database, migrate, openDatabase } from '@chartward/db'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { createLogger } from '../../apps/api/src/core/log.ts'
import {
  bundleSeedsOf,
  keyFiles,
  readAppendKey,
  readSigningSeed,
  verifierKeyOf,
} from '../../apps/api/src/keys/key-files.ts'
import { type MadeBackup, makeBackup } from '../../apps/api/src/services/backups/make-backup.ts'
import { planRestore } from '../../apps/api/src/services/backups/restore/plan.ts'
import { restore } from '../../apps/api/src/services/backups/restore/restore.ts'
import { noteKeysOf } from '../../apps/api/src/services/bundles/note-keys.ts'
import { createInstallation, LOG_ORIGIN, openBenchApp } from '../harness/installation.ts'
import { say } from '../harness/print.ts'
import { figure, limited, type Report, rate } from '../harness/report.ts'
import { alternate, spreadOf } from '../harness/rounds.ts'
import { copyAllIn, copyAllOut } from './plain.ts'
import { fillDatabase, RECORDS } from './population.ts'

const ROUNDS = 3
const REACH = 0.5
const MIB = 1024 * 1024
/** A population to scale to, and within how many hours it has to be back: the proposed rule's 72. */
const WHOLE = 100_000
const RULE_HOURS = 72

/** `--patients N`: 100000 is the whole population. */
const patientsAsked = (): number => {
  const at = process.argv.indexOf('--patients')
  const given = at < 0 ? 4_000 : Number(process.argv[at + 1])
  if (!Number.isInteger(given) || given < 100) throw new Error('--patients takes a number from 100 on')
  return given
}

const timed = async (what: string, work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await work()
  const seconds = (performance.now() - begun) / 1000
  say(`  ${what}: ${seconds.toFixed(2)} s`)
  return seconds
}

/** A logical backup, and its restore, against bare COPY of the same rows through zstd, out and in. */
export const run = async (): Promise<Report> => {
  const patients = patientsAsked()
  const installation = await createInstallation()
  const { server, keyFolder } = installation
  const folder = await mkdtemp(join(tmpdir(), 'chartward-bench-backup-'))
  const opened: Database[] = []
  const open = (login: 'chartward_owner' | 'chartward_app' | 'chartward_backup', name: string): Database => {
    const db = openDatabase({
      url: server.url(login, name),
      connections: 2,
      name: 'bench',
      limits: { response: 36_000 },
    })
    opened.push(db)
    return db
  }
  try {
    await installation.freshDatabase('bench_backup')
    say(`backup: ${patients} patients of ${RECORDS} records`)
    await fillDatabase(installation, 'bench_backup', patients)
    const app = await openBenchApp(server.url('chartward_app', 'bench_backup'), keyFolder)
    const files = keyFiles(keyFolder)
    const identity = await generateX25519Identity()
    const recipients = [await identityToRecipient(identity)]
    const signer = noteKeysOf(bundleSeedsOf(files), LOG_ORIGIN)
    const common = { app, recipients, signer, operator: 'bench', keepDays: 1, folder }
    const made: MadeBackup[] = []
    let bytes = 0
    const reader = open('chartward_backup', 'bench_backup')
    const out = await alternate<'backup' | 'plain', number>(ROUNDS, {
      backup: () =>
        timed('backup', async () => {
          made.push(await makeBackup({ ...common, kind: 'logical', source: reader }))
        }),
      plain: () =>
        timed('COPY out', async () => {
          bytes = await copyAllOut(open('chartward_owner', 'bench_backup'), join(folder, 'plain'))
        }),
    })
    const keys = await makeBackup({
      ...common,
      kind: 'keyring',
      source: open('chartward_app', 'bench_backup'),
    })
    const backup = made.at(-1)
    if (backup === undefined) throw new Error('no backup was made')
    const looking: number[] = []
    let database = 0
    const target = async (): Promise<Database> => {
      const name = `bench_restore_${database++}`
      const admin = open('chartward_owner', 'postgres')
      await admin.sql.unsafe(`create database ${name}`)
      await migrate(server.url('chartward_owner', name))
      await admin.sql.unsafe('checkpoint')
      return open('chartward_owner', name)
    }
    const logKey = verifierKeyOf(readSigningSeed(files), LOG_ORIGIN)
    const into = await alternate<'restore' | 'plain', number>(ROUNDS, {
      restore: async () => {
        const owner = await target()
        const given = { owner, identities: [identity], appendKey: readAppendKey(files) }
        let plan: Awaited<ReturnType<typeof planRestore>> | null = null
        looking.push(
          await timed('looking through', async () => {
            plan = await planRestore({
              ...given,
              folder: backup.folder,
              keysFolder: keys.folder,
              bundleKeys: signer.verifierKeys,
              logKey,
              store: null,
              keptNote: null,
              ahead: { kind: 'refuse' },
            })
          }),
        )
        return timed('restore', async () => {
          if (plan === null) throw new Error('no plan')
          await restore({
            ...given,
            plan,
            kms: LocalKms.open(files.kms),
            storeFolder: null,
            fork: null,
            operator: 'bench',
            clock: () => new Date(),
            log: createLogger('silent'),
          })
        })
      },
      plain: async () => {
        const owner = await target()
        return timed('COPY in', () => copyAllIn(owner, join(folder, 'plain')))
      },
    })
    const rows = Object.values(backup.manifest.tables).reduce((sum, one) => sum + one, 0)
    const median = (seconds: readonly number[]): number => spreadOf(seconds).median
    const mib = (seconds: readonly number[]): number => bytes / MIB / median(seconds)
    const hours = ((median(looking) + median(into.restore)) * (WHOLE / patients)) / 3600
    await app.close()
    return {
      bench: 'backup',
      results: [
        rate(
          'logical backup, median',
          mib(out.backup),
          'MiB/s',
          { name: 'COPY out through zstd', value: mib(out.plain) },
          REACH,
        ),
        rate(
          'restore, median',
          mib(into.restore),
          'MiB/s',
          { name: 'zstd and COPY in', value: mib(into.plain) },
          REACH,
        ),
        figure('looking through a backup before its restore', mib(looking), 'MiB/s'),
        figure('rows backed up', rows / median(out.backup), 'rows/s'),
        figure('rows restored', rows / median(into.restore), 'rows/s'),
        figure('rows', bytes / MIB, 'MiB of COPY'),
        figure('backup, encrypted', backup.manifest.file.bytes / MIB, 'MiB'),
        limited(`restore of ${WHOLE} such patients, looking through included`, hours, 'h', RULE_HOURS),
        figure(`backup of ${WHOLE} such patients`, (median(out.backup) * (WHOLE / patients)) / 3600, 'h'),
      ],
    }
  } finally {
    for (const db of opened) await db.close()
    await installation.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
