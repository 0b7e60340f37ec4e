import type { KmsProvider } from '@chartward/crypto'
import {
  compareCatalog,
  type Database,
  readCatalog,
  readManifest,
  schema,
  type Transaction,
  withTransaction,
} from '@chartward/db'
import { isNull } from 'drizzle-orm'
import { AuditLog } from '../../../audit/audit-log.ts'
import type { Logger } from '../../../core/log.ts'
import { type Keyring, loadKeyring } from '../../../keys/keyring.ts'
import { RowSeals } from '../../../vouch/row-seals.ts'
import { Vouching } from '../../../vouch/vouching.ts'
import { Findings } from '../../audit/integrity/findings.ts'
import { readArtifact } from '../container/read-artifact.ts'
import { BackupError } from '../errors.ts'
import { KEY_TABLES, LOGICAL_TABLES } from '../tables.ts'
import { expireReleases } from './extracts.ts'
import { forkLog, type LogSigner } from './fork-log.ts'
import { ledgerLines } from './ledger-lines.ts'
import { loadFrames } from './load.ts'
import type { RestorePlan } from './plan.ts'
import { rebuildLog } from './rebuild-log.ts'
import { sampleRecords } from './sample.ts'
import { setAside } from './schema-aside.ts'

export interface RestoreOptions {
  /** The same database that the plan was made for, migrated since. */
  readonly owner: Database
  readonly plan: RestorePlan
  readonly identities: readonly string[]
  readonly kms: KmsProvider
  readonly appendKey: Uint8Array
  /** Where the shred ledger is; null without a log store. */
  readonly storeFolder: string | null
  /** Where what the log is known to have had is left behind: why, and who signs. */
  readonly fork: {
    readonly reason: string
    readonly signer: LogSigner
    /** Keeps the signed note, durably: before the transaction commits, so that no fork is without one. */
    readonly keep: (note: string) => Promise<void>
  } | null
  readonly operator: string
  readonly clock: () => Date
  readonly log: Logger
  /** Called in the transaction, with all of it done, before it is committed. */
  readonly beforeCommit?: () => Promise<void>
}

export interface Restored {
  readonly rows: number
  readonly sessionsEnded: number
  /** Destructions that the ledger tells of: each is done again as the API starts. */
  readonly shredded: number
  /** Records that were opened, and seen to be what was written. */
  readonly opened: number
  /** The signed note of a fork. */
  readonly fork: string | null
}

/**
 * Restores, in one transaction: rows, keys, the log's nodes; then sessions of then are ended, a sample is
 * opened, and all of it is put down in the log. What was shredded since is shredded again as the API starts,
 * before it serves anybody. Killed or failed
 * anywhere, the database is as empty as it was. Rejects with BackupError.
 */
export const restore = async (options: RestoreOptions): Promise<Restored> => {
  const { owner, plan, identities } = options
  let audit: AuditLog | null = null
  let keyring: Keyring | null = null
  try {
    const restored = await withTransaction(owner, 'all', async (tx) => {
      await tx.sql`set local statement_timeout = 0`
      await tx.sql`set local idle_in_transaction_session_timeout = 0`
      await tx.sql`set local maintenance_work_mem = '256MB'`
      // Whoever else restores, or sets up, waits, and finds an installation then.
      await tx.sql`lock table installation in access exclusive mode`
      await requireStillEmpty(tx)
      await makeMonths(tx, plan)
      const putBack = await setAside(tx)
      await tx.sql`delete from audit_head`
      await readArtifact(plan.backup, identities, (frames) => loadFrames(tx, frames))
      await readArtifact(plan.keyring, identities, (frames) => loadFrames(tx, frames))
      await tx.sql`delete from patient_keys k where not exists (select from patients p where p.id = k.patient_id)`
      await rebuildLog(tx)
      const rows = await requireCounts(tx, plan)
      const opening = await loadKeyring(asPool(tx), options.kms, tx)
      keyring = opening
      const opened = await requireSample(tx, opening)
      await putBack()
      const shredded = options.storeFolder === null ? 0 : await ledgerLines(options.storeFolder)
      const writing = new AuditLog({
        db: owner,
        keyring: opening,
        appendKey: Buffer.from(options.appendKey),
        clock: options.clock,
        log: options.log,
      })
      audit = writing
      // Before anything else is written: the fork is the first entry of the new half.
      const fork =
        options.fork === null || plan.left.length === 0
          ? null
          : await forkLog(tx, {
              audit: writing,
              origin: plan.backup.manifest.origin,
              left: plan.left,
              operator: options.operator,
              ...options.fork,
            })
      const vouching = new Vouching({
        seals: new RowSeals(opening),
        heads: { of: () => undefined, missing: () => [] },
        log: options.log,
      })
      const now = options.clock()
      await expireReleases(tx, { vouching, audit: writing }, options.operator, now)
      const sessionsEnded = await endSessions(tx, vouching, now)
      await sayRestored(tx, writing, options, { sessionsEnded, shredded })
      await requireSchema(tx)
      if (fork !== null) await options.fork?.keep(fork)
      await options.beforeCommit?.()
      return { rows, sessionsEnded, shredded, opened, fork }
    })
    await owner.sql`analyze`
    // The last entry of this writer; where nothing was committed, there is none to count.
    await (audit as AuditLog | null)?.close()
    return restored
  } finally {
    ;(keyring as Keyring | null)?.close()
  }
}

/** Nobody else sees the restored keys yet: what is looked for later is looked for in the same transaction. */
const asPool = (tx: Transaction): Database => ({ ...tx, kind: 'pool' }) as unknown as Database

const requireStillEmpty = async ({ sql }: Transaction): Promise<void> => {
  const [row] = await sql<{ there: boolean }[]>`
    select exists (select from installation) or exists (select from audit_entries) as there`
  if (row?.there !== false)
    throw new BackupError(
      'not-empty',
      'Somebody else has set up this database meanwhile: nothing was changed.',
    )
}

/** Months of the log that have no partition yet: from the first entry on. */
const makeMonths = async ({ sql }: Transaction, { backup }: RestorePlan): Promise<void> => {
  const first = backup.manifest.log.firstEntryAt
  if (first === null) return
  await sql`
    select audit_make_month(month at time zone 'UTC') from generate_series(
      date_trunc('month', ${first}::timestamptz at time zone 'UTC'), date_trunc('month', now() at time zone 'UTC'),
      interval '1 month') as month`
}

const requireCounts = async ({ sql }: Transaction, { backup }: RestorePlan): Promise<number> => {
  let all = 0
  for (const table of LOGICAL_TABLES) {
    const [row] = await sql.unsafe<{ n: string }[]>(`select count(*) as n from ${table}`)
    const found = Number(row?.n ?? 0)
    if (found !== (backup.manifest.tables[table] ?? 0))
      throw new BackupError(
        'content',
        `${table} has ${found} rows of ${backup.manifest.tables[table] ?? 0}: nothing was changed. Take another backup.`,
      )
    all += found
  }
  for (const table of KEY_TABLES) {
    const [row] = await sql.unsafe<{ n: string }[]>(`select count(*) as n from ${table}`)
    all += Number(row?.n ?? 0)
  }
  return all
}

const requireSample = async (tx: Transaction, keyring: Keyring): Promise<number> => {
  const findings = new Findings()
  const opened = await sampleRecords(tx.sql, keyring, findings)
  if (findings.count > 0)
    throw new BackupError(
      'keys',
      `${findings.count} of ${opened} records that were tried do not open with these keys: nothing was changed. Take the keyring artifact that belongs to the backup.`,
    )
  return opened
}

/** A session of then would go on for whoever has its cookie, also where it has been ended since. */
const endSessions = async (tx: Transaction, vouching: Vouching, now: Date): Promise<number> => {
  const ended = await vouching.end(tx, 'session', isNull(schema.sessions.endedAt), {
    endedAt: now,
    endReason: 'expired',
  })
  return ended.length
}

const sayRestored = async (
  tx: Transaction,
  audit: AuditLog,
  { plan, operator, fork }: RestoreOptions,
  counts: { readonly sessionsEnded: number; readonly shredded: number },
): Promise<void> => {
  const { backup, keyring } = plan
  await audit.append(tx, {
    action: 'installation.restored',
    outcome: 'success',
    actor: { kind: 'system', name: operator },
    resource: { type: 'Backup', id: backup.manifest.id },
    note: fork?.reason ?? null,
    change: {
      before: null,
      after: {
        madeAt: backup.manifest.finishedAt,
        logSize: backup.manifest.log.size,
        logRoot: backup.manifest.log.root,
        keyring: keyring.manifest.id,
        ...counts,
      },
    },
  })
}

/** What was set aside stands again, and nothing else does. */
const requireSchema = async ({ sql }: Transaction): Promise<void> => {
  const [first] = compareCatalog(await readCatalog({ sql }), readManifest())
  if (first !== undefined)
    throw new BackupError(
      'content',
      `The schema is not what it was: ${first.object} ${first.what}. Nothing was changed.`,
    )
}
