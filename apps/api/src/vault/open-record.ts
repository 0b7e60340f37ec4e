import {
  CryptoError,
  classDigest,
  envelopeKeyId,
  macEquals,
  open,
  SALT_BYTES,
  versionMac,
} from '@chartward/crypto'
import type { RecordFields } from '@chartward/fhir'
import type { FieldClass, PatientId, RecordId, ResourceType } from '@chartward/policy'
import type { LentKeys } from '../keys/lent-keys.ts'
import { valuesIn } from './class-texts.ts'
import { bindingOf, headerOf, type SealedVersion, unpackDigests } from './version.ts'

export interface OpenedRecord {
  readonly id: RecordId
  readonly patientId: PatientId
  readonly type: ResourceType
  readonly version: number
  readonly authoredAt: Date
  /** Values by class, of the classes asked for that the version has. */
  readonly fields: RecordFields
  /**
   * False where the stored bytes are not those that were written: the record is shown as untrusted,
   * never silently.
   */
  readonly trusted: boolean
}

/**
 * Opens the given classes of a stored version and checks each against its digest, and all digests against the
 * version's MAC. A class that does not decrypt, or is missing though the MAC says that it was written, is
 * left out and untrusted.
 */
export const openRecord = (
  stored: SealedVersion,
  classes: readonly FieldClass[],
  keys: LentKeys,
): OpenedRecord => {
  const integrity = keys.integrityKeyById(stored.integrityKeyId)
  const digests = unpackDigests(stored.digests)
  let trusted =
    integrity !== undefined &&
    digests !== null &&
    macEquals(versionMac(integrity.key, headerOf(stored), digests, stored.previousMac), stored.mac)
  const fields: RecordFields = {}
  for (const fieldClass of classes) {
    const envelope = stored.envelopes[fieldClass]
    const digest = digests?.get(fieldClass)
    if (envelope === undefined && digest === undefined) continue
    if (envelope === undefined || digest === undefined || integrity === undefined) {
      trusted = false
      continue
    }
    const plaintext = tryOpen(stored, fieldClass, envelope, keys)
    const subject = { recordId: stored.recordId, version: stored.version, fieldClass }
    if (plaintext === null || !macEquals(classDigest(integrity.key, subject, plaintext), digest)) {
      trusted = false
      continue
    }
    fields[fieldClass] = valuesIn(plaintext.toString('utf8', SALT_BYTES))
  }
  return {
    id: stored.recordId,
    patientId: stored.patientId,
    type: stored.resourceType,
    version: stored.version,
    authoredAt: stored.authoredAt,
    fields,
    trusted,
  }
}

const tryOpen = (
  { recordId, version }: SealedVersion,
  fieldClass: FieldClass,
  envelope: Buffer,
  keys: LentKeys,
): Buffer | null => {
  try {
    const key = keys.openingKey(fieldClass, envelopeKeyId(envelope))
    return key === undefined ? null : open(key, bindingOf(recordId, version, fieldClass), envelope)
  } catch (error) {
    if (error instanceof CryptoError) return null
    throw error
  }
}

/**
 * All values of an opened record by field name, its classes merged: field names are unique within a
 * resource type.
 */
export const mergedFields = ({ fields }: OpenedRecord): Record<string, unknown> => {
  const { unmapped: _unread, ...readable } = fields
  return Object.assign({}, ...Object.values(readable))
}
