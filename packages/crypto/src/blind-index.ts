import { CryptoError } from './errors.ts'
import { hmacSha256 } from './hmac.ts'
import { foundBy, isWholeWord, lettersOf, SHORTEST_PREFIX } from './names.ts'
import { isUnspaced } from './normalise.ts'
import { secretKey } from './secret-key.ts'

/**
 * Blind-index tokens: keyed digests of normalised values, kept as rows, so that the database can find
 * equal values without the values.
 *
 * What they leak to whoever reads the database without the index key:
 * - Exact tokens: which patients share a value, and how often each value occurs; nothing of the value.
 * - Truncated tokens: the same for groups of values that happen to share a token, so less of it.
 * - Name tokens: also how many tokens a person's names have together, hence roughly how long they are, up to
 *   MOST_NAME_TOKENS, and that two people's names, or parts of them, may begin alike. Of Han, kana and Hangul
 *   each character has a token, and the frequencies of single characters of surnames are public. They are
 *   returned sorted, so that the order of the rows does not tell part from whole.
 * - Over time, which tokens are searched for. Whoever holds the index key as well can try out every value.
 */
const EXACT_BYTES = 16
const LONGEST_PREFIX = 12
/** Four characters of Han, kana or Hangul tell as much as twelve letters do. */
const LONGEST_UNSPACED_PREFIX = 4
/** The names of one person have no more tokens than this, the first names first. */
export const MOST_NAME_TOKENS = 512
const SMALLEST_BITS = 1
const LARGEST_BITS = 128

/**
 * Names say which form of them was digested: the rules of names.ts and normalise.ts. Whoever changes these
 * raises the number, so that no token of the old form passes for one of the new, and reads ADR 046.
 */
type Kind = 'exact' | 'truncated' | 'name-whole/2' | 'name-prefix/2'

/**
 * A 128-bit token of an identifier's normal form. Empty values are `invalid-argument`: they identify nobody.
 */
export const exactToken = (key: Uint8Array, field: string, value: string): Buffer =>
  digest(key, 'exact', field, value).subarray(0, EXACT_BYTES)

/**
 * A token of `bits` bits (1 to 128) of a normal form, for values of which several people should share
 * one. As many bytes as hold the bits; the bits left over at the end are zero.
 */
export const truncatedToken = (key: Uint8Array, field: string, value: string, bits: number): Buffer =>
  truncate(digest(key, 'truncated', field, value), bits)

/**
 * What to store for the names of one person: a token for each beginning of each part, of 3 to 12 letters or 1
 * to 4 characters of Han, kana and Hangul, and one for each word of two letters. Sorted, without repeats, and
 * none for what has no letter or digit.
 */
export const nameTokens = (
  key: Uint8Array,
  field: string,
  names: readonly string[],
  bits: number,
): Buffer[] => {
  const wanted = new Set<string>()
  for (const needle of needlesOf(names)) {
    wanted.add(needle)
    if (wanted.size === MOST_NAME_TOKENS) break
  }
  const tokens = [...wanted].map((needle) => needleToken(key, field, needle, bits))
  tokens.sort(Buffer.compare)
  return tokens.filter((token, i) => i === 0 || !tokens[i - 1]?.equals(token))
}

/** Whether a typed word is long enough to be looked for: one letter of an alphabet is not. */
export const hasNameToken = (word: string): boolean => {
  const { length } = lettersOf(word)
  return isUnspaced(word) || length >= SHORTEST_PREFIX || isWholeWord(word)
}

/**
 * What to look for when someone has typed one word, or null where it is too short to have a token.
 * Of a long one the token of its beginning, since results are checked after decryption.
 */
export const nameQueryToken = (key: Uint8Array, field: string, word: string, bits: number): Buffer | null => {
  if (!hasNameToken(word)) return null
  return needleToken(key, field, lettersOf(word).slice(0, longestPrefix(word)).join(''), bits)
}

/**
 * How many bits leave about `groupSize` people to each token when `plannedPopulation` people are stored,
 * were their values all different: floor(log2(population / group)), from 1 to 128. Under twice the group
 * size one bit remains and the groups are smaller than asked.
 */
export const truncationBits = (plannedPopulation: number, groupSize = 8): number => {
  if (!isPositiveInteger(plannedPopulation) || !isPositiveInteger(groupSize)) {
    throw new CryptoError('invalid-argument', 'a population and a group size are whole numbers above 0')
  }
  const bits = Math.floor(Math.log2(plannedPopulation / groupSize))
  return Math.min(LARGEST_BITS, Math.max(SMALLEST_BITS, bits))
}

/** The words that names have tokens of: beginnings, and those of two letters. */
function* needlesOf(names: readonly string[]): Generator<string> {
  for (const name of names) {
    const { beginnings, wholes } = foundBy(name)
    yield* wholes
    for (const beginning of beginnings) {
      const letters = lettersOf(beginning).slice(0, longestPrefix(beginning))
      const shortest = isUnspaced(beginning) ? 1 : SHORTEST_PREFIX
      for (let length = shortest; length <= letters.length; length++) yield letters.slice(0, length).join('')
    }
  }
}

const longestPrefix = (word: string): number => (isUnspaced(word) ? LONGEST_UNSPACED_PREFIX : LONGEST_PREFIX)

const needleToken = (key: Uint8Array, field: string, needle: string, bits: number): Buffer =>
  truncate(digest(key, isWholeWord(needle) ? 'name-whole/2' : 'name-prefix/2', field, needle), bits)

/**
 * One string, so that one call crosses into OpenSSL. Unambiguous: kind and field hold no NUL, and the
 * value is last.
 */
const digest = (key: Uint8Array, kind: Kind, field: string, value: string): Buffer => {
  if (value === '') throw new CryptoError('invalid-argument', 'an empty value has no token')
  if (field === '' || field.includes('\0')) {
    throw new CryptoError('invalid-argument', 'an index field needs a name without NUL')
  }
  return hmacSha256(secretKey(key), `chartward/v1/blind-index/${kind}\0${field}\0${value}`)
}

const truncate = (full: Buffer, bits: number): Buffer => {
  if (!Number.isInteger(bits) || bits < SMALLEST_BITS || bits > LARGEST_BITS) {
    throw new CryptoError('invalid-argument', 'a token has 1 to 128 bits')
  }
  const token = full.subarray(0, Math.ceil(bits / 8))
  const last = token.length - 1
  token[last] = (token[last] ?? 0) & (0xff << (token.length * 8 - bits))
  return token
}

const isPositiveInteger = (value: number): boolean => Number.isSafeInteger(value) && value > 0
