import { randomFillSync } from 'node:crypto'
import { classDigest, seal, versionMac } from '@chartward/crypto'
import type { RecordFields } from '@chartward/fhir'
import type { FieldClass } from '@chartward/policy'
import { CLASS_ORDER, type Keyring, type PatientKeys } from '../keys/keyring.ts'
import { bindingOf, headerOf, packDigests, type SealedVersion, type VersionHeading } from './version.ts'

/** Inside each ciphertext, before the JSON: what survives a shred (digests, MACs) can't confirm a guess at the content. */
export const SALT_BYTES = 16

/**
 * Seals a new version of a record: each class that has values becomes one envelope under the patient's key for that class,
 * with a salted digest; the version's MAC covers header, digests and the previous version's MAC.
 */
export const sealRecord = (
  heading: VersionHeading,
  fields: RecordFields,
  previousMac: Buffer | null,
  keys: PatientKeys,
  keyring: Keyring,
): SealedVersion => {
  const integrity = keyring.systemKey('integrity')
  const envelopes: Partial<Record<FieldClass, Buffer>> = {}
  const digests = new Map<FieldClass, Buffer>()
  for (const fieldClass of CLASS_ORDER) {
    const values = fields[fieldClass]
    if (values === undefined || Object.keys(values).length === 0) continue
    const json = JSON.stringify(values)
    const plaintext = Buffer.allocUnsafe(SALT_BYTES + Buffer.byteLength(json))
    randomFillSync(plaintext, 0, SALT_BYTES)
    plaintext.write(json, SALT_BYTES)
    const subject = { recordId: heading.recordId, version: heading.version, fieldClass }
    digests.set(fieldClass, classDigest(integrity.key, subject, plaintext))
    envelopes[fieldClass] = seal(
      keys.classKey(fieldClass),
      bindingOf(heading.recordId, heading.version, fieldClass),
      plaintext,
    )
    plaintext.fill(0)
  }
  const mac = versionMac(integrity.key, headerOf(heading), digests, previousMac)
  return {
    ...heading,
    envelopes,
    digests: packDigests(digests),
    integrityKeyId: integrity.id,
    previousMac,
    mac,
  }
}
