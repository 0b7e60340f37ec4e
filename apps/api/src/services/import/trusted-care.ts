import { parseEntry } from '@chartward/audit'
import { schema, type Transaction, withTransaction } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { and, eq, gt, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { NewRow, RowOf } from '../../vouch/kinds.ts'

const { careRelationships } = schema

/** Of which upload a relationship comes that two people have agreed on. */
interface Brought {
  readonly upload: string
  readonly source: string
}

/**
 * A relationship that counts because two people trust an upload: a person's, as one made by hand, but given
 * by nobody of their own. It follows no practitioner: whoever is linked to one later has nothing by it.
 */
export const trustedRow = ({
  id,
  patientId,
  userId,
  kind,
  startsAt,
  endsAt,
}: Pick<NewRow<'care-relationship'>, 'id' | 'patientId' | 'kind' | 'startsAt'> & {
  readonly userId: UserId
  readonly endsAt: Date
}): NewRow<'care-relationship'> => ({
  id,
  patientId,
  userId,
  kind,
  startsAt,
  endsAt,
  trusted: true,
  underGiver: false,
  narrowed: false,
})

const inForceAt = (now: Date) =>
  and(
    isNotNull(careRelationships.userId),
    isNull(careRelationships.createdBy),
    gt(careRelationships.endsAt, now),
  )

/** A patient's relationships that count by an upload, and have not ended. */
export const trustedRows = async (
  tx: Transaction,
  { clock, vouching }: Pick<App, 'clock' | 'vouching'>,
  patientId: PatientId,
): Promise<RowOf<'care-relationship'>[]> => {
  const rows = await tx.orm
    .select()
    .from(careRelationships)
    .where(and(eq(careRelationships.patientId, patientId), inForceAt(clock())))
  const counted: typeof rows = []
  for (const row of rows) if (await vouching.admits('care-relationship', row)) counted.push(row)
  return counted
}

/**
 * Ends those relationships of a patient that come of such an upload, in the caller's transaction, whose entry
 * commits to them. One of which the log does not tell whence it came ends too.
 */
export const endTrusted = async (
  tx: Transaction,
  app: Pick<App, 'audit' | 'clock' | 'vouching'>,
  patientId: PatientId,
  isOf: (brought: Brought) => boolean,
): Promise<string[]> => {
  const rows = await trustedRows(tx, app, patientId)
  if (rows.length === 0) return []
  const brought = await broughtBy(tx, app, patientId)
  const ends = rows.flatMap(({ id }) => {
    const of = brought.get(id)
    return of === undefined || isOf(of) ? [id] : []
  })
  const endsAt = app.clock()
  await app.vouching.end(tx, 'care-relationship', inArray(careRelationships.id, ends), { endsAt })
  return ends
}

/** Ends all that somebody has by uploads: they were given it as another practitioner than they are now. */
export const endTrustedOf = (
  tx: Transaction,
  { clock, vouching }: Pick<App, 'clock' | 'vouching'>,
  userId: UserId,
): Promise<unknown> => {
  const theirs = and(eq(careRelationships.userId, userId), inForceAt(clock()))
  return withTransaction(tx, 'all', () => vouching.end(tx, 'care-relationship', theirs, { endsAt: clock() }))
}

const broughtBy = async (
  tx: Transaction,
  { audit }: Pick<App, 'audit'>,
  patientId: PatientId,
): Promise<ReadonlyMap<string, Brought>> => {
  const entries = await tx.sql<{ bytes: Buffer; mac: Buffer }[]>`
    select bytes, mac from audit_entries
    where patient_id = ${patientId} and action = 'import.trusted' and outcome = 'success'`
  const found = new Map<string, Brought>()
  for (const { bytes, mac } of entries) {
    if (!audit.isOwn(bytes, mac)) continue
    const { upload, source, careRelationships: ids } = parseEntry(bytes).facts
    if (typeof upload !== 'string' || typeof source !== 'string' || !Array.isArray(ids)) continue
    for (const id of ids) found.set(String(id), { upload, source })
  }
  return found
}
