import { CryptoError } from './errors.ts'
import { hmacSha256 } from './hmac.ts'
import { normaliseName } from './normalise.ts'
import { secretKey } from './secret-key.ts'

/**
 * Blind-index tokens: keyed digests of normalised values, kept as rows, so that the database can find
 * equal values without the values.
 *
 * What they leak to whoever reads the database without the index key:
 * - Exact tokens: which patients share a value, and how often each value occurs; nothing of the value.
 * - Truncated tokens: the same for groups of values that happen to share a token, so less of it.
 * - Name tokens: also how many tokens a name has, hence its length up to 12, and that two names may begin
 *   alike. They are returned sorted, so that the order of the rows does not tell full name from prefix.
 * - Over time, which tokens are searched for. Whoever holds the index key as well can try out every value.
 */
const EXACT_BYTES = 16
const SHORTEST_PREFIX = 3
const LONGEST_PREFIX = 12
const SMALLEST_BITS = 1
const LARGEST_BITS = 128

type Kind = 'exact' | 'truncated' | 'name-full' | 'name-prefix'

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
 * What to store for one name: the token of the whole normalised name and one for each of its prefixes of
 * 3 to 12 letters. Sorted, without repeats, and empty for a name without a letter or digit.
 */
export const nameTokens = (key: Uint8Array, field: string, name: string, bits: number): Buffer[] => {
  const normal = normaliseName(name)
  if (normal === '') return []
  const letters = Array.from(normal)
  const tokens = [truncate(digest(key, 'name-full', field, normal), bits)]
  for (let length = SHORTEST_PREFIX; length <= Math.min(letters.length, LONGEST_PREFIX); length++) {
    tokens.push(prefixToken(key, field, letters, length, bits))
  }
  tokens.sort(Buffer.compare)
  return tokens.filter((token, i) => i === 0 || !tokens[i - 1]?.equals(token))
}

/**
 * What to look for when someone has typed the beginning of a name. `invalid-argument` under 3 letters;
 * beyond 12 the token is that of the first 12, since results are checked after decryption anyway.
 */
export const nameQueryToken = (key: Uint8Array, field: string, typed: string, bits: number): Buffer => {
  const letters = Array.from(normaliseName(typed))
  if (letters.length < SHORTEST_PREFIX) {
    throw new CryptoError('invalid-argument', 'a search by name takes 3 letters or more')
  }
  return prefixToken(key, field, letters, Math.min(letters.length, LONGEST_PREFIX), bits)
}

/** What to look for when a whole name was typed: the only way to a name of one or two letters. */
export const wholeNameQueryToken = (key: Uint8Array, field: string, name: string, bits: number): Buffer =>
  truncate(digest(key, 'name-full', field, normaliseName(name)), bits)

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

const prefixToken = (
  key: Uint8Array,
  field: string,
  letters: readonly string[],
  length: number,
  bits: number,
): Buffer => truncate(digest(key, 'name-prefix', field, letters.slice(0, length).join('')), bits)

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
