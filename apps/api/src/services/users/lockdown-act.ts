import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import { openText, sealText } from '../../keys/sealed-text.ts'
import type { RowOf } from '../../vouch/kinds.ts'

const { lockdownActs } = schema

/** Where the sealed reason of an act opens. */
const reasonOf = (id: string) => ({ table: 'lockdown_acts', column: 'reason', rowId: id }) as const

/** Notes whom somebody locks down in one act, and why. An entry of the same transaction has to follow. */
export const insertLockdownAct = async (
  tx: Transaction,
  { clock, keyring, vouching }: App,
  {
    reason,
    ...act
  }: Pick<RowOf<'lockdown-act'>, 'requestedBy' | 'people' | 'requestId' | 'sessionId'> & {
    readonly reason: string
  },
): Promise<string> => {
  const id = newId()
  const sealed = sealText(keyring, reasonOf(id), reason)
  await vouching.insert(tx, 'lockdown-act', [{ id, ...act, reason: sealed, createdAt: clock() }])
  return id
}

/** An act as it was asked for. */
export interface LockdownAct {
  readonly id: string
  readonly requestedBy: UserId
  readonly people: readonly UserId[]
  readonly reason: string
  readonly requestId: string | null
}

/** The act of a work. Throws INTEGRITY for one that the application does not vouch for. */
export const findLockdownAct = async (app: App, id: string): Promise<LockdownAct> => {
  const [row] = await app.db.orm.select().from(lockdownActs).where(eq(lockdownActs.id, id))
  if (row === undefined) throw new ChartwardError('INTEGRITY')
  const { requestedBy, people, requestId } = await app.vouching.require('lockdown-act', row)
  const reason = await openText(app.keyring, reasonOf(id), row.reason)
  return { id, requestedBy, people, reason, requestId }
}
