import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'

const { users } = schema

/** Makes the row of an account. */
export const insertUser = async (tx: Transaction, row: typeof users.$inferInsert): Promise<void> => {
  await tx.orm.insert(users).values(row)
}

/** Changes what an account is: its status, or whom it stands for. The row is locked by the transaction. */
export const updateUser = async (
  tx: Transaction,
  id: UserId,
  change: Partial<Pick<typeof users.$inferInsert, 'status' | 'deactivatedAt' | 'practitionerId'>>,
): Promise<void> => {
  await tx.orm.update(users).set(change).where(eq(users.id, id))
}
