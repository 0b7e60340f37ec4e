import { sql } from 'drizzle-orm'
import { pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytea, createdAt, instant, patientAccountId, patientId, userId, vouched } from './types.ts'

/**
 * Which account is which patient's: that somebody is a patient is PHI. `content` holds whose account it is,
 * with name and address, in one ciphertext under the patient's key; `accountToken` is a MAC of the account's
 * id, by which the row is found by whoever has the key of tokens.
 */
export const patientAccounts = pgTable(
  'patient_accounts',
  {
    id: patientAccountId().primaryKey(),
    patientId: patientId().notNull(),
    accountToken: bytea().notNull(),
    content: bytea().notNull(),
    /** Asked for, and not decided; open, or to be taken over by its invitation; never opened, or closed. */
    state: text({ enum: ['requested', 'open', 'ended'] }).notNull(),
    createdAt: createdAt(),
    openedAt: instant(),
    endedAt: instant(),
    endedBy: userId(),
    ...vouched(),
  },
  (t) => [
    uniqueIndex('patient_accounts_account').on(t.accountToken),
    uniqueIndex('patient_accounts_patient').on(t.patientId).where(sql`${t.state} <> 'ended'`),
  ],
)
