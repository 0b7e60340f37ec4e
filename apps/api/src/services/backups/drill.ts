import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { equalBytes } from '@chartward/audit'
import type { KmsProvider } from '@chartward/crypto'
import { findEmbedded, migrate, openDatabase, startEmbedded, withTransaction } from '@chartward/db'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import { frontierAt } from '../../sequencer/check-head.ts'
import { checkDatabase } from '../audit/check-database.ts'
import { contentsWith } from '../audit/contents/with-keys.ts'
import { BackupError } from './errors.ts'
import { planRestore } from './restore/plan.ts'
import { restore } from './restore/restore.ts'
import { OWNER } from './rows.ts'

export interface DrillOptions {
  readonly app: App
  readonly folder: string
  readonly keysFolder: string
  readonly identities: readonly string[]
  readonly bundleKeys: readonly string[]
  readonly kms: KmsProvider
  readonly appendKey: Uint8Array
  readonly storeFolder: string | null
  readonly operator: string
  /** Where the scratch database's folder is made; the machine's folder for such, unless told. */
  readonly scratch?: string
}

export interface DrillResult {
  readonly id: string
  readonly outcome: 'passed' | 'failed'
  /** Counts and words, as they are kept. */
  readonly result: Readonly<Record<string, number | string>>
  /** What did not fit, for the operator. */
  readonly problems: readonly string[]
}

/** How long an index of the scratch database may take. */
const RESPONSE_SECONDS = 24 * 60 * 60
const MOST_PROBLEMS = 20

/**
 * Restores a backup into a scratch database of its own, a PostgreSQL that is started for it and thrown away,
 * and compares: counts with the manifest; the log with its signature, and its root with that of the running
 * one; every row with what the log says of it; every ciphertext with its MAC, by opening it. What came of it
 * is kept, with an entry, also where it failed.
 */
export const drillBackup = async (options: DrillOptions): Promise<DrillResult> => {
  const { app, operator } = options
  const startedAt = app.clock()
  const { backupId, problems, result } = await tried(options)
  const outcome = problems.length === 0 ? 'passed' : 'failed'
  const id = newId()
  await withTransaction(app.db, 'none', async (tx) => {
    await app.vouching.insert(tx, 'backup-drill', [
      { id, owner: OWNER, backupId, startedAt, finishedAt: app.clock(), outcome, result },
    ])
    await app.audit.append(tx, {
      action: 'backup.drilled',
      outcome: 'success',
      actor: { kind: 'system', name: operator },
      resource: { type: 'Backup', id: backupId },
      change: { before: null, after: { outcome, ...result } },
    })
  })
  return { id, outcome, result, problems }
}

const NO_BACKUP = '00000000-0000-0000-0000-000000000000'

const tried = async (
  options: DrillOptions,
): Promise<{ backupId: string; problems: string[]; result: Record<string, number | string> }> => {
  const begun = performance.now()
  const seen = { backupId: NO_BACKUP }
  const seconds = (): number => Math.round((performance.now() - begun) / 1000)
  try {
    const { problems, ...counts } = await compared(options, seen)
    return { ...seen, problems, result: { ...counts, problems: problems.length, seconds: seconds() } }
  } catch (error) {
    if (!(error instanceof BackupError)) throw error
    return { ...seen, problems: [error.message], result: { problem: error.code, seconds: seconds() } }
  }
}

const PREFIX = 'chartward-drill-'

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Stops and deletes the scratch databases that drills which were killed have left. */
const clearScratch = async (root: string): Promise<void> => {
  for (const name of await readdir(root)) {
    if (!name.startsWith(PREFIX)) continue
    const pid = Number(await readFile(join(root, name, 'pid'), 'utf8').catch(() => '0'))
    if (pid <= 0 || isAlive(pid)) continue
    const running = await findEmbedded(join(root, name))
    if (running !== null) await (await startEmbedded(join(root, name))).stop()
    await rm(join(root, name), { recursive: true, force: true })
  }
}

const compared = async (options: DrillOptions, seen: { backupId: string }) => {
  const { app, folder, keysFolder, identities, bundleKeys, appendKey, kms } = options
  const root = options.scratch ?? tmpdir()
  await clearScratch(root)
  const scratch = await mkdtemp(join(root, PREFIX))
  await writeFile(join(scratch, 'pid'), String(process.pid))
  const server = await startEmbedded(scratch)
  const owner = openDatabase({
    url: server.url('chartward_owner'),
    connections: 2,
    name: 'chartward-drill',
    limits: { response: RESPONSE_SECONDS },
  })
  const reader = openDatabase({ url: server.url('chartward_app'), connections: 4, name: 'chartward-drill' })
  const auditor = openDatabase({
    url: server.url('chartward_auditor'),
    connections: 2,
    name: 'chartward-drill',
  })
  try {
    const { logVerifierKey: logKey } = app.settings
    // The log of the running installation has gone on since: that is compared below.
    const plan = await planRestore({
      owner,
      folder,
      keysFolder,
      identities,
      bundleKeys,
      logKey,
      appendKey,
      store: null,
      keptNote: null,
      ahead: { kind: 'refuse' },
    })
    seen.backupId = plan.backup.manifest.id
    await migrate(server.url('chartward_owner'))
    const { rows, opened } = await restore({
      owner,
      plan,
      identities,
      kms,
      appendKey,
      storeFolder: options.storeFolder,
      fork: null,
      operator: options.operator,
      clock: app.clock,
      log: app.log,
    })
    const report = await checkDatabase(auditor.sql, {
      appendKey,
      verifierKey: logKey,
      contents: contentsWith(reader, kms),
      clock: app.clock,
    })
    const problems = report.problems.slice(0, MOST_PROBLEMS).map(({ code, detail }) => `${code}: ${detail}`)
    const { size, root } = plan.backup.manifest.log
    if (size > 0) {
      const running = await frontierAt(app.db.sql, size)
      if (!equalBytes(running.root(), Buffer.from(root, 'hex')))
        problems.push(`log-differs: the running log had other first ${size} entries than the backup`)
    }
    return { rows, opened, entries: report.checked, problems }
  } finally {
    for (const db of [owner, reader, auditor]) await db.close()
    await server.stop()
    await rm(scratch, { recursive: true, force: true })
  }
}
