import type { Action } from '@chartward/audit'
import type { AccountThen } from '@chartward/contract'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'

/** What each of these has made of the account that it is about. */
const MADE = {
  'user.invited': 'invited',
  'auth.factor.enrolled': 'active',
  'user.lockdown.started': 'suspended',
  'user.lockdown.confirmed': 'suspended',
  'user.lockdown.lifted': 'active',
  'user.deactivated': 'deactivated',
  'user.reactivated': 'invited',
} as const satisfies Partial<Record<Action, AccountThen>>

const isMade = (action: string): action is keyof typeof MADE => Object.hasOwn(MADE, action)

/** What each account was at a moment that is past, as the log tells it; who is missing was not there yet. */
export const accountsThen = async (
  { db, audit }: Pick<App, 'db' | 'audit'>,
  userIds: readonly UserId[],
  at: Date,
): Promise<ReadonlyMap<UserId, AccountThen>> => {
  const { sql } = db
  const rows = await sql<{ resource_id: UserId; action: string; bytes: Buffer; mac: Buffer }[]>`
    select resource_id, action, bytes, mac from audit_entries
    where resource_id = any(${[...userIds]}) and action in ${sql(Object.keys(MADE))} and outcome = 'success'
      and at < ${at.toISOString()}::timestamptz + interval '1 millisecond'
    order by id`
  const accounts = new Map<UserId, AccountThen>()
  // In the order of the log: the last that the application itself has written is what counts.
  for (const { resource_id: userId, action, bytes, mac } of rows) {
    if (isMade(action) && audit.isOwn(bytes, mac)) accounts.set(userId, MADE[action])
  }
  return accounts
}
