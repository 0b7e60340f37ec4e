import { noteCommitment } from '@chartward/audit'
import { CryptoError } from '@chartward/crypto'
import type { EntryId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { NOTE_SALT_BYTES, noteBinding } from '../../audit/insert.ts'

/**
 * The note that an entry committed to; null where there is none any more, `changed` where it is another one.
 */
export const readNote = async (
  { db, keyring }: Pick<App, 'db' | 'keyring'>,
  entryId: EntryId,
  noteHash: string,
): Promise<{ text: string } | 'changed' | null> => {
  const [row] = await db.sql<{ content: Buffer }[]>`
    select content from audit_notes where entry_id = ${entryId}`
  if (row === undefined) return null
  try {
    const plain = await keyring.open('audit-notes', noteBinding(entryId), row.content)
    const text = plain.subarray(NOTE_SALT_BYTES).toString('utf8')
    return noteCommitment(plain.subarray(0, NOTE_SALT_BYTES), text) === noteHash ? { text } : 'changed'
  } catch (error) {
    if (error instanceof CryptoError) return 'changed'
    throw error
  }
}
