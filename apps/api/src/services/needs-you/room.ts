import type { Need } from '@chartward/contract'
import { type Permission, permissionOf } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'
import { holds, rowsHeld } from '../../guard/holds.ts'

export type NeedsContext = VerbContext<'home.viewed'>

/** What one service knows to need somebody. */
export interface Feed {
  /** Only whoever holds all of these is asked about: each need is one that they can see and deal with. */
  readonly permissions: readonly [Permission, ...Permission[]]
  /** What needs the reader of `ctx`, `MOST` at most, in any order. */
  readonly needs: (ctx: NeedsContext) => Promise<readonly Need[]>
}

/** So many of one feed are looked at: whoever has more has not looked for long. */
export const MOST = 200

export const DAY_MS = 24 * 60 * 60 * 1000

/** Whether the reader is one of those whom a feed is for. */
export const isFor = (ctx: NeedsContext, { permissions }: Feed): boolean =>
  permissions.every((permission) =>
    permissionOf(permission)?.subject === 'none'
      ? holds(ctx, permission)
      : rowsHeld(ctx, permission) !== null,
  )
