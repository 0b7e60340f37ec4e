import { lengthPrefixed, writeUint64 } from './encode.ts'
import { CryptoError } from './errors.ts'
import { UUID_BYTES, writeUuid } from './uuid.ts'

/** Where a ciphertext belongs. It decrypts nowhere else. */
export interface Binding {
  /** What the ciphertext is for, such as `record`; a constant of the code. */
  readonly purpose: string
  readonly table: string
  readonly fieldClass: string
  /** UUID of the row. */
  readonly rowId: string
  /** Whole number, 0 or more. */
  readonly rowVersion: number
}

/**
 * The envelope's version 1 and its algorithm 1, AES-256-GCM: the first two bytes of envelope and
 * associated data alike.
 */
export const ENVELOPE_HEADER: Uint8Array = Uint8Array.of(1, 1)

/** row id, row version, key id. */
const ROW_BYTES = UUID_BYTES + 8 + UUID_BYTES
/** Far above what code declares; only a caller that puts data into purpose, table or class gets here. */
const MAX_TEMPLATES = 1024

type Templates = Map<string, Map<string, Map<string, Buffer>>>
const templates: Templates = new Map()
let templateCount = 0

/**
 * The associated data of an envelope: `header | purpose | table | field class` (each behind its length),
 * then row id(16), row version(8), key id(16). The first part is encoded once per kind of field and the
 * second is written over the last call's, so the result is good until the next call only: it is for
 * handing to the cipher at once.
 */
export const associatedData = (binding: Binding, keyId: string): Buffer => {
  const data = template(binding)
  const rowAt = data.length - ROW_BYTES
  writeUuid(data, rowAt, binding.rowId)
  writeUint64(data, rowAt + UUID_BYTES, binding.rowVersion)
  writeUuid(data, rowAt + UUID_BYTES + 8, keyId)
  return data
}

const template = (binding: Binding): Buffer =>
  templates.get(binding.purpose)?.get(binding.table)?.get(binding.fieldClass) ?? addTemplate(binding)

const addTemplate = ({ purpose, table, fieldClass }: Binding): Buffer => {
  if (purpose === '' || table === '' || fieldClass === '') {
    throw new CryptoError('invalid-argument', 'a binding needs a purpose, a table and a field class')
  }
  const kind = lengthPrefixed(ENVELOPE_HEADER, purpose, table, fieldClass)
  const data = Buffer.alloc(kind.length + ROW_BYTES)
  data.set(kind, 0)
  if (templateCount === MAX_TEMPLATES) {
    templates.clear()
    templateCount = 0
  }
  templateCount += 1
  const tables = getOrAdd(templates, purpose)
  getOrAdd(tables, table).set(fieldClass, data)
  return data
}

const getOrAdd = <V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> => {
  const known = map.get(key)
  if (known !== undefined) return known
  const added = new Map<string, V>()
  map.set(key, added)
  return added
}
