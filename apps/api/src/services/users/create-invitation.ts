import { newToken } from '@chartward/crypto'
import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq, isNull } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import { invitationText } from '../auth/invitation.ts'

/** An invitation can be accepted for this long. */
export const INVITATION_MS = 72 * 60 * 60_000

interface NewInvitation {
  readonly id: string
  /** Shown once. The token stands in the fragment, which browsers send to nobody. */
  readonly url: string
  readonly expiresAt: Date
}

/**
 * Makes a single-use link for a user and withdraws all earlier ones, accepted ones too: what they set no
 * longer counts.
 */
export const createInvitation = async (
  tx: Transaction,
  { clock, keyring, settings, vouching }: App,
  userId: UserId,
  by: UserId | null,
): Promise<NewInvitation> => {
  const now = clock()
  const { invitations } = schema
  const standing = and(eq(invitations.userId, userId), isNull(invitations.revokedAt))
  await vouching.end(tx, 'invitation', standing, { revokedAt: now })
  const id = newId()
  const token = newToken()
  const expiresAt = new Date(now.getTime() + INVITATION_MS)
  const tokenHash = keyring.mac('tokens', invitationText(token))
  await vouching.insert(tx, 'invitation', [
    { id, userId, tokenHash, invitedBy: by, createdAt: now, expiresAt },
  ])
  return { id, url: `${settings.publicUrl.replace(/\/$/, '')}/invitation#${token}`, expiresAt }
}
