export type { Binding } from './binding.ts'
export {
  exactToken,
  hasNameToken,
  nameQueryToken,
  nameTokens,
  truncatedToken,
  truncationBits,
} from './blind-index.ts'
export { KeyCache, type KeyCacheOptions } from './dek-cache.ts'
export { ENVELOPE_OVERHEAD, envelopeKeyId, open, type SealingKey, seal } from './envelope.ts'
export { CryptoError, type CryptoErrorCode } from './errors.ts'
export { hkdfSha256 } from './hkdf.ts'
export { hmacSha256 } from './hmac.ts'
export {
  type ClassDigestSubject,
  type ClassDigests,
  classDigest,
  macEquals,
  type SegmentHeader,
  segmentMac,
  type VersionHeader,
  versionMac,
} from './integrity.ts'
export { unwrapKek, wrapKek } from './kek.ts'
export { createKeyFile, readKeyFile, readPrivateFile } from './key-file.ts'
export {
  classKey,
  type DataKey,
  newDataKey,
  subKey,
  unwrapKey,
  unwrapSystemKey,
  WRAPPED_KEY_BYTES,
  wrapKey,
  wrapSystemKey,
} from './keys.ts'
export type { KekPlace, KmsProvider } from './kms.ts'
export { kwpUnwrap, kwpWrap } from './kwp.ts'
export { LocalKms } from './local-kms.ts'
export { type FoundBy, foundBy, isFoundBy, isFoundIn, readTyped } from './names.ts'
export {
  foldText,
  nameParts,
  normaliseDigits,
  normaliseIdentifier,
  normaliseName,
} from './normalise.ts'
export { PassphraseKms } from './passphrase-kms.ts'
export { drawSalt, SALT_BYTES } from './salt.ts'
export { planNameSearch, type SearchCost, type SearchPlan, unsafePlanSays } from './search-plan.ts'
export { wipeKey } from './secret-key.ts'
export { constantTimeEqual, hashToken, newToken } from './secret-token.ts'
export { ed25519PublicKey, ed25519Sign, ed25519Verify, requireEd25519Signature } from './signature.ts'
export { bytesToUuid, uuidToBytes } from './uuid.ts'
