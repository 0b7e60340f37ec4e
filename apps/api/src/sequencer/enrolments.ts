import { type EnrolledBundleKey, parseEntry, signsBundlesAt } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { bundleKeysOf, enrolmentIn, notYetLeaves } from '../audit/log/enrolments.ts'
import type { StoredEntry } from '../audit/log/stored-entries.ts'
import type { SequencerContext } from './context.ts'
import { type KeyProblem, problemOf } from './problem.ts'

const ENROLS = 'signing-key.enrolled'
const SIGNS = 'bundle.signed'

interface Batch {
  /** In the order of the log to be. */
  readonly entries: readonly StoredEntry[]
  /** Of the log before them. */
  readonly size: number
}

/**
 * Those of the entries that would enrol a signing key without the signature of the key of its purpose that is
 * in force, so that whoever can append entries alone enrols none but the first bundle key; and those that
 * tell of a bundle by a key which is not in force there, so that a bundle key is good for nothing once it was
 * handed over from. In the transaction that holds the head.
 */
export const problemsByKeys = async (
  { signer, isOwn }: SequencerContext,
  sql: Connection['sql'],
  { entries, size }: Batch,
): Promise<Map<EntryId, KeyProblem>> => {
  const problems = new Map<EntryId, KeyProblem>()
  const asked = entries.flatMap((entry, i) => {
    const { action, outcome } = entry.columns
    const isAsked = (action === ENROLS || action === SIGNS) && outcome === 'success'
    // Refused entries of the batch get no place: this may be too far, and never too near.
    return isAsked && problemOf(entry, isOwn) === null ? [{ ...entry, at: size + i }] : []
  })
  if (asked.length === 0) return problems
  const enrolled = await signer.look(sql)
  let newest = signer.keys.newest
  let bundle = lastOf(bundleKeysOf(enrolled, signer.keys))
  const fresh = await notYetLeaves(
    sql,
    asked.map(({ columns }) => columns.id),
  )
  for (const { columns, bytes, at } of asked) {
    if (!fresh.has(columns.id)) continue
    if (columns.action === SIGNS) {
      if (!signsBundlesAt(bundle, parseEntry(bytes).facts.key, at))
        problems.set(columns.id, 'key-not-in-force')
      continue
    }
    const statement = (await enrolmentIn(bytes))?.statement ?? null
    const before = statement?.purpose === 'bundle' ? (bundle?.statement.key ?? null) : newest
    if (statement?.origin !== signer.keys.origin || ![before, newest].includes(statement.previous))
      problems.set(columns.id, 'key-not-handed-over')
    else if (statement.purpose === 'bundle') bundle = { statement, index: at }
    else newest = statement.key
  }
  return problems
}

const lastOf = (chain: ReturnType<typeof bundleKeysOf>): EnrolledBundleKey | null => {
  const last = chain.at(-1)
  return last?.statement == null ? null : { statement: last.statement, index: last.index }
}
