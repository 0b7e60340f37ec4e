import { accountKind } from '@chartward/contract'
import { CryptoError } from '@chartward/crypto'
import { z } from 'zod'
import { ChartwardError } from '../../core/errors.ts'
import { userIdSchema } from '../../core/ids.ts'
import type { Keyring } from '../../keys/keyring.ts'

const link = { token: z.string(), expiresAt: z.iso.datetime() }

/**
 * What a mail holds, sealed to its row: whose it is and by what link, so that nobody who can write rows has a
 * link sent elsewhere. `to` is where it goes if that is not the address of the person's account; a request to
 * reset a password knows no more than what was typed.
 */
const content = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('invitation'), userId: userIdSchema, ...link }),
  z.strictObject({ kind: z.literal('password-reset'), userId: userIdSchema, ...link }),
  z.strictObject({ kind: z.literal('address'), userId: userIdSchema, to: z.string(), ...link }),
  z.strictObject({
    kind: z.literal('reset-asked'),
    typed: z.string(),
    as: accountKind,
    ip: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('notice'),
    userId: userIdSchema,
    to: z.string().nullable(),
    word: z.string(),
    at: z.iso.datetime(),
    ip: z.string().nullable(),
    role: z.string().nullable(),
  }),
])

export type MailContent = z.output<typeof content>

const bindingOf = (mailId: string) => ({
  purpose: 'mail',
  table: 'mails',
  fieldClass: 'content',
  rowId: mailId,
  rowVersion: 1,
})

export const sealContent = (keyring: Keyring, mailId: string, said: MailContent): Buffer =>
  keyring.seal('mails', bindingOf(mailId), Buffer.from(JSON.stringify(said)))

/** Opens it in its row. Throws INTEGRITY for what was put there by another hand. */
export const openContent = async (
  keyring: Keyring,
  mailId: string,
  sealed: Uint8Array,
): Promise<MailContent> => {
  try {
    const opened = await keyring.open('mails', bindingOf(mailId), sealed)
    return content.parse(JSON.parse(opened.toString()))
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    throw new ChartwardError('INTEGRITY', undefined, { cause: error })
  }
}
