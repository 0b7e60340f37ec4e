import { randomBytes } from 'node:crypto'
import type { PasskeyAsked, PasskeyMade, PasskeyWanted } from '@chartward/contract'
import { passkeyTransport } from '@chartward/contract'
import { type Connection, isUniqueViolation, schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, desc, eq, ne } from 'drizzle-orm'
import type { App } from '../../../app.ts'
import { newId } from '../../../core/ids.ts'
import { sealText } from '../../../keys/sealed-text.ts'
import type { RowOf } from '../../../vouch/kinds.ts'
import { refused } from './refusals.ts'
import type { verifyMade } from './verify.ts'

const { passkeys } = schema

export type Passkey = RowOf<'passkey'>

/** WebAuthn allows 64, and says that it is to tell nothing of its owner (level 3, section 14.6.1). */
const HANDLE_BYTES = 32

/** Where a passkey's name opens. */
export const nameOf = (id: string) => ({ table: 'passkeys', column: 'name', rowId: id }) as const

/** All that somebody has and had, the newest first. Whether they count is for the caller to ask. */
export const passkeysOf = ({ orm }: Pick<Connection, 'orm'>, userId: UserId): Promise<Passkey[]> =>
  orm.select().from(passkeys).where(eq(passkeys.userId, userId)).orderBy(desc(passkeys.id))

export const isUsable = ({ disabled }: Pick<Passkey, 'disabled'>): boolean => !disabled

const knownAmong = (words: readonly string[]) =>
  [...new Set(words)].flatMap((word) => {
    const known = passkeyTransport.safeParse(word)
    return known.success ? [known.data] : []
  })

/** The passkeys of a person as a browser is told of them. */
export const describedTo = (rows: readonly Passkey[]): PasskeyAsked['allowed'] =>
  rows.filter(isUsable).map(({ credentialId, transports }) => ({
    id: credentialId.toString('base64url'),
    transports: knownAmong(transports),
  })) satisfies PasskeyWanted['excluded']

/** What somebody's authenticators know them by: what they know already, or something new at random. */
export const handleFor = (rows: readonly Passkey[]): Buffer =>
  rows[0]?.userHandle ?? randomBytes(HANDLE_BYTES)

/** Puts a passkey in force. Throws PASSKEY_REFUSED for one that is registered, whosever it is. */
export const insertPasskey = async (
  tx: Transaction,
  { clock, keyring, vouching }: Pick<App, 'clock' | 'keyring' | 'vouching'>,
  owner: { readonly userId: UserId; readonly userHandle: Buffer },
  made: Awaited<ReturnType<typeof verifyMade>>,
  { name, transports }: Pick<PasskeyMade, 'name' | 'transports'>,
): Promise<string> => {
  const id = newId()
  const row = {
    id,
    ...owner,
    ...made,
    transports: knownAmong(transports),
    createdAt: clock(),
    disabled: false,
  }
  try {
    await vouching.insert(tx, 'passkey', [{ ...row, name: sealText(keyring, nameOf(id), name) }])
  } catch (error) {
    if (isUniqueViolation(error, 'passkeys_credential')) throw refused('taken-already', error)
    throw error
  }
  return id
}

/** Takes every passkey from an account but `keptId`. */
export const voidPasskeys = async (
  tx: Transaction,
  { vouching }: Pick<App, 'vouching'>,
  userId: UserId,
  keptId: string | null = null,
): Promise<void> => {
  const standing = and(
    eq(passkeys.userId, userId),
    eq(passkeys.disabled, false),
    keptId === null ? undefined : ne(passkeys.id, keptId),
  )
  await vouching.end(tx, 'passkey', standing, { disabled: true })
}
