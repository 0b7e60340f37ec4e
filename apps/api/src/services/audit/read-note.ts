import { noteCommitment } from '@chartward/audit'
import { CryptoError } from '@chartward/crypto'
import type { EntryId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { noteBinding } from '../../audit/insert.ts'

const SALT_LENGTH = 16

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
    const text = plain.subarray(SALT_LENGTH).toString('utf8')
    return noteCommitment(plain.subarray(0, SALT_LENGTH), text) === noteHash ? { text } : 'changed'
  } catch (error) {
    if (error instanceof CryptoError) return 'changed'
    throw error
  }
}
