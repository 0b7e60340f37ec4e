export {
  ACTIONS,
  type Action,
  type ActionSpec,
  CATEGORIES,
  type Category,
  isAction,
  type Rule,
} from './actions.ts'
export { fromBase64, toBase64 } from './base64.ts'
export { LOG_FORMAT } from './bundle/format.ts'
export { splitLines } from './bundle/split-lines.ts'
export type { LogProblem, LogProblemCode, LogVerification } from './bundle/verify.ts'
export { verifyLogBundle } from './bundle/verify.ts'
export { type BundleEntry, writeLogBundle } from './bundle/write.ts'
export { equalBytes, fromHex, toHex } from './bytes.ts'
export { canonicalise } from './canonical.ts'
export { checkEntry } from './check-entry.ts'
export {
  type Checkpoint,
  formatCheckpoint,
  parseCheckpoint,
  signCheckpoint,
  signCheckpointWith,
  verifyCheckpoint,
} from './checkpoint.ts'
export type {
  Actor,
  AuditEntry,
  AuditEntryBase,
  EntryChange,
  EntryRecords,
  EntryRow,
  EntryWriter,
  NumberRange,
  Outcome,
} from './entry.ts'
export { BUNDLE_WIDTH, formatEntryBundle, parseEntryBundle, tilePath } from './entry-bundle.ts'
export { AuditError, type AuditErrorCode } from './errors.ts'
export { type InspectedRow, inspectRow, type RowProblem } from './inspect.ts'
export type { JsonObject, JsonScalar, JsonValue } from './json.ts'
export {
  checkedBytes,
  entryBytes,
  HASH_LENGTH,
  leafHash,
  MAX_ENTRY_BYTES,
  nodeHash,
  noteCommitment,
  parseEntry,
} from './leaf.ts'
export { BUNDLE_KEY_GRACE, type EnrolledBundleKey, signsBundlesAt } from './log-keys/bundle-keys.ts'
export { LogKeys } from './log-keys/log-keys.ts'
export { type ProvenEntry, verifyCheckpointBy } from './log-keys/proven-entry.ts'
export {
  enrolmentNote,
  KEY_PURPOSES,
  type KeyPurpose,
  type KeyStatement,
  proposedKey,
  signingKeyName,
  signKeyStatement,
  verifyKeyStatement,
} from './log-keys/statement.ts'
export {
  completedNodes,
  EMPTY_ROOT,
  MerkleFrontier,
  rootFromLeaves,
  type StoredNode,
} from './merkle/frontier.ts'
export {
  consistencyProof,
  consistencyProofNodes,
  foldProof,
  type GetNode,
  inclusionProof,
  inclusionProofNodes,
  type NodeId,
  type ProofNode,
} from './merkle/prove.ts'
export {
  type ConsistencyClaim,
  type InclusionClaim,
  verifyConsistency,
  verifyInclusion,
} from './merkle/verify.ts'
export { mergeRanges, missingRanges } from './number-ranges.ts'
export { recordsDigest, type WrittenRecord } from './records-digest.ts'
export { type RowValue, rowHash } from './row-hash.ts'
export { type SearchableColumns, searchableColumns } from './searchable-columns.ts'
export { shownPatients } from './shown-patients.ts'
export { BundleError, type BundleErrorCode } from './signed-bundle/errors.ts'
export {
  BUNDLE_FORMAT,
  BUNDLE_KINDS,
  type BundleKind,
  type BundleManifest,
  type BundleProofs,
} from './signed-bundle/format.ts'
export { type PlacedEntry, type VerifiedBundle, verifyBundle } from './signed-bundle/verify.ts'
export {
  type BundleParts,
  type BundleSource,
  measureSource,
  signBundleManifest,
  writeBundle,
} from './signed-bundle/write.ts'
export {
  claimsSignatureOf,
  countersignNote,
  formatVerifierKey,
  type NoteSigner,
  noteKeyId,
  noteText,
  parseVerifierKey,
  signNote,
  type VerifierKey,
  verifyNote,
} from './signed-note.ts'
