import { type Connection, type Database, schema, type Transaction, withTransaction } from '@chartward/db'
import type { Id, PatientId, UserId } from '@chartward/policy'
import { and, eq, ne } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import { type AccountOwner, accountToken, openAccount, sealOwner } from '../../sessions/own-account.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { addressKeysOf, patientAddressKey } from '../auth/whose.ts'

const { approvals, patientAccounts, users } = schema

type Row = RowOf<'patient-account'>

/** A row, with what it says under the patient's key. */
export interface PatientAccount {
  readonly row: Row
  readonly owner: AccountOwner
}

const notEnded = (patientId: PatientId) =>
  and(eq(patientAccounts.patientId, patientId), ne(patientAccounts.state, 'ended'))

/**
 * The account that a patient has, or that is asked for, or null. Throws INTEGRITY for a row that the
 * application does not vouch for, or that does not open.
 */
export const findPatientAccount = async (
  connection: Database | Transaction,
  app: App,
  patientId: PatientId,
): Promise<PatientAccount | null> => {
  const [row] = await withTransaction(connection, [patientId], (tx) =>
    tx.orm.select().from(patientAccounts).where(notEnded(patientId)),
  )
  if (row === undefined) return null
  const owner = await openAccount(app, row)
  if (owner === null) throw new ChartwardError('INTEGRITY')
  return { row, owner }
}

/**
 * The row of an account that is asked for, by the request's subject, locked for the rest of the transaction.
 */
export const lockRequested = async (tx: Transaction, app: App, id: Id<'patient-account'>): Promise<Row> => {
  const [row] = await withTransaction(tx, 'all', (inner) =>
    inner.orm.select().from(patientAccounts).where(eq(patientAccounts.id, id)).for('update'),
  )
  if (row === undefined) throw new ChartwardError('NOT_FOUND')
  return app.vouching.require('patient-account', row)
}

/** Who asked for an account; null where nobody did, for one that the demo has made. Throws INTEGRITY. */
export const askedBy = async (
  { orm }: Connection,
  { vouching }: App,
  { row }: PatientAccount,
): Promise<UserId | null> => {
  const [asked] = await orm
    .select()
    .from(approvals)
    .where(and(eq(approvals.subjectId, row.id), eq(approvals.kind, 'patient-account')))
  return asked === undefined ? null : (await vouching.require('approval', asked)).requestedBy
}

/** When a patient's last account ended, or null where there never was one. */
export const lastEnded = async ({ db }: App, patientId: PatientId): Promise<Date | null> => {
  const rows = await withTransaction(db, [patientId], (tx) =>
    tx.orm
      .select({ endedAt: patientAccounts.endedAt, openedAt: patientAccounts.openedAt })
      .from(patientAccounts)
      .where(eq(patientAccounts.patientId, patientId)),
  )
  const ends = rows.flatMap(({ endedAt, openedAt }) => (openedAt === null ? [] : (endedAt?.getTime() ?? [])))
  return ends.length === 0 ? null : new Date(Math.max(...ends))
}

/** A new row that says whose account it will be. The keys are the patient's: it opens under no other's. */
export const newAccountRow = async (
  app: App,
  patientId: PatientId,
  called: { readonly displayName: string; readonly email: string },
) => {
  const id: Id<'patient-account'> = newId()
  const userId: UserId = newId()
  const owner = { userId, ...called }
  const content = await app.keyring.withPatientKeys(patientId, (keys) => sealOwner(owner, id, keys))
  return { owner, row: { id, patientId, accountToken: accountToken(app, userId), content } }
}

/** Throws CONFLICT where another patient signs in with this address: two people can't share one. */
const requireFreeAddress = async (tx: Transaction, app: App, email: string): Promise<void> => {
  const keys = addressKeysOf(app, { email, kind: 'patient' })
  const taken = await tx.sql`select from users where kind = 'patient' and address_key = any(${keys}::text[])`
  if (taken.length === 0) return
  throw new ChartwardError(
    'CONFLICT',
    'Another account signs in with this address. Reject this one, and ask the patient for another address.',
  )
}

/** Makes the row by which somebody signs in. It says nothing of whose it is. An entry has to follow. */
export const insertAccountUser = async (
  tx: Transaction,
  app: App,
  { userId, email }: AccountOwner,
  status: 'invited' | 'active',
): Promise<void> => {
  await requireFreeAddress(tx, app, email)
  await app.vouching.insert(tx, 'user', [
    {
      id: userId,
      kind: 'patient',
      email: '',
      addressKey: patientAddressKey(app, email),
      displayName: schema.PATIENT_LABEL,
      status,
      createdAt: app.clock(),
    },
  ])
}

/** The row by which the patient signs in, locked for the rest of the transaction. */
export const lockAccountUser = async (tx: Transaction, app: App, userId: UserId): Promise<RowOf<'user'>> => {
  const [row] = await tx.orm.select().from(users).where(eq(users.id, userId)).for('no key update')
  if (row?.kind !== 'patient') throw new ChartwardError('NOT_FOUND')
  return app.vouching.require('user', row)
}
