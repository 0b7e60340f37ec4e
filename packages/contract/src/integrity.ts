import * as z from 'zod/mini'
import { count } from './forms.ts'

/** What an integrity check can find. A code is added here and nowhere else. */
export const integrityCode = z.enum([
  /** The entry of a leaf is gone. */
  'entry-missing',
  /** The bytes of an entry are not those that went into the log. */
  'entry-changed',
  /** A searchable column is not what the bytes say. */
  'column-changed',
  /** The leaf hash beside an entry is not that of its bytes, which are sound. */
  'leaf-hash-changed',
  /** The bytes are those of the log, but are no entry. */
  'entry-malformed',
  /** The application did not write this entry. */
  'bad-mac',
  /** An entry that is neither in the log nor waiting to be: put in behind the application. */
  'entry-unsequenced',
  /** The sequencer refused it. */
  'quarantined',
  /** A process committed entries of these numbers, and they are not in the log. */
  'number-missing',
  /** The database is not as the migrations make it: a trigger, a right, an owner. */
  'schema-changed',
  /** An entry of the log is said to have been refused. */
  'quarantine-false',
  /** The queue for the log names an entry that is not there. */
  'pending-unknown',
  /** A leaf's row is not that of the sound entry that it names. */
  'leaf-changed',
  'leaf-missing',
  'leaf-duplicated',
  'leaf-surplus',
  'node-changed',
  'node-missing',
  'node-surplus',
  /** The log ends before its head or its signed checkpoint says. */
  'truncated',
  'head-missing',
  'head-mismatch',
  /** The times beside the head are not those of the entries that it covers. */
  'head-time',
  /** A month's part of the log is gone, or is no part of it any more. */
  'partition-missing',
  'checkpoint-missing',
  'checkpoint-invalid',
  /** An entry enrols a signing key that the key before it has not handed over to. */
  'key-not-enrolled',
  /** An entry says that a bundle was signed, by a key that was not in force at its place in the log. */
  'key-not-in-force',
  /** The leaves do not hash to the root that was signed. */
  'checkpoint-mismatch',
  /** The record versions of a write are not those that its entry committed to. */
  'records-mismatch',
  /** Record versions that no entry committed to. */
  'records-unlogged',
  /** A record's current version is not its last one, or the record's row is gone. */
  'record-mismatch',
  /**
   * A row that gives somebody something is gone, changed, or put back to an earlier state than an entry
   * knows.
   */
  'row-mismatch',
  /** A row that gives somebody something is in a state that no entry knows. */
  'row-unlogged',
  /** A row that gives somebody something has a seal that is none of the application's. Seen with keys. */
  'row-unsealed',
  /** A version has other field classes than were written. */
  'class-mismatch',
  /** Patients listed for an entry that is not there. */
  'listed-unlogged',
  /** A note is gone though its entry committed to it; or none was committed to. */
  'note-missing',
  'note-unlogged',
  /** The hourly counts of the charts are not those of the log. */
  'hourly-mismatch',
  /** What the database says it is, is not what was installed. */
  'installation-changed',
  /** A wrapped key that the log tells of is gone or another one, or no entry tells of it. */
  'key-missing',
  'key-changed',
  'key-unlogged',
  'patient-missing',
  'patient-changed',
  'patient-unlogged',
  /** Something of a patient is there again whose keys were destroyed. In part seen with keys alone. */
  'shred-undone',
  /** By what a record would be known again when it is imported. */
  'source-id-missing',
  'source-id-surplus',
  'directory-missing',
  'directory-changed',
  'directory-unlogged',
  'export-missing',
  'export-changed',
  'export-unlogged',
  'release-missing',
  'release-unlogged',
  /** The following take keys to be seen. A stored key that opens nothing, or is not one for this place. */
  'key-unusable',
  /** A version's ciphertexts, digests, MACs or chain are not what was written. */
  'record-changed',
  /** A chart's index is not what was written, or not what its records say. */
  'chart-index-changed',
  /** A patient is not found by what the Patient record says, or by what it does not say. */
  'search-tokens-mismatch',
  /** The tokens by which a claim is found are not those of its record, or stand for none. Seen with keys. */
  'claim-tokens-mismatch',
  'source-id-changed',
  'directory-unreadable',
  'note-changed',
  'release-changed',
])

/** What a check may have to leave out, for want of a key or of a log that holds. */
const uncheckedPart = z.enum(['authenticity', 'contents', 'hourly'])

const integrityProblem = z.strictObject({
  /** The leaf it is about, where it is about one. */
  index: z.nullable(z.number()),
  entryId: z.nullable(z.string()),
  code: integrityCode,
  /** A sentence with names, numbers and opaque ids, never a value of an entry. */
  detail: z.string(),
})

export const integrityReport = z.strictObject({
  /** Leaves that the log has, by its head or its checkpoint, whichever says more. */
  size: z.number(),
  /** Leaves that were read and compared. */
  checked: count,
  /** True only if there is no problem at all. */
  ok: z.boolean(),
  /** The first 1,000 problems. */
  problems: z.array(integrityProblem),
  /** All problems. */
  problemCount: count,
  /** Parts that this reader could not check: that nothing was found there says nothing. */
  unchecked: z.array(uncheckedPart),
  checkedAt: z.string(),
})

export type IntegrityCode = z.output<typeof integrityCode>
export type UncheckedPart = z.output<typeof uncheckedPart>
export type IntegrityProblem = z.output<typeof integrityProblem>
export type IntegrityReport = z.output<typeof integrityReport>
