import { CryptoError, unwrapSystemKey } from '@chartward/crypto'
import { type Connection, schema } from '@chartward/db'
import { ChartwardError } from '../core/errors.ts'
import type { KekOptions, Keks } from './keks.ts'
import { isSystemKeyPurpose, mayBeUsed, type SystemKey, SystemKeys } from './system-keys.ts'

/** A stored key that does not unwrap is none that was made for this place. */
export const unwrapped = <T>(unwrap: () => T): T => {
  try {
    return unwrap()
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    throw new ChartwardError('INTEGRITY', undefined, { cause: error })
  }
}

/** The same of one that others can do without: told of, and `otherwise` in its place. */
export const unwrappedOr = <T, U>(otherwise: U, unwrap: () => T, tell: () => void): T | U => {
  try {
    return unwrap()
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    tell()
    return otherwise
  }
}

/** Told of a stored key that does not unwrap, and that is done without. */
export type LeftOut = () => void

/** Says so in the process's log, once: which keys those are the check of the database tells. */
export const leftOutOnce = (log: KekOptions['log']): LeftOut => {
  let isTold = false
  return () => {
    if (!isTold) log?.warn('a stored key does not unwrap: run `chartward verify --database`')
    isTold = true
  }
}

/**
 * Unwraps the system keys that may be used and are not known yet; those that are no longer in force still
 * open what they made. One that does not unwrap is left out, and told to `leftOut`: whoever puts a row there
 * must not stop all others. Rejects INTEGRITY for one that is in force.
 */
export const loadSystemKeys = async (
  connection: Connection,
  keks: Keks,
  leftOut: LeftOut,
  known = new SystemKeys([]),
): Promise<SystemKeys> => {
  const keys: SystemKey[] = []
  for (const { id, purpose, version, kekId, wrapped, state } of await connection.orm
    .select()
    .from(schema.systemKeys)) {
    if (!isSystemKeyPurpose(purpose) || !mayBeUsed(state)) continue
    const inForce = state === 'primary'
    const before = known.byId(purpose, id)
    const kek = before === undefined ? await keks.byId(kekId) : undefined
    const unwrap = () => (kek === undefined ? undefined : unwrapSystemKey(kek, id, wrapped, purpose).key)
    const key = before?.key ?? (inForce ? unwrapped(unwrap) : unwrappedOr(undefined, unwrap, leftOut))
    if (key !== undefined) keys.push({ id, key, purpose, version, inForce })
  }
  return new SystemKeys(keys)
}
