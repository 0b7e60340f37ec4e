import {
  CryptoError,
  drawSalt,
  envelopeKeyId,
  macEquals,
  open,
  SALT_BYTES,
  seal,
  segmentMac,
} from '@chartward/crypto'
import type { FieldClass, PatientId, ResourceType } from '@chartward/policy'
import type { LentKeys } from '../../keys/lent-keys.ts'

/** Which chain a segment belongs to: each type of a patient's records has one for each class. */
export interface Chain {
  readonly patientId: PatientId
  readonly resourceType: ResourceType
  readonly fieldClass: FieldClass
}

/** Where a segment stands in its chain. */
interface SegmentPlace extends Chain {
  readonly number: number
  readonly base: number
}

export interface SealedSegment extends SegmentPlace {
  readonly content: Buffer
  readonly integrityKeyId: string
  readonly mac: Buffer
}

const bindingOf = ({
  patientId,
  resourceType,
  fieldClass,
  number,
}: Omit<SegmentPlace, 'base' | 'resourceType'> & { readonly resourceType: string }) => ({
  purpose: `chart/${resourceType}`,
  table: 'chart_segments',
  fieldClass,
  rowId: patientId,
  rowVersion: number,
})

/**
 * Seals the text of a segment under the patient's key for its class. A salt goes before it, inside the
 * ciphertext: the MAC, which survives a shred, can't confirm a guess at the text.
 */
export const sealSegment = (
  place: SegmentPlace,
  text: string,
  previousMac: Buffer | null,
  keys: LentKeys,
): SealedSegment => {
  const integrity = keys.integrityKey()
  const plaintext = Buffer.allocUnsafe(SALT_BYTES + Buffer.byteLength(text))
  drawSalt(plaintext, 0)
  plaintext.write(text, SALT_BYTES)
  const content = seal(keys.sealingKey(place.fieldClass), bindingOf(place), plaintext)
  const mac = segmentMac(integrity.key, place, previousMac, plaintext)
  plaintext.fill(0)
  return { ...place, content, integrityKeyId: integrity.id, mac }
}

/** The text of a segment, or null where it is not what was written in this place after that one. */
export const openSegment = (
  segment: SealedSegment,
  previousMac: Buffer | null,
  keys: LentKeys,
): string | null => {
  const integrity = keys.integrityKeyById(segment.integrityKeyId)
  const plaintext = tryOpen(segment, keys)
  if (integrity === undefined || plaintext === null) return null
  const mac = segmentMac(integrity.key, segment, previousMac, plaintext)
  return macEquals(mac, segment.mac) ? plaintext.toString('utf8', SALT_BYTES) : null
}

/**
 * The ciphertext of a segment under the patient's key in force, from one under an earlier; null where it does
 * not open. Its MAC is of what it says, and stays.
 */
export const resealedSegment = (
  segment: { readonly patientId: PatientId; readonly resourceType: string } & Pick<
    SealedSegment,
    'fieldClass' | 'number' | 'content'
  >,
  keys: LentKeys,
): Buffer | null => {
  const plaintext = tryOpen(segment, keys)
  if (plaintext === null) return null
  const sealing = keys.sealingKey(segment.fieldClass)
  const content = seal(sealing, bindingOf(segment), plaintext)
  return open(sealing, bindingOf(segment), content).equals(plaintext) ? content : null
}

const tryOpen = (
  segment: Parameters<typeof bindingOf>[0] & { readonly content: Buffer },
  keys: LentKeys,
): Buffer | null => {
  try {
    const key = keys.openingKey(segment.fieldClass, envelopeKeyId(segment.content))
    return key === undefined ? null : open(key, bindingOf(segment), segment.content)
  } catch (error) {
    if (error instanceof CryptoError) return null
    throw error
  }
}
