import { createHash } from 'node:crypto'
import { bytesToUuid } from '@chartward/crypto'
import { V7Generator } from 'uuidv7'

export { id as idSchema, userId as userIdSchema } from '@chartward/contract'

interface Making {
  readonly time: () => number
  readonly generator: V7Generator
}

/** By the machine's clock; where that is set back a little, ids go on as if it had not been. */
const BY_MACHINE: Making = { time: Date.now, generator: new V7Generator() }
let making = BY_MACHINE

/** The time that ids are made with, in milliseconds: the machine's, but in a process that makes a past. */
export const idTime = (): number => making.time()

/**
 * Makes ids by another clock from now on, and gives what goes back to the machine's. For the one process that
 * has an application whose clock is not the machine's either: the demo, before it serves anybody. What is
 * bound to a time by its id (months of the log, its order, sessions) is then of the time that is made up.
 */
export const makeIdsBy = (now: () => Date): (() => void) => {
  const generator = new V7Generator()
  generator.setRollbackAllowance(0)
  making = { time: () => now().getTime(), generator }
  return () => {
    making = BY_MACHINE
  }
}

const idOf = <T extends string>(time: number): T =>
  making.generator.generateOrResetWithTs(time).toString() as T

/**
 * Ids are made here, before a row is encrypted, so that they can be bound into its ciphertext: of the kind
 * that is wanted where it stands.
 */
export const newId = <T extends string = string>(): T => idOf(idTime())

/** When a UUIDv7 was made, in milliseconds (RFC 9562 section 5.7). */
export const madeAt = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)

/** The least id of a time in milliseconds: those made before it are less (RFC 9562 section 5.7). */
export const idFloor = (ms: number): string => {
  const time = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`
}

/**
 * Id and time of what is put into an order by its id: `id` where it has one already. Where ids are made by
 * the application's clock, the time is the id's own, so that the one order is the other.
 */
export const stamped = <T extends string>(
  id: T | undefined,
  clock: () => Date,
): { readonly id: T; readonly at: Date } => {
  const own = id ?? newId<T>()
  return { id: own, at: making === BY_MACHINE ? clock() : new Date(madeAt(own)) }
}

/** The id that stands for a name, always the same (UUIDv8 of its SHA-256, RFC 9562 section 5.8). */
export const namedId = (name: string): string => {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytesToUuid(bytes)
}

/** The id that nothing has, of the kind that is wanted where it stands (RFC 9562 section 5.9). */
export const nilId = <T extends string = string>(): T => '00000000-0000-0000-0000-000000000000' as T
