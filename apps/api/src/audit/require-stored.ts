import { equalBytes } from '@chartward/audit'

/** A row as it was sent: by what it is known again, and what else of it is compared. */
export interface SentRow {
  readonly key: string
  readonly content: Uint8Array
}

/** The row as it was read back. */
export interface StoredRow {
  readonly key: string
  readonly content: Buffer | null
}

/**
 * The database has not stored what the application wrote into the audit log: a trigger or a rule swallows
 * entries, deletes or changes them.
 */
export class EntriesNotStored extends Error {
  override readonly name = 'EntriesNotStored'

  constructor() {
    super('The database has not stored the audit entries that it was given.')
  }
}

/**
 * Waits for the INSERT of `sent` and for the SELECT that was sent behind it, and resolves with the rows of
 * the SELECT. Rejects with EntriesNotStored unless both gave exactly what was sent: what RETURNING gives is
 * what a trigger made of the row, and what is there afterwards only a second statement sees.
 */
export const requireStored = async <Row extends StoredRow>(
  sent: readonly SentRow[] | PromiseLike<readonly SentRow[]>,
  insert: PromiseLike<readonly { readonly key: string }[]>,
  readBack: PromiseLike<readonly Row[]>,
): Promise<readonly Row[]> => {
  const [wanted, returned, stored] = await Promise.all([sent, insert, readBack])
  const keys = new Set(returned.map(({ key }) => key))
  const found = new Map(stored.map(({ key, content }) => [key, content]))
  const allReturned = returned.length === wanted.length && wanted.every(({ key }) => keys.has(key))
  const allStored =
    stored.length === wanted.length && wanted.every(({ key, content }) => isSame(content, found.get(key)))
  if (!allReturned || !allStored) throw new EntriesNotStored()
  return stored
}

const isSame = (sent: Uint8Array, stored: Buffer | null | undefined): boolean =>
  stored !== null && stored !== undefined && equalBytes(sent, stored)
