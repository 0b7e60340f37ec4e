import type { FactorsShown } from '@chartward/contract'
import { schema } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, isNull } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { showText } from '../../keys/sealed-text.ts'
import { nameOf } from '../auth/passkeys/rows.ts'
import { standingReset } from '../auth/resets/reset-rows.ts'
import { type UsableFactors, usableFactors } from '../auth/usable-factors.ts'

const { recoveryCodes } = schema

/** What counts where a row of somebody's is none of ours. */
const NONE: UsableFactors = { totp: [], passkeys: [] }

/** What somebody signs in with, without anything that could be used: for them, and who looks after them. */
export const factorsOf = async (app: App, userId: UserId): Promise<FactorsShown> => {
  const { db, keyring } = app
  const [usable, unused, reset] = await Promise.all([
    usableFactors(db, app, userId),
    db.orm
      .select({ id: recoveryCodes.id })
      .from(recoveryCodes)
      .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt))),
    standingReset(db, app, userId),
  ])
  const { totp, passkeys } = usable ?? NONE
  return {
    authenticators: totp.map(({ id, createdAt }) => ({ id, createdAt: createdAt.toISOString() })),
    passkeys: await Promise.all(
      passkeys.map(async ({ id, name, createdAt, lastUsedAt, backedUp }) => ({
        id,
        name: await showText(keyring, nameOf(id), name),
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
        backedUp,
      })),
    ),
    recoveryCodes: unused.length,
    reset:
      reset === null
        ? null
        : {
            id: reset.id,
            createdAt: reset.createdAt.toISOString(),
            opensAt: reset.opensAt.toISOString(),
            expiresAt: reset.expiresAt.toISOString(),
            accepted: reset.sessionId !== null,
          },
  }
}
