import { rowHash } from '@chartward/audit'
import type { EntryId, FieldClass, PatientId, RecordId, ResourceType } from '@chartward/policy'
import { CLASS_ORDER } from './class-order.ts'

/** What stands in the clear beside the envelopes of a record version. */
export interface VersionHeading {
  readonly patientId: PatientId
  readonly recordId: RecordId
  readonly resourceType: ResourceType
  readonly version: number
  readonly authoredAt: Date
  /** Who wrote it: `user:<id>` or `service:<name>`. */
  readonly author: string
  /** The audit entry that commits to this version. */
  readonly entryId: EntryId
}

/** A record version as it is stored: an envelope per class, the classes' digests, and the MAC over all. */
export interface SealedVersion extends VersionHeading {
  readonly envelopes: Partial<Record<FieldClass, Buffer>>
  readonly digests: Buffer
  readonly integrityKeyId: string
  readonly previousMac: Buffer | null
  readonly mac: Buffer
}

/** A version's row without its envelopes, as it was written or as it is read. */
interface CommittedVersion
  extends Pick<
    SealedVersion,
    'patientId' | 'recordId' | 'version' | 'author' | 'digests' | 'integrityKeyId' | 'previousMac' | 'mac'
  > {
  readonly resourceType: string
  /** Microseconds since 1970, in decimal. */
  readonly authoredAt: string
}

/**
 * What the entry of a write commits to of a version: all that its row says but the envelopes, so that an
 * auditor compares it without a key, and a new key for the envelopes needs no new entry. Which classes there
 * are is said by the digests, and which entry by being in it.
 */
export const versionHash = (v: CommittedVersion): Uint8Array =>
  rowHash('record_versions', [
    v.patientId,
    v.recordId,
    v.version,
    v.resourceType,
    v.authoredAt,
    v.author,
    v.digests,
    v.integrityKeyId,
    v.previousMac,
    v.mac,
  ])

/** An instant as `CommittedVersion` has it. */
export const microseconds = (instant: Date): string => `${instant.getTime()}000`

/** A patient's own record, the one of type Patient, goes by the patient's id. */
export const patientRecordId = (patientId: PatientId): RecordId => patientId as string as RecordId

/** Where a class's envelope belongs; the associated data is built from this inside the crypto package. */
export const bindingOf = (recordId: RecordId, version: number, fieldClass: FieldClass) => ({
  purpose: 'record',
  table: 'record_versions',
  fieldClass,
  rowId: recordId,
  rowVersion: version,
})

/**
 * The header as the MAC covers it. Times count in milliseconds, so that no database's way of
 * printing them matters.
 */
export const headerOf = (heading: VersionHeading) => ({
  recordId: heading.recordId,
  patientId: heading.patientId,
  resourceType: heading.resourceType,
  version: heading.version,
  authoredAt: String(heading.authoredAt.getTime()),
  author: heading.author,
  entryId: heading.entryId,
})

const DIGEST_BYTES = 32

/** One byte that says which classes there are, then 32 bytes for each of them in catalog order. */
export const packDigests = (digests: ReadonlyMap<FieldClass, Buffer>): Buffer => {
  let present = 0
  const parts: Buffer[] = []
  CLASS_ORDER.forEach((fieldClass, bit) => {
    const digest = digests.get(fieldClass)
    if (digest === undefined) return
    present |= 1 << bit
    parts.push(digest)
  })
  return Buffer.concat([Buffer.of(present), ...parts])
}

/** The inverse of `packDigests`, or null for bytes that it can't have made. */
export const unpackDigests = (packed: Buffer): Map<FieldClass, Buffer> | null => {
  const present = packed[0]
  if (present === undefined) return null
  const digests = new Map<FieldClass, Buffer>()
  let at = 1
  for (const [bit, fieldClass] of CLASS_ORDER.entries()) {
    if ((present & (1 << bit)) === 0) continue
    digests.set(fieldClass, packed.subarray(at, at + DIGEST_BYTES))
    at += DIGEST_BYTES
  }
  return at === packed.length ? digests : null
}
