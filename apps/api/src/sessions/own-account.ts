import { CryptoError, envelopeKeyId, open, seal } from '@chartward/crypto'
import { type Database, selectInScope } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { ChartwardError } from '../core/errors.ts'
import { SharedRead } from '../core/shared-read.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { LentKeys } from '../keys/lent-keys.ts'
import { type RowOf, type SealedRow, sealedColumns } from '../vouch/kinds.ts'
import type { Vouching } from '../vouch/vouching.ts'

/** Of a patient's account, what stands sealed under the patient's key. */
export interface AccountOwner {
  readonly userId: UserId
  readonly displayName: string
  readonly email: string
}

/** A patient's account: whose record it sees as its own, and what its person is called. */
export interface OwnAccount extends AccountOwner {
  readonly id: RowOf<'patient-account'>['id']
  readonly patientId: PatientId
}

/** What the MAC that an account is found by is over. */
const textOf = (userId: UserId): string => `patient-account\0${userId}`

/** The MAC that stands in the row in the place of the account's id. */
export const accountToken = ({ keyring }: { readonly keyring: Keyring }, userId: UserId): Buffer =>
  keyring.mac('tokens', textOf(userId))

const bindingOf = (rowId: string) => ({
  purpose: 'patient-account',
  table: 'patient_accounts',
  fieldClass: 'contact',
  rowId,
  rowVersion: 1,
})

/** Whose account it is, as the ciphertext of its row, which opens there alone. */
export const sealOwner = (owner: AccountOwner, rowId: string, keys: LentKeys): Buffer =>
  seal(keys.sealingKey('contact'), bindingOf(rowId), Buffer.from(JSON.stringify(owner)))

const openOwner = (row: Row, keys: LentKeys): AccountOwner => {
  try {
    const key = keys.openingKey('contact', envelopeKeyId(row.content))
    if (key !== undefined) return JSON.parse(open(key, bindingOf(row.id), row.content).toString())
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
  }
  throw new ChartwardError('INTEGRITY')
}

/** Whose account it is, under the patient's key in force. Throws INTEGRITY where it does not open. */
export const resealedOwner = (row: Row, keys: LentKeys): Buffer =>
  sealOwner(openOwner(row, keys), row.id, keys)

type Row = SealedRow<'patient-account'> & { readonly id: RowOf<'patient-account'>['id'] }

interface Parts {
  readonly db: Database
  readonly keyring: Keyring
  readonly vouching: Vouching
}

/**
 * What a row of a patient's account says under the patient's key; null where it is none that the application
 * vouches for, or the patient's key is gone.
 */
export const openAccount = async (
  { keyring, vouching }: Omit<Parts, 'db'>,
  row: Row,
): Promise<OwnAccount | null> => {
  if (!(await vouching.admits('patient-account', row))) return null
  try {
    const owner = await keyring.withPatientKeys(row.patientId, (keys) => openOwner(row, keys))
    return { ...owner, id: row.id, patientId: row.patientId }
  } catch (error) {
    if (error instanceof ChartwardError && error.code === 'NOT_FOUND') return null
    throw error
  }
}

const SELECT = `select ${sealedColumns('patient-account')
  .map(({ name, column }) => `${column} as "${name}"`)
  .join(', ')} from patient_accounts`

const OPEN_BY_TOKENS = `${SELECT}
  where account_token = any(array(select decode(token, 'hex') from unnest($1::text[]) token)) and state = 'open'`

const OF_PATIENT_AT = `${SELECT}
  where patient_id = $1 and opened_at <= $2 and (ended_at is null or ended_at > $2)`

/** The account that a patient had at a moment, or null. */
export const ownAccountAt = async (
  parts: Parts,
  patientId: PatientId,
  at: Date,
): Promise<OwnAccount | null> => {
  const asked = [patientId, at.toISOString()]
  const [row] = await selectInScope<Row>(parts.db, [patientId], OF_PATIENT_AT, asked)
  return row === undefined ? null : openAccount(parts, row)
}

/**
 * The patient's account that a user's is, while it is open, or null. The rows of many requests are read in
 * one statement, and found by MACs of their ids, under every key that still counts; each is opened by itself.
 */
export const readOwnAccounts = (parts: Parts): { ask(userId: UserId): Promise<OwnAccount | null> } => {
  const rows = new SharedRead<UserId, Row | null>(async (userIds) => {
    const tokens = userIds.map((userId) => parts.keyring.macs('tokens', textOf(userId)))
    const asked = tokens.flat().map((token) => token.toString('hex'))
    const found = await selectInScope<Row>(parts.db, 'all', OPEN_BY_TOKENS, [asked])
    const isOf = (at: number, row: Row) => tokens[at]?.some((token) => token.equals(row.accountToken))
    return userIds.map((_, at) => found.find((row) => isOf(at, row)) ?? null)
  })
  return {
    ask: async (userId) => {
      const row = await rows.ask(userId)
      return row === null ? null : openAccount(parts, row)
    },
  }
}
