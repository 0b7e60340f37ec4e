import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { bundleKeysOf, enrolmentIn, notYetLeaves } from '../audit/log/enrolments.ts'
import type { StoredEntry } from '../audit/log/stored-entries.ts'
import type { SequencerContext } from './context.ts'
import { problemOf } from './problem.ts'

/**
 * Those of the entries that would enrol a signing key without the signature of the key of its purpose that is
 * in force: whoever can append entries alone enrols none but the first bundle key. In the transaction that
 * holds the head; the entries come in the order of the log to be.
 */
export const unsignedEnrolments = async (
  { signer, isOwn }: SequencerContext,
  sql: Connection['sql'],
  entries: readonly StoredEntry[],
): Promise<Set<EntryId>> => {
  const refused = new Set<EntryId>()
  const asked = entries.filter(
    (entry) => entry.columns.action === 'signing-key.enrolled' && problemOf(entry, isOwn) === null,
  )
  if (asked.length === 0) return refused
  const enrolled = await signer.look(sql)
  const newest: Record<'checkpoint' | 'bundle', string | null> = {
    checkpoint: signer.keys.newest,
    bundle: bundleKeysOf(enrolled, signer.keys).at(-1)?.statement?.key ?? null,
  }
  const fresh = await notYetLeaves(
    sql,
    asked.map(({ columns }) => columns.id),
  )
  for (const { columns, bytes } of asked) {
    if (!fresh.has(columns.id) || columns.outcome !== 'success') continue
    const statement = (await enrolmentIn(bytes))?.statement ?? null
    const isSigned =
      statement?.origin === signer.keys.origin &&
      [newest[statement.purpose], newest.checkpoint].includes(statement.previous)
    if (isSigned) newest[statement.purpose] = statement.key
    else refused.add(columns.id)
  }
  return refused
}
