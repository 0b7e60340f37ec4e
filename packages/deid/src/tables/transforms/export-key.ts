import { createHash, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { DeidError } from '../../shared/errors.ts'
import type { TransformContext } from './context.ts'

const KEY_BYTES = 32

type Purpose = 'pseudonym' | 'date-shift' | 'perturb' | 'substitute'

const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest()

/**
 * The key of one purpose in one export (HKDF-SHA-256, RFC 5869): the export is the salt, purpose and column
 * are the info, so no two exports, purposes or columns share anything that could be linked. `column` is null
 * for what all columns share. Throws `bad-key` where the context has no key, or one below 32 bytes, or no
 * export.
 */
export const exportKey = (purpose: Purpose, context: TransformContext, column: string | null): KeyObject => {
  const { key, exportId } = context
  if (key === null || key.length < KEY_BYTES)
    throw new DeidError(
      'bad-key',
      `The ${purpose} of the column "${context.column}" needs the export's key, of at least ${KEY_BYTES} bytes.`,
    )
  if (exportId === '')
    throw new DeidError('bad-key', `The ${purpose} of the column "${context.column}" needs the export's id.`)
  const info = JSON.stringify(['chartward deid', 1, purpose, column])
  // Hashed, since node:crypto takes no more than 1024 bytes of info and a column's name may be longer.
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, sha256(exportId), sha256(info), KEY_BYTES)))
}

/** HMAC-SHA-256 over the parts as a JSON array, so that no two lists of parts are one message. */
export const macOf = (key: KeyObject, parts: readonly (string | number)[]): Buffer =>
  createHmac('sha256', key).update(JSON.stringify(parts), 'utf8').digest()

const WORD = 2 ** 48

/** The first 48 bits of a MAC: a whole number below 2^48. */
const wordOf = (mac: Buffer): number => mac.readUIntBE(0, 6)

/** A number strictly between 0 and 1, the same for the same key and parts. */
export const drawUnit = (key: KeyObject, parts: readonly (string | number)[]): number =>
  (wordOf(macOf(key, parts)) + 0.5) / WORD

/**
 * A whole number from 0 to bound - 1, the same for the same key and parts; each exactly as likely as any
 * other, since words beyond the last whole multiple of the bound are drawn again (rejection sampling).
 */
export const drawBelow = (key: KeyObject, bound: number, parts: readonly (string | number)[]): number => {
  const limit = WORD - (WORD % bound)
  for (let draw = 0; ; draw += 1) {
    const word = wordOf(macOf(key, [draw, ...parts]))
    if (word < limit) return word % bound
  }
}
