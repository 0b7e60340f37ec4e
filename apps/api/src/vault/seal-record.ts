import { classDigest, drawSalt, SALT_BYTES, seal, versionMac } from '@chartward/crypto'
import type { FieldClass } from '@chartward/policy'
import type { LentKeys } from '../keys/lent-keys.ts'
import type { ClassTexts } from './class-texts.ts'
import { bindingOf, headerOf, packDigests, type SealedVersion, type VersionHeading } from './version.ts'

/**
 * Seals a new version of a record: each class that has values becomes one envelope under the patient's key
 * for that class, with a digest. A salt goes before the JSON, inside the ciphertext: what survives a shred
 * (digests, MACs) can't confirm a guess at the content. The version's MAC covers header, digests and the
 * previous version's MAC.
 */
export const sealRecord = (
  heading: VersionHeading,
  texts: ClassTexts,
  previousMac: Buffer | null,
  keys: LentKeys,
): SealedVersion => {
  const integrity = keys.integrityKey()
  const envelopes: Partial<Record<FieldClass, Buffer>> = {}
  const digests = new Map<FieldClass, Buffer>()
  for (const [fieldClass, json] of texts) {
    const plaintext = Buffer.allocUnsafe(SALT_BYTES + Buffer.byteLength(json))
    drawSalt(plaintext, 0)
    plaintext.write(json, SALT_BYTES)
    const subject = { recordId: heading.recordId, version: heading.version, fieldClass }
    digests.set(fieldClass, classDigest(integrity.key, subject, plaintext))
    envelopes[fieldClass] = seal(
      keys.sealingKey(fieldClass),
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
