import { createHash } from 'node:crypto'
import { type ImportPeopleInput, type ImportPeopleOutput, MOST_PEOPLE_BYTES } from '@chartward/contract'
import { type Transaction, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { type ChangeId, insertChange } from './change-row.ts'
import { readPeopleFile } from './read-file.ts'

/** So many files of one person wait at a time: what is kept of them is bounded. */
const MOST_WAITING = 5

/**
 * Takes a file of people in, sealed, and does nothing else: what it would do is looked at on its own page.
 * Rejects INVALID_INPUT with the line for what is no such file.
 */
export const importPeople = async ({
  ctx: { app, user, entry },
  input,
}: {
  readonly ctx: VerbContext<'people.file-received'>
  readonly input: ImportPeopleInput
}): Promise<ImportPeopleOutput> => {
  const id: ChangeId = newId()
  entry.about({ type: 'people-change', id }, null)
  const content = Buffer.from(input.file, 'base64')
  if (content.length > MOST_PEOPLE_BYTES)
    throw new ChartwardError('INVALID_INPUT', 'The file is larger than 512 KiB. Send it in parts.', {
      field: 'file',
    })
  const lines = readPeopleFile(content).length
  await withTransaction(app.db, 'none', async (tx) => {
    await requireRoom(tx, user.id)
    await insertChange(tx, app, { id, kind: 'import', askedBy: user.id, content, lines })
    const sha256 = createHash('sha256').update(content).digest('hex')
    await entry.changed(tx, {
      change: { before: null, after: { sha256, lines, bytes: content.length } },
      patientId: null,
      records: null,
    })
  })
  return { id }
}

const requireRoom = async ({ sql }: Transaction, userId: UserId): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`chartward/people/${userId}`}, 0))`
  const [row] = await sql<{ waiting: number }[]>`
    select count(*)::int as waiting from people_changes
    where asked_by = ${userId} and kind = 'import' and content is not null`
  if ((row?.waiting ?? 0) >= MOST_WAITING)
    throw new ChartwardError(
      'CONFLICT',
      `${MOST_WAITING} of your files wait already. Discard one, or have one decided on, first.`,
      { field: 'file' },
    )
}
