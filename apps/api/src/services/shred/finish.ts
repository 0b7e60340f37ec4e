import { schema, type Transaction, withTransaction } from '@chartward/db'
import type { Id } from '@chartward/policy'
import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { type NoteKeys, noteKeysOf } from '../bundles/note-keys.ts'
import { certificateOf, destroyedOf } from './certificate.ts'
import { Ledger } from './ledger.ts'
import type { LedgerEvent, LedgerLine } from './ledger-line.ts'

const { shreds } = schema

/** Any number that nobody else uses: one process at a time adds to the ledger. */
const LEDGER = 7_291_705_004

/** What the ledger and certificates of this installation are signed with. */
export const notesOf = ({ bundleSeeds, settings }: Pick<App, 'bundleSeeds' | 'settings'>): NoteKeys =>
  noteKeysOf(bundleSeeds, settings.logOrigin)

/** The ledger of this installation; null where none is kept. */
export const ledgerOf = (app: Pick<App, 'bundleSeeds' | 'settings'>): Ledger | null => {
  const { logStore, logOrigin } = app.settings
  return logStore === null ? null : new Ledger(logStore, logOrigin, notesOf(app))
}

/**
 * Gives each destruction that was carried out its line in the ledger and its certificate, the oldest first,
 * each in a transaction with its entry. Killed anywhere, it goes on where it was: a line that is there is not
 * written again. Gives how many it finished. Rejects where the ledger is not as it was written, or lacks a
 * line that the database knows of: nothing is added to it then.
 */
export const finishShreds = async (app: App, signal?: AbortSignal): Promise<number> => {
  const unfinished = await withTransaction(app.db, 'all', (tx) =>
    tx.orm
      .select({ id: shreds.id })
      .from(shreds)
      .where(and(eq(shreds.state, 'done'), isNull(shreds.certificate)))
      .orderBy(asc(shreds.decidedAt), asc(shreds.id)),
  )
  if (unfinished.length === 0) return 0
  const ledger = ledgerOf(app)
  if (ledger === null) throw new ChartwardError('UNAVAILABLE', 'No ledger is kept outside the database.')
  let finished = 0
  let fault: unknown
  for (const { id } of unfinished) {
    signal?.throwIfAborted()
    try {
      if (await finishOne(app, ledger, id)) finished += 1
    } catch (error) {
      // What is wrong with one keeps no other from its line.
      fault ??= error
    }
  }
  if (fault !== undefined) throw fault
  return finished
}

const finishOne = (app: App, ledger: Ledger, id: Id<'shred'>): Promise<boolean> =>
  withTransaction(app.db, 'all', async (tx) => {
    await tx.sql`select pg_advisory_xact_lock(${LEDGER})`
    const [row] = await tx.orm
      .select()
      .from(shreds)
      .where(and(eq(shreds.id, id), isNull(shreds.certificate)))
      .for('update')
    // Somebody else was first.
    if (row === undefined) return false
    await app.vouching.require('shred', row)
    requireKnownLines(await knownLines(tx), await ledger.lines())
    const line = await ledger.append(eventOf(row))
    const certificate = certificateOf(row, line, notesOf(app))
    await app.vouching.change(tx, 'shred', eq(shreds.id, id), {
      ledgerIndex: line.index,
      ledgerHash: Buffer.from(line.hash, 'hex'),
      certificate,
    })
    await app.audit.append(tx, {
      action: 'shred.certified',
      outcome: 'success',
      actor: { kind: 'service', name: 'finish-shreds' },
      resource: { type: 'Shred', id },
      patientId: row.patientId,
      change: { before: null, after: { ledgerIndex: line.index, ledgerHash: line.hash } },
    })
    return true
  })

interface KnownLine {
  readonly index: number | null
  readonly hash: Buffer | null
}

const knownLines = (tx: Transaction): Promise<KnownLine[]> =>
  tx.orm
    .select({ index: shreds.ledgerIndex, hash: shreds.ledgerHash })
    .from(shreds)
    .where(isNotNull(shreds.ledgerHash))

/** Throws INTEGRITY where a line that was written is gone, or is another: an older copy lies there. */
const requireKnownLines = (known: readonly KnownLine[], lines: readonly LedgerLine[]): void => {
  for (const { index, hash } of known)
    if (lines[index ?? -1]?.hash !== hash?.toString('hex'))
      throw new ChartwardError(
        'INTEGRITY',
        'The ledger of destructions lacks lines that were written: put it back from a copy.',
      )
}

const eventOf = (row: RowOf<'shred'>): LedgerEvent => {
  const { decidedBy, decidedAt, finalAt } = row
  if (decidedBy === null || decidedAt === null || finalAt === null) throw new ChartwardError('INTEGRITY')
  return {
    shred: row.id,
    patient: row.patientId,
    keys: destroyedOf(row).keys,
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt.toISOString(),
    decidedBy,
    at: decidedAt.toISOString(),
    finalAt: finalAt.toISOString(),
    finalIsBound: row.finalIsBound === true,
  }
}
