import { type Database, schema, selectInScope, type Transaction, withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { and, eq, ne } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { destroyRows, lockPatient, releasesOf } from './destroy-rows.ts'
import { ledgerOf } from './finish.ts'
import type { LedgerLine } from './ledger-line.ts'

const { shreds } = schema

/** What a database that was restored still had of patients whose keys had been destroyed. */
export interface Replayed {
  /** Patients of whom something was there again, and is gone now. */
  readonly patients: number
}

const isThere = async ({ sql }: Transaction, { patient }: LedgerLine): Promise<boolean> =>
  (await sql`select from patients where id = ${patient}`).length > 0

/**
 * Destroys again what a restored backup has brought back, by the lines of the ledger: keys, tokens, what a
 * patient is known again by, segments of charts, and the files of releases. It takes no key and writes no
 * entry, so it can be done before anything else is; `tellOfReplayed` says so in the log. `db` is of the
 * application's login. Done again it changes nothing.
 */
export const replayShreds = async (db: Database, lines: readonly LedgerLine[]): Promise<Replayed> => {
  let patients = 0
  for (const line of lines) {
    const changed = await withTransaction(db, [line.patient], async (tx) => {
      await lockPatient(tx, line.patient)
      const living = await tx.sql`
        select from patient_keys where patient_id = ${line.patient} and state <> 'destroyed'`
      const { deleted } = await destroyRows(tx, line.patient)
      const releases = await releasesOf(tx, line.patient)
      await tx.sql`delete from release_chunks where export_id = any(${releases}::uuid[])`
      return living.length > 0 || releases.length > 0 || Object.values(deleted).some((count) => count > 0)
    })
    if (changed) patients += 1
  }
  return { patients }
}

/**
 * Says in the log, and in the rows that the console goes by, which destructions of the ledger this database
 * did not know of: one entry each. For once `replayShreds` has been run and the application is open. Gives
 * how many it told of; done again it tells nothing.
 */
export const tellOfReplayed = async (app: App, lines: readonly LedgerLine[]): Promise<number> => {
  let told = 0
  for (const line of lines) if (await tellOfOne(app, line)) told += 1
  if (told > 0) await app.shredded.look()
  return told
}

const keysOf = async ({ sql }: Transaction, patientId: PatientId): Promise<string[]> => {
  const rows = await sql<{ id: string }[]>`
    select id from patient_keys where patient_id = ${patientId} and state = 'destroyed' order by id`
  return rows.map(({ id }) => id)
}

const tellOfOne = (app: App, line: LedgerLine): Promise<boolean> =>
  withTransaction(app.db, [line.patient], async (tx) => {
    await lockPatient(tx, line.patient)
    const { shred: id, patient: patientId } = line
    const [known] = await tx.orm.select().from(shreds).where(eq(shreds.id, id)).for('update')
    // Of somebody who came after the backup was made there is nothing to be told.
    if (known?.state === 'done' || !(await isThere(tx, line))) return false
    // Those that this database has, all of them destroyed by now: a key that came later it never had.
    const keys = await keysOf(tx, patientId)
    const requested = and(eq(shreds.patientId, patientId), ne(shreds.id, id), eq(shreds.state, 'requested'))
    await app.vouching.change(tx, 'shred', requested, { state: 'ended' })
    const said = {
      state: 'done',
      decidedBy: line.decidedBy,
      decidedAt: new Date(line.at),
      destroyed: JSON.stringify({ keys }),
      finalAt: new Date(line.finalAt),
      finalIsBound: line.finalIsBound,
    } as const
    if (known === undefined) {
      const { requestedBy } = line
      const requestedAt = new Date(line.requestedAt)
      await app.vouching.insert(tx, 'shred', [{ id, patientId, requestedBy, requestedAt, ...said }])
    } else await app.vouching.change(tx, 'shred', eq(shreds.id, id), said)
    await app.audit.append(tx, {
      action: 'shred.carried-out',
      outcome: 'success',
      actor: { kind: 'service', name: 'replay-shreds' },
      resource: { type: 'Shred', id },
      patientId,
      change: {
        before: { state: known?.state ?? null },
        after: { state: 'done', keys, finalAt: line.finalAt, finalIsBound: line.finalIsBound },
      },
      facts: { replayed: true, ledgerIndex: line.index, ledgerHash: line.hash },
    })
    return true
  })

/**
 * Has a database that is about to serve know of every destruction that the ledger has: an older copy, however
 * it came there, shows nobody who was destroyed. Rejects where the ledger is not as it was written.
 */
export const replayLedger = async (app: App): Promise<Replayed> => {
  const lines = (await ledgerOf(app)?.lines()) ?? []
  const back = await thereAgain(app.db, lines)
  const missed = lines.filter(
    ({ patient, shred }) => back.has(patient) || app.shredded.of(patient)?.id !== shred,
  )
  if (missed.length === 0) return { patients: 0 }
  const replayed = await replayShreds(app.db, missed)
  await tellOfReplayed(app, missed)
  return replayed
}

/** Those of the ledger's patients of whom a key, or what they are found by, is there. */
const thereAgain = async (db: Database, lines: readonly LedgerLine[]): Promise<ReadonlySet<PatientId>> => {
  if (lines.length === 0) return new Set()
  const rows = await selectInScope<{ id: PatientId }>(
    db,
    'all',
    `select id from unnest($1::uuid[]) id where
       exists (select from patient_keys k where k.patient_id = id and k.state <> 'destroyed')
       or exists (select from search_tokens t where t.patient_id = id)
       or exists (select from claim_tokens t where t.patient_id = id)
       or exists (select from care_tokens t where t.patient_id = id)
       or exists (select from source_ids s where s.patient_id = id)`,
    [lines.map(({ patient }) => patient)],
  )
  return new Set(rows.map(({ id }) => id))
}
