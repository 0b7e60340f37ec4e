import { CryptoError } from './errors.ts'
import { NIBBLE_OF_ASCII } from './hex.ts'

export const UUID_BYTES = 16
const TEXT_LENGTH = 36
const DASH = 0x2d
/** Where the first hex digit of each of the 16 bytes stands in the text (RFC 9562, section 4). */
const DIGIT_AT = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const
const HEX_OF_BYTE: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
)

/**
 * Write the 16 bytes of a UUID's text form into `target`. Written out by hand because it runs twice per
 * sealed field. Either letter case and any UUID version is taken; anything else is `invalid-argument`.
 */
export const writeUuid = (target: Uint8Array, offset: number, uuid: string): void => {
  let valid =
    uuid.length === TEXT_LENGTH &&
    uuid.charCodeAt(8) === DASH &&
    uuid.charCodeAt(13) === DASH &&
    uuid.charCodeAt(18) === DASH &&
    uuid.charCodeAt(23) === DASH
  if (valid) {
    for (let i = 0; i < UUID_BYTES; i++) {
      const at = DIGIT_AT[i] ?? 0
      const high = NIBBLE_OF_ASCII[uuid.charCodeAt(at)] ?? 0xff
      const low = NIBBLE_OF_ASCII[uuid.charCodeAt(at + 1)] ?? 0xff
      if ((high | low) > 15) valid = false
      target[offset + i] = (high << 4) | low
    }
  }
  if (!valid) throw new CryptoError('invalid-argument', 'an id is not a UUID')
}

/** The 16 bytes of a UUID in network order (RFC 9562, section 4). Throws `invalid-argument`. */
export const uuidToBytes = (uuid: string): Buffer => {
  const bytes = Buffer.allocUnsafe(UUID_BYTES)
  writeUuid(bytes, 0, uuid)
  return bytes
}

/** The canonical lower-case text of exactly 16 bytes. Throws `invalid-argument` on any other length. */
export const bytesToUuid = (bytes: Uint8Array): string => {
  if (bytes.length !== UUID_BYTES) throw new CryptoError('invalid-argument', 'a UUID has 16 bytes')
  let text = ''
  for (let i = 0; i < UUID_BYTES; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-'
    text += HEX_OF_BYTE[bytes[i] ?? 0] ?? ''
  }
  return text
}
