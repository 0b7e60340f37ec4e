import { randomBytes } from 'node:crypto'
import { classKey, newDataKey, normaliseIdentifier, type SealingKey } from '@chartward/crypto'
import { newId } from '../../apps/api/src/core/ids.ts'

/** As many fields are sealed in turn, each in a row of its own. */
const FIELDS = 512
/** Of each plaintext, in bytes. */
const FIELD_BYTES = 64

export interface Field {
  readonly binding: {
    readonly purpose: string
    readonly table: string
    readonly fieldClass: string
    readonly rowId: string
    readonly rowVersion: number
  }
  /** Letters and digits of ASCII, since one of the peers takes texts alone. */
  readonly text: string
  readonly plaintext: Buffer
  /** What the envelope's associated data is, written here from its description and not by its code. */
  readonly associatedData: Buffer
}

/** Fields of one class of one patient, and the key that they are sealed under. */
export const makeFields = (): { readonly key: SealingKey; readonly fields: readonly Field[] } => {
  const key = classKey(newDataKey(newId()), 'clinical')
  const fields = Array.from({ length: FIELDS }, (_, i): Field => {
    const text = randomBytes(FIELD_BYTES / 2).toString('hex')
    const binding = {
      purpose: 'record',
      table: 'record_versions',
      fieldClass: 'clinical',
      rowId: newId(),
      rowVersion: 1 + (i % 7),
    }
    const associatedData = Buffer.concat([
      behindLength(Buffer.of(1, 1)),
      behindLength(Buffer.from(binding.purpose)),
      behindLength(Buffer.from(binding.table)),
      behindLength(Buffer.from(binding.fieldClass)),
      bytesOfId(binding.rowId),
      bigEndian(8, binding.rowVersion),
      bytesOfId(key.id),
    ])
    return { binding, text, plaintext: Buffer.from(text), associatedData }
  })
  return { key, fields }
}

/** Identifiers in their normal form, as a search has them. */
export const makeIdentifiers = (): string[] =>
  Array.from({ length: FIELDS }, (_, i) => normaliseIdentifier(`mrn ${100_000 + i * 7919}`))

const bytesOfId = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')

const bigEndian = (bytes: 4 | 8, value: number): Buffer => {
  const out = Buffer.alloc(bytes)
  out.writeUInt32BE(value, bytes - 4)
  return out
}

const behindLength = (part: Buffer): Buffer => Buffer.concat([bigEndian(4, part.length), part])
