import { hash } from 'node:crypto'
import { equalBytes } from '@chartward/audit'
import { bytesToUuid, hmacSha256, macEquals, uuidToBytes } from '@chartward/crypto'
import type { Keyring } from '../keys/keyring.ts'
import { KIND_NAMES, type Kind, type SealedRow, sealedColumns } from './kinds.ts'
import { LAYOUT, passingText, saidText } from './text.ts'

const LABEL = Buffer.from('chartward/v1/row-seal\0')
const KEY_ID_BYTES = 16
const HMAC_BYTES = 32
const SEAL_BYTES = 1 + KEY_ID_BYTES + HMAC_BYTES

/** As many rows are remembered as held; more make the oldest be forgotten. */
const MOST_REMEMBERED = 20_000

interface Remembered {
  /** The row's values as they were read, in the order of its kind's columns. */
  readonly values: readonly unknown[]
  readonly hash: string
  readonly keyId: string
}

/**
 * Seals on rows: layout (1 byte), key id (16), HMAC-SHA-256 (32) over what the row says and what of it is
 * passing, under a key that the database holds only wrapped. A row that was written by anybody else, or is
 * another person's, has none that fits.
 */
export class RowSeals {
  readonly #keyring: Keyring
  /** Rows whose seal held, with all that it was worked out from: the same again takes no MAC. */
  readonly #remembered = new Map<string, Remembered>()

  constructor(keyring: Keyring) {
    this.#keyring = keyring
  }

  /** The seal of a row as it is about to stand, and the hex SHA-256 of what it says. */
  make(
    kind: Kind,
    rowVersion: number,
    row: Readonly<Record<string, unknown>>,
  ): { seal: Buffer; hash: string } {
    const said = hash('sha256', saidText(kind, rowVersion, row), 'hex')
    const { id, key } = this.#keyring.macKey('row-seals')
    const seal = Buffer.concat([
      Uint8Array.of(LAYOUT),
      uuidToBytes(id),
      macOf(key, said, passingText(kind, row)),
    ])
    return { seal, hash: said }
  }

  /** The hash of what the row says where its seal holds, else null. */
  async check<K extends Kind>(kind: K, row: SealedRow<K> & { readonly id: string }): Promise<string | null> {
    const values = valuesOf(kind, row)
    const key = `${kind}/${row.id}`
    const before = this.#remembered.get(key)
    // What a key has sealed counts no longer than the key does.
    if (before !== undefined && areSame(before.values, values))
      if (this.#keyring.knowsKey('row-seals', before.keyId)) return before.hash
    const hashed = hash('sha256', saidText(kind, row.rowVersion, row), 'hex')
    const keyId = keyIdOf(row.seal)
    if (keyId === null || !(await this.#fits(row.seal, keyId, hashed, passingText(kind, row)))) return null
    if (this.#remembered.size >= MOST_REMEMBERED) {
      for (const oldest of [...this.#remembered.keys()].slice(0, MOST_REMEMBERED / 10)) {
        this.#remembered.delete(oldest)
      }
    }
    this.#remembered.set(key, { values, hash: hashed, keyId })
    return hashed
  }

  async #fits(seal: Buffer, keyId: string, hashed: string, passing: string): Promise<boolean> {
    const key = await this.#keyring.macKeyById('row-seals', keyId)
    return key !== undefined && macEquals(macOf(key.key, hashed, passing), seal.subarray(1 + KEY_ID_BYTES))
  }
}

const NAMES = new Map(KIND_NAMES.map((kind) => [kind, sealedColumns(kind).map(({ name }) => name)] as const))

/** All that a seal covers, and the seal. */
const valuesOf = (kind: Kind, row: Readonly<Record<string, unknown>>): unknown[] =>
  (NAMES.get(kind) ?? []).map((name) => row[name])

/** Whether both are the same for certain; of what is no plain value, only bytes are compared. */
const areSame = (before: readonly unknown[], values: readonly unknown[]): boolean =>
  before.every((value, i) => {
    const other = values[i]
    if (value === other) return true
    return value instanceof Uint8Array && other instanceof Uint8Array && equalBytes(value, other)
  })

/** The key that a seal names, or null where it is none of this layout. */
const keyIdOf = (seal: Buffer): string | null =>
  seal.length === SEAL_BYTES && seal[0] === LAYOUT ? bytesToUuid(seal.subarray(1, 1 + KEY_ID_BYTES)) : null

const macOf = (key: Buffer, hashed: string, passing: string): Buffer =>
  hmacSha256(key, LABEL, hashed, passing)
