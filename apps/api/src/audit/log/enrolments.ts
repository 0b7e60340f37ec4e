import {
  type AuditEntry,
  AuditError,
  enrolmentNote,
  equalBytes,
  type KeyPurpose,
  type KeyStatement,
  LogKeys,
  leafHash,
  type ProvenEntry,
  parseEntry,
  verifyKeyStatement,
} from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { storedInclusionProof } from './proofs.ts'

/** An entry of the log that enrols a signing key. */
export interface Enrolment {
  readonly entryId: EntryId
  readonly index: number
  readonly bytes: Buffer
  readonly entry: AuditEntry
  /** The signed note in it. */
  readonly note: string
  /** What it says, if whoever it names has signed it; null else. */
  readonly statement: KeyStatement | null
}

const ACTION = 'signing-key.enrolled'

/** The entries of the log that enrol signing keys, of both purposes, in the order of the log. */
export const readEnrolments = async (sql: Connection['sql']): Promise<Enrolment[]> => {
  const rows = await sql<{ id: EntryId; index: string; bytes: Buffer; leaf_hash: Buffer }[]>`
    select e.id, l.index, l.leaf_hash, e.bytes from audit_entries e join audit_leaves l on l.entry_id = e.id
    where e.action = ${ACTION} order by l.index`
  const found: Enrolment[] = []
  for (const { id, index, bytes, leaf_hash } of rows) {
    if (!equalBytes(leafHash(bytes), leaf_hash)) continue
    const enrolment = await enrolmentIn(bytes)
    if (enrolment !== null) found.push({ entryId: id, index: Number(index), bytes, ...enrolment })
  }
  return found
}

/** What these bytes of an entry enrol; null where they enrol nothing. */
export const enrolmentIn = async (
  bytes: Uint8Array,
): Promise<Pick<Enrolment, 'entry' | 'note' | 'statement'> | null> => {
  try {
    const entry = parseEntry(bytes)
    const note = enrolmentNote(entry)
    return note === null ? null : { entry, note, statement: await statementOf(note) }
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}

/** What a note says, if whoever it names has signed it; null else. */
export const statementOf = async (note: string): Promise<KeyStatement | null> => {
  try {
    return await verifyKeyStatement(note)
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}

/**
 * The keys that the log was handed to, from the one that is pinned; and the entries by which it was. Throws
 * `malformed-key`.
 */
export const logKeysBy = async (
  pinned: string,
  enrolments: readonly Enrolment[],
): Promise<{ readonly keys: LogKeys; readonly handovers: readonly Enrolment[] }> => {
  const keys = LogKeys.pinned(pinned)
  const handovers: Enrolment[] = []
  for (const enrolment of enrolments) {
    if (await keys.enrol(enrolment.index, enrolment.note)) handovers.push(enrolment)
  }
  return { keys, handovers }
}

/** The same from the database's log. */
export const readLogKeys = async (sql: Connection['sql'], pinned: string): Promise<LogKeys> =>
  (await logKeysBy(pinned, await readEnrolments(sql))).keys

/**
 * The bundle keys of this log that lead to the newest, oldest first: each was handed over to by the one
 * before it, and the first by none or, in the place of one that was lost, by the log's own key.
 */
export const bundleKeysOf = (enrolments: readonly Enrolment[], keys: LogKeys): Enrolment[] => {
  let chain: Enrolment[] = []
  for (const enrolment of enrolments) {
    const { statement, index } = enrolment
    if (statement?.purpose !== 'bundle' || statement.origin !== keys.origin) continue
    const last = chain.at(-1)?.statement?.key ?? null
    if (statement.previous === last) chain.push(enrolment)
    else if (statement.previous === keys.keyAt(index)) chain = [enrolment]
  }
  return chain
}

/** A signing key in force, and since when. */
export interface KeyInForce {
  readonly purpose: KeyPurpose
  /** Of the entry that enrolled it; of the log's first where it is the first checkpoint key. */
  readonly entryId: EntryId
  readonly since: Date
}

/**
 * The signing keys in force by the log; none of a purpose of which there is none yet. Throws `malformed-key`.
 */
export const signingKeysInForce = async (sql: Connection['sql'], pinned: string): Promise<KeyInForce[]> => {
  const enrolments = await readEnrolments(sql)
  const { keys, handovers } = await logKeysBy(pinned, enrolments)
  const bundle = bundleKeysOf(enrolments, keys).at(-1)
  const checkpoint = handovers.at(-1)
  const found: KeyInForce[] = []
  if (checkpoint === undefined) found.push(...(await firstKey(sql)))
  else found.push(inForce('checkpoint', checkpoint))
  if (bundle !== undefined) found.push(inForce('bundle', bundle))
  return found
}

const inForce = (purpose: KeyPurpose, { entry, entryId }: Enrolment): KeyInForce => ({
  purpose,
  entryId,
  since: new Date(entry.at),
})

/** As old as the log. */
const firstKey = async (sql: Connection['sql']): Promise<KeyInForce[]> => {
  const [first] = await sql<{ id: EntryId; at: string }[]>`
    select e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from audit_leaves l join audit_entries e on e.id = l.entry_id where l.index = 0`
  return first === undefined ? [] : [{ purpose: 'checkpoint', entryId: first.id, since: new Date(first.at) }]
}

/** Each with its proof in the tree of `size` leaves; null where one is not in it, or a node is missing. */
export const proveEntries = async (
  sql: Connection['sql'],
  entries: readonly { readonly index: number; readonly bytes: Uint8Array }[],
  size: number,
): Promise<ProvenEntry[] | null> => {
  const proven: ProvenEntry[] = []
  for (const { index, bytes } of entries) {
    const proof = index < size ? await storedInclusionProof(sql, index, size) : null
    if (proof === null) return null
    proven.push({ index, bytes: new Uint8Array(bytes), proof })
  }
  return proven
}

/** The verifier key of the newest bundle key that was appended, whether it is in the log by now or not. */
export const newestBundleKey = async (sql: Connection['sql'], pinned: string): Promise<string | null> => {
  const keys = await readLogKeys(sql, pinned)
  const rows = await sql<{ id: EntryId; index: string | null; bytes: Buffer }[]>`
    select e.id, l.index, e.bytes from audit_entries e left join audit_leaves l on l.entry_id = e.id
    where e.action = ${ACTION} and e.outcome = 'success'
      and not exists (select from audit_quarantine q where q.entry_id = e.id)
    order by l.index nulls last, e.id`
  const found: Enrolment[] = []
  for (const { id, index, bytes } of rows) {
    const enrolment = await enrolmentIn(bytes)
    // What waits will be behind everything that is there.
    const place = index === null ? Number.MAX_SAFE_INTEGER : Number(index)
    if (enrolment !== null) found.push({ entryId: id, index: place, bytes, ...enrolment })
  }
  return bundleKeysOf(found, keys).at(-1)?.statement?.key ?? null
}

/** Those of these entries that are no leaf yet. */
export const notYetLeaves = async (
  sql: Connection['sql'],
  ids: readonly EntryId[],
): Promise<Set<EntryId>> => {
  const rows = await sql<{ entry_id: EntryId }[]>`
    select entry_id from audit_leaves where entry_id = any(${[...ids]}::uuid[])`
  const known = new Set(rows.map(({ entry_id }) => entry_id))
  return new Set(ids.filter((id) => !known.has(id)))
}
