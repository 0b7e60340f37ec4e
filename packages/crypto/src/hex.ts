/** Value of each ASCII hex digit (either case), or 0xff for every other byte. */
export const NIBBLE_OF_ASCII: Uint8Array = new Uint8Array(256).fill(0xff)
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16)
  NIBBLE_OF_ASCII[digit.charCodeAt(0)] = value
  NIBBLE_OF_ASCII[digit.toUpperCase().charCodeAt(0)] = value
}

const ASCII_DIGITS = Buffer.from('0123456789abcdef', 'latin1')

/** Lower-case ASCII hex of `bytes`, as bytes: a string of a secret could not be wiped afterwards. */
export const encodeHex = (bytes: Uint8Array): Buffer => {
  const ascii = Buffer.alloc(bytes.length * 2)
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    ascii[i * 2] = ASCII_DIGITS[byte >> 4] ?? 0
    ascii[i * 2 + 1] = ASCII_DIGITS[byte & 15] ?? 0
  }
  return ascii
}

/** The bytes behind ASCII hex, or null where the length is odd or any byte is no hex digit. */
export const decodeHex = (ascii: Uint8Array): Buffer | null => {
  if (ascii.length % 2 !== 0) return null
  const bytes = Buffer.alloc(ascii.length / 2)
  for (let i = 0; i < bytes.length; i++) {
    const high = NIBBLE_OF_ASCII[ascii[i * 2] ?? 0] ?? 0xff
    const low = NIBBLE_OF_ASCII[ascii[i * 2 + 1] ?? 0] ?? 0xff
    if ((high | low) > 15) {
      bytes.fill(0)
      return null
    }
    bytes[i] = (high << 4) | low
  }
  return bytes
}
