import { createHash } from 'node:crypto'
import { type Binding, CryptoError, uuidToBytes } from '@chartward/crypto'
import { byteaArray } from '@chartward/db'
import type { App } from '../../../app.ts'
import { noteBinding } from '../../../audit/insert.ts'
import type { PurposeFor } from '../../../keys/system-keys.ts'
import { directoryBinding } from '../../directory/directory.ts'
import { afterOf, FIRST_ID, type Rewrite } from './batch.ts'

const BATCH = 200

interface Column {
  readonly purpose: PurposeFor<'seal'>
  readonly table: string
  readonly id: string
  readonly column: string
  binding(id: string): Binding
}

const NOTES: Column = {
  purpose: 'audit-notes',
  table: 'audit_notes',
  id: 'entry_id',
  column: 'content',
  binding: (id) => noteBinding(id),
}

const DIRECTORY: Column = {
  purpose: 'directory',
  table: 'directory_entries',
  id: 'id',
  column: 'content',
  binding: directoryBinding,
}

/**
 * Seals anew what a column holds under earlier keys of its purpose. What it says stays, byte for byte: it is
 * opened, sealed, and opened again before it takes the place of what was read.
 */
const resealColumn =
  ({ purpose, table, id, column, binding }: Column): Rewrite =>
  async (tx, app, after) => {
    const keyId = await app.keyring.sealKeyId(purpose)
    const { sql } = tx
    const rows = await sql<{ id: string; content: Buffer }[]>`
      select ${sql(id)} as id, ${sql(column)} as content from ${sql(table)}
      where ${sql(column)} is not null and substring(${sql(column)} from 3 for 16) <> ${uuidToBytes(keyId)}
        and ${sql(id)} > ${after ?? FIRST_ID} order by 1 limit ${BATCH}`
    const made: { id: string; before: Buffer; content: Buffer }[] = []
    for (const row of rows) {
      const content = await resealed(app, purpose, binding(row.id), row.content)
      if (content !== null) made.push({ id: row.id, before: row.content, content })
    }
    const bytes = (name: 'before' | 'content') =>
      byteaArray(
        sql,
        made.map((one) => one[name]),
      )
    const changed = await sql<{ id: string }[]>`
      update ${sql(table)} t set ${sql(column)} = made.content
      from unnest(${made.map((one) => one.id)}::uuid[], ${bytes('before')}, ${bytes('content')}) made (id, before, content)
      where t.${sql(id)} = made.id and t.${sql(column)} = made.before returning made.id as id`
    const told = new Set(changed.map((one) => one.id))
    return {
      after: afterOf(rows, BATCH),
      done: told.size,
      skipped: rows.length - told.size,
      tell:
        told.size === 0
          ? null
          : {
              action: 'key.resealed',
              resource: { type: 'Key', id: keyId },
              count: told.size,
              facts: { purpose, table, ciphertexts: digestOf(made.filter((one) => told.has(one.id))) },
            },
    }
  }

export const resealNotes = resealColumn(NOTES)
export const resealDirectory = resealColumn(DIRECTORY)

/** SHA-256 over each id and the SHA-256 of its new ciphertext, in the order of ids. */
export const digestOf = (made: readonly { readonly id: string; readonly content: Buffer }[]): string => {
  const hash = createHash('sha256')
  for (const { id, content } of made)
    hash.update(uuidToBytes(id)).update(createHash('sha256').update(content).digest())
  return hash.digest('hex')
}

/** Null for what does not open in its place. */
const resealed = async (
  { keyring }: App,
  purpose: PurposeFor<'seal'>,
  binding: Binding,
  content: Buffer,
): Promise<Buffer | null> => {
  try {
    const opened = await keyring.open(purpose, binding, content)
    const sealed = keyring.seal(purpose, binding, opened)
    return (await keyring.open(purpose, binding, sealed)).equals(opened) ? sealed : null
  } catch (error) {
    if (error instanceof CryptoError) return null
    throw error
  }
}
