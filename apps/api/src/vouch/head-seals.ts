import { hmacSha256, macEquals } from '@chartward/crypto'

/** What the log last said of a row. */
export interface RowHead {
  readonly kind: string
  readonly id: string
  /** Whose the row is: a user's id, or null for what belongs to nobody's account. */
  readonly owner: string | null
  readonly version: number
  /** Hex SHA-256 of what the row says. */
  readonly hash: string
  /** The entry that says so, by its place in the log. */
  readonly logIndex: number
}

const HEAD = Buffer.from('chartward/v1/row-head\0')
const STATE = Buffer.from('chartward/v1/row-heads-state\0')

const textOf = ({ kind, id, owner, version, hash, logIndex }: RowHead): string =>
  JSON.stringify([kind, id, owner, version, hash, logIndex])

/** The MACs of what the follower of rows keeps, under the append key, which the database never holds. */
export class HeadSeals {
  readonly #appendKey: Uint8Array

  constructor(appendKey: Uint8Array) {
    this.#appendKey = appendKey
  }

  head(head: RowHead): Buffer {
    return hmacSha256(this.#appendKey, HEAD, textOf(head))
  }

  /** Whether a stored head is the follower's own. */
  holds(head: RowHead, mac: Uint8Array): boolean {
    return macEquals(this.head(head), mac)
  }

  /** Over how far the log has been followed, and the sum of the heads of all accounts. */
  state(nextIndex: number, sum: Uint8Array): Buffer {
    return hmacSha256(this.#appendKey, STATE, `${nextIndex}\0`, sum)
  }

  stateHolds(nextIndex: number, sum: Uint8Array, mac: Uint8Array): boolean {
    return macEquals(this.state(nextIndex, sum), mac)
  }
}

const MODULUS = 1n << 256n

/**
 * A sum over the MACs of a set of heads, modulo 2^256: it changes by one addition where a head does, and
 * whoever can't make the MACs can't find another set with the same (Bellare and Micciancio 1997, AdHash, with
 * a keyed function).
 */
export const addTo = (sum: Uint8Array, mac: Uint8Array): Buffer => bytesOf(intOf(sum) + intOf(mac))
export const takeFrom = (sum: Uint8Array, mac: Uint8Array): Buffer =>
  bytesOf(intOf(sum) - intOf(mac) + MODULUS)

const intOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const bytesOf = (value: bigint): Buffer =>
  Buffer.from((value % MODULUS).toString(16).padStart(64, '0'), 'hex')

/** Of no head. */
export const NO_HEADS = Buffer.alloc(32)
