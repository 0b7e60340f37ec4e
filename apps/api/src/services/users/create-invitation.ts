import { newToken } from '@chartward/crypto'
import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import { invitationText, invitationUrl } from '../auth/invitation.ts'
import { queueMail } from '../mail/queue-mail.ts'

/** An invitation can be accepted for this long. */
export const INVITATION_MS = 72 * 60 * 60_000

interface NewInvitation {
  readonly id: string
  /** Shown once, or mailed. */
  readonly url: string
  readonly token: string
  readonly expiresAt: Date
}

const { invitations } = schema

/** Until when the invitation of a user counts that can be used still, or null. */
export const invitedUntil = async ({ db, clock }: App, userId: UserId): Promise<Date | null> => {
  const { acceptedAt, expiresAt, revokedAt } = invitations
  const [row] = await db.orm
    .select({ expiresAt })
    .from(invitations)
    .where(and(eq(invitations.userId, userId), isNull(acceptedAt), isNull(revokedAt), gt(expiresAt, clock())))
    .limit(1)
  return row?.expiresAt ?? null
}

/** Withdraws every invitation of a user, accepted ones too: what they set no longer counts. */
export const revokeInvitations = async (
  tx: Transaction,
  { clock, vouching }: Pick<App, 'clock' | 'vouching'>,
  userId: UserId,
): Promise<void> => {
  const standing = and(eq(invitations.userId, userId), isNull(invitations.revokedAt))
  await vouching.end(tx, 'invitation', standing, { revokedAt: clock() })
}

/**
 * Makes a single-use link for a user and withdraws all earlier ones, accepted ones too: what they set no
 * longer counts.
 */
export const createInvitation = async (
  tx: Transaction,
  app: App,
  userId: UserId,
  by: UserId | null,
): Promise<NewInvitation> => {
  const now = app.clock()
  await revokeInvitations(tx, app, userId)
  const id = newId()
  const token = newToken()
  const expiresAt = new Date(now.getTime() + INVITATION_MS)
  const tokenHash = app.keyring.mac('tokens', invitationText(token))
  await app.vouching.insert(tx, 'invitation', [
    { id, userId, tokenHash, invitedBy: by, createdAt: now, expiresAt },
  ])
  return { id, url: invitationUrl(app.settings.publicUrl, token), token, expiresAt }
}

/**
 * Hands a new invitation to its owner by mail, where there is a server for it, and gives null: nobody else
 * sees the link. Without one it is given to the caller, who shows it once.
 */
export const handOver = async (
  tx: Transaction,
  app: App,
  userId: UserId,
  { url, token, expiresAt }: NewInvitation,
): Promise<string | null> => {
  if (app.settings.smtp === null) return url
  await queueMail(tx, app, { kind: 'invitation', userId, token, expiresAt: expiresAt.toISOString() })
  return null
}
