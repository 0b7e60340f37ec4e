import { addressKey } from '@chartward/contract'
import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { NewRow } from '../../vouch/kinds.ts'

const { users } = schema

/** Makes the row of an account of the workforce. An entry of the same transaction has to follow. */
export const insertUser = (
  tx: Transaction,
  { vouching }: Pick<App, 'vouching'>,
  row: Omit<NewRow<'user'>, 'addressKey' | 'kind'>,
): Promise<void> =>
  vouching.insert(tx, 'user', [{ ...row, kind: 'workforce', addressKey: addressKey(row.email) }])

/**
 * Changes what an account is: its status, its name, its address, whom it stands for, or where its person
 * works. The row is locked
 * by the transaction, of which an entry has to follow.
 */
export const updateUser = async (
  tx: Transaction,
  { vouching }: Pick<App, 'vouching'>,
  id: UserId,
  change: Partial<
    Pick<
      NewRow<'user'>,
      | 'status'
      | 'deactivatedAt'
      | 'practitionerId'
      | 'displayName'
      | 'email'
      | 'department'
      | 'managerId'
      | 'employeeNumber'
    >
  >,
): Promise<void> => {
  const { email } = change
  const key = email === undefined ? {} : { addressKey: addressKey(email) }
  await vouching.change(tx, 'user', eq(users.id, id), { ...change, ...key })
}
