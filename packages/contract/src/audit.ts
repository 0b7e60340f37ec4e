import { type Action, CATEGORIES, isAction } from '@chartward/audit'
import * as z from 'zod/mini'
import { count, entryId, id, instant, limit, nothing, patientId, startedWork, typed } from './forms.ts'
import { integrityReport } from './integrity.ts'
import { bucket, entryOrder, outcome } from './words.ts'

/** A moment of the log. The text is kept beside the date, which has no microseconds. */
export const moment = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((text: string) => ({ text, date: new Date(text) })),
)
const action = z.custom<Action>(isAction)
const category = z.enum(CATEGORIES)
/** A user's id, or the name of a service or a part of the system. */
export const actorId = typed(1, 64)

/** Words of the name of an action, as somebody types them: `record viewed`. */
export const actionText = typed(1, 60).check(z.trim(), z.minLength(1))
/** Whatever a request was about: an id, or the name of a setting. */
export const resourceId = typed(1, 128).check(z.trim(), z.minLength(1))
/** An address as the log has it. */
export const ip = z.union([z.ipv4(), z.ipv6()])

/** What entries are listed and counted by: the same for both, so that a figure says what the list shows. */
const filters = {
  /** Inclusive. */
  from: z.optional(moment),
  /** Exclusive. */
  to: z.optional(moment),
  actorId: z.optional(actorId),
  patientId: z.optional(patientId),
  action: z.optional(action),
  /** All actions of a category. */
  category: z.optional(category),
  /** Words of the action's name, in any order. */
  text: z.optional(actionText),
  outcome: z.optional(outcome),
  resourceType: z.optional(typed(1, 64)),
  resourceId: z.optional(resourceId),
  sessionId: z.optional(id),
  requestId: z.optional(id),
  ip: z.optional(ip),
  /** Leaves out what the reader has only looked at themselves. */
  hideOwnReads: z.optional(z.boolean()),
}

export const searchEntriesInput = z.strictObject({
  ...filters,
  /** By time, newest first where nothing is said: no index leads to another order. */
  order: z._default(entryOrder, 'newest-first'),
  cursor: z.optional(entryId),
  limit: z._default(limit, 50),
})

/**
 * An entry as the explorer lists it. Texts, not forms: a stored row may have been changed by anybody, and is
 * shown all the same.
 */
export const auditRow = z.strictObject({
  id: z.string(),
  /** RFC 3339 in UTC with microseconds. */
  at: z.string(),
  actor: z.strictObject({ kind: z.string(), id: z.nullable(z.string()), name: z.string() }),
  action: z.string(),
  outcome: z.string(),
  resourceType: z.string(),
  resourceId: z.nullable(z.string()),
  patientId: z.nullable(z.string()),
  fields: z.array(z.string()),
  masked: z.array(z.string()),
  classes: z.array(z.string()),
  reason: z.nullable(z.string()),
  statement: z.nullable(z.string()),
  ip: z.nullable(z.string()),
  userAgent: z.nullable(z.string()),
  requestId: z.nullable(z.string()),
  sessionId: z.nullable(z.string()),
  purpose: z.nullable(z.string()),
  count: z.nullable(z.number()),
  /** Null where it has not been sequenced yet. */
  index: z.nullable(count),
  /** False where the stored row contradicts its own bytes: somebody has changed it. */
  intact: z.boolean(),
})
export const searchEntriesOutput = z.strictObject({
  items: z.array(auditRow),
  nextCursor: z.nullable(z.string()),
  /** Where only an unknown session was asked for, and no day: only what is later was looked at. */
  lookedBackTo: z.nullable(instant),
})

export const histogramInput = z.strictObject({ ...filters, bucket })
export const histogramOutput = z.strictObject({
  buckets: z.array(
    z.strictObject({ at: instant, success: count, failure: count, refused: count, asked: count }),
  ),
})

export const listActionsInput = nothing
export const listActionsOutput = z.array(z.string())

const jsonScalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
const jsonObject = z.record(z.string(), z.json())

/** The entry in which whoever opened it had said, within the hour, why they open more than is usual. */
export const explanation = z.strictObject({ entryId: z.string(), at: instant })

export const getEntryInput = z.strictObject({ id: entryId })
export const getEntryOutput = z.strictObject({
  ...auditRow.shape,
  facts: z.record(z.string(), z.union([jsonScalar, z.array(jsonScalar)])),
  change: z.nullable(z.strictObject({ before: z.nullable(jsonObject), after: z.nullable(jsonObject) })),
  /** Of an access; the reason is the note of that entry. */
  explained: z.nullable(explanation),
  /** The free text of the entry; null where it has none, or it was redacted. */
  note: z.nullable(z.string()),
  /** Hex of the commitment that the entry holds to it. */
  noteHash: z.nullable(z.string()),
  /** The exact text that is hashed. */
  canonical: z.string(),
})

/** An entry with its proof, from the leaf up (RFC 9162 section 2.1.3); bytes and hashes in base64. */
const provenEntry = z.strictObject({ index: count, bytes: z.string(), proof: z.array(z.string()) })

/** The log's keys: the pinned one, and the entries by which it was handed over to each later one. */
const logKeys = {
  verifierKey: z.string(),
  handovers: z.array(provenEntry),
}

export const proveEntryInput = z.strictObject({ id: entryId })
export const proveEntryOutput = z.strictObject({
  /** Base64 of the exact bytes that are hashed. */
  bytes: z.string(),
  index: count,
  /** Leaves of the tree that the checkpoint was signed over. */
  size: count,
  /** Base64 hashes, from the leaf up (RFC 9162 section 2.1.3). */
  proof: z.array(z.string()),
  /** Signed note (C2SP tlog-checkpoint). */
  checkpoint: z.string(),
  ...logKeys,
})

export const showTreeHeadInput = nothing
export const showTreeHeadOutput = z.strictObject({
  /** Leaves, those after the last checkpoint included. */
  size: count,
  checkpoint: z.nullable(z.string()),
  ...logKeys,
  signedAt: z.nullable(instant),
  /** Entries that wait to be sequenced; beyond 10,000 they are not counted. */
  pending: count,
})

const size = z.int().check(z.minimum(1))
export const proveConsistencyInput = z
  .strictObject({ from: size, to: size })
  .check(z.refine(({ from, to }) => from <= to, { path: ['to'] }))
export const proveConsistencyOutput = z.strictObject({ proof: z.array(z.string()) })

/** A check of the whole log is long work, and `works` says how far it is. */
export const askCheckInput = nothing
export const askCheckOutput = startedWork
export const getCheckInput = z.strictObject({ id })
export const getCheckOutput = integrityReport

/** What both are narrowed by. */
export type EntryFilters = Omit<z.output<typeof searchEntriesInput>, 'cursor' | 'limit' | 'order'>
export type SearchEntriesInput = z.output<typeof searchEntriesInput>
export type SearchEntriesOutput = z.output<typeof searchEntriesOutput>
export type AuditRow = z.output<typeof auditRow>
export type HistogramInput = z.output<typeof histogramInput>
export type HistogramOutput = z.output<typeof histogramOutput>
export type ListActionsOutput = z.output<typeof listActionsOutput>
export type GetEntryInput = z.output<typeof getEntryInput>
export type GetEntryOutput = z.output<typeof getEntryOutput>
export type ProveEntryInput = z.output<typeof proveEntryInput>
export type ProveEntryOutput = z.output<typeof proveEntryOutput>
export type ShowTreeHeadOutput = z.output<typeof showTreeHeadOutput>
export type LogHandover = z.output<typeof provenEntry>
export type ProveConsistencyInput = z.output<typeof proveConsistencyInput>
export type ProveConsistencyOutput = z.output<typeof proveConsistencyOutput>
export type GetCheckInput = z.output<typeof getCheckInput>
export type GetCheckOutput = z.output<typeof getCheckOutput>
