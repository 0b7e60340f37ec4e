import { lengthPrefixed, uint64, utf8 } from './encode.ts'
import { CryptoError } from './errors.ts'
import { HMAC_BYTES, hmacSha256 } from './hmac.ts'
import { secretKey } from './secret-key.ts'
import { constantTimeEqual } from './secret-token.ts'
import { uuidToBytes } from './uuid.ts'

/** Which part of which version a class digest belongs to. Ids are UUIDs. */
export interface ClassDigestSubject {
  readonly recordId: string
  readonly version: number
  readonly fieldClass: string
}

/**
 * The header of a record version that its MAC covers. Ids are UUIDs; `authoredAt` and `author` count
 * byte for byte.
 */
export interface VersionHeader {
  readonly recordId: string
  readonly patientId: string
  readonly resourceType: string
  readonly version: number
  readonly authoredAt: string
  readonly author: string
  /** The audit entry of the write. */
  readonly entryId: string
}

export type ClassDigests = ReadonlyMap<string, Uint8Array> | Readonly<Record<string, Uint8Array>>

/** Where a segment of a chart's index belongs. `patientId` is a UUID; the names count byte for byte. */
export interface SegmentHeader {
  readonly patientId: string
  readonly resourceType: string
  readonly fieldClass: string
  readonly number: number
  /** The number of the oldest segment that still counts. */
  readonly base: number
}

const CLASS_LABEL = 'chartward/v1/integrity/class'
const SEGMENT_LABEL = 'chartward/v1/integrity/segment'
const VERSION_LABEL = 'chartward/v1/integrity/version'
const FIRST = Uint8Array.of(0)
const LATER = Uint8Array.of(1)

/**
 * The digest of one field class of one version: HMAC-SHA-256 over place, salt and canonical plaintext
 * (`plaintextWithSalt` holds both). It covers the plaintext, so re-encryption does not change it; the
 * salt is random per version and is shredded with it, so what survives can't confirm a guess.
 */
export const classDigest = (
  key: Uint8Array,
  subject: ClassDigestSubject,
  plaintextWithSalt: Uint8Array,
): Buffer => {
  const place = lengthPrefixed(
    CLASS_LABEL,
    uuidToBytes(subject.recordId),
    uint64(subject.version),
    utf8(subject.fieldClass),
  )
  // Fed as a second part, and not copied: one copy of the plaintext less to wipe.
  return hmacSha256(secretKey(key), place, plaintextWithSalt)
}

/**
 * The MAC of a record version: over its header, every class digest and the MAC of the version before it
 * (null for the first). The order of the digests does not matter. `invalid-argument` for ids that are no
 * UUIDs and for digests or MACs that have not 32 bytes.
 */
export const versionMac = (
  key: Uint8Array,
  header: VersionHeader,
  classDigests: ClassDigests,
  previousMac: Uint8Array | null,
): Buffer => {
  const digests = sortedEntries(classDigests)
  const previous = previousMac === null ? FIRST : Buffer.concat([LATER, require32(previousMac)])
  return hmacSha256(
    secretKey(key),
    lengthPrefixed(
      VERSION_LABEL,
      uuidToBytes(header.recordId),
      uuidToBytes(header.patientId),
      header.resourceType,
      uint64(header.version),
      header.authoredAt,
      header.author,
      uuidToBytes(header.entryId),
      previous,
      uint64(digests.length),
      ...digests.flatMap(([fieldClass, digest]) => [fieldClass, require32(digest)]),
    ),
  )
}

/**
 * The MAC of a segment of a chart's index: over its place, the MAC of the segment before it (null for one
 * that is its own base) and its plaintext, which begins with a random salt. `invalid-argument` for an id
 * that is no UUID and a MAC that has not 32 bytes.
 */
export const segmentMac = (
  key: Uint8Array,
  header: SegmentHeader,
  previousMac: Uint8Array | null,
  plaintextWithSalt: Uint8Array,
): Buffer => {
  const place = lengthPrefixed(
    SEGMENT_LABEL,
    uuidToBytes(header.patientId),
    header.resourceType,
    header.fieldClass,
    uint64(header.number),
    uint64(header.base),
    ...(previousMac === null ? [FIRST] : [LATER, require32(previousMac)]),
  )
  return hmacSha256(secretKey(key), place, plaintextWithSalt)
}

/** Whether two MACs are equal, in a time that does not tell where they differ. */
export const macEquals = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === HMAC_BYTES && constantTimeEqual(a, b)

const sortedEntries = (digests: ClassDigests): [string, Uint8Array][] => {
  const entries = isMap(digests) ? [...digests] : Object.entries(digests)
  return entries.sort(([a], [b]) => (a < b ? -1 : 1))
}

const isMap = (digests: ClassDigests): digests is ReadonlyMap<string, Uint8Array> => digests instanceof Map

const require32 = (digest: Uint8Array): Uint8Array => {
  if (digest.length !== HMAC_BYTES) {
    throw new CryptoError('invalid-argument', 'a digest or MAC has 32 bytes')
  }
  return digest
}
