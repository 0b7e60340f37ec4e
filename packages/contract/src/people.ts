import * as z from 'zod/mini'
import {
  count,
  department,
  done,
  employeeNumber,
  id,
  instant,
  limit,
  list,
  nothing,
  pendingApproval,
  person,
  reason,
  roleName,
  searchText,
  typed,
  until,
  userId,
} from './forms.ts'
import { approvalStatus, factorState, seenState, userStatus, workState } from './words.ts'

/** How many people one act may be about, and how many lines a file may have. */
export const MOST_PEOPLE = 5_000
/** What a file of people may have, in bytes: as base64 it fits into one request. */
export const MOST_PEOPLE_BYTES = 512 * 1024

/** The columns of a file of people, each of which its header names once. */
export const peopleColumn = z.enum([
  'name',
  'email',
  'employee_number',
  'department',
  'manager',
  'roles',
  'status',
])

export const peopleChangeKind = z.enum(['import', 'bulk', 'transfer'])
/** What a line would do, or why it does nothing. */
export const lineOutcome = z.enum(['create', 'change', 'same', 'refused'])
/** What has become of it: `overtaken` where the person was not as agreed on any more. */
export const lineResult = z.enum(['done', 'same', 'refused', 'overtaken'])
/** Where a change is on its way. */
export const peopleChangeState = z.enum(['draft', 'waiting', 'rejected', 'running', 'ended'])

const changeItem = z.strictObject({
  what: z.enum(['name', 'department', 'manager', 'employee-number', 'state', 'role-given', 'role-ended']),
  from: z.nullable(z.string()),
  to: z.nullable(z.string()),
  /** Of a manager whom it names: two people may have one name. */
  ref: z.nullable(id),
  /** Of a role that is given. */
  startsAt: z.nullable(instant),
  endsAt: z.nullable(instant),
  privileged: z.boolean(),
})

const problem = z.strictObject({
  /** Null for the line as a whole. */
  column: z.nullable(peopleColumn),
  /** What is wrong, and what to do. Never what stood there. */
  says: z.string(),
})

/** What one act comes to for one person. */
export const peopleLine = z.strictObject({
  /** Of the file, from 1; or the person's place among those chosen. */
  line: count,
  /** Null for an account that is yet to be made. */
  userId: z.nullable(id),
  displayName: z.string(),
  email: z.string(),
  outcome: lineOutcome,
  changes: z.array(changeItem),
  problems: z.array(problem),
  needsSecond: z.boolean(),
})

const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/))

const outcomes = z.strictObject({ create: count, change: count, same: count, refused: count })

/** The exact difference of an act, and the hash that agreeing on it is bound to. */
const difference = {
  /** SHA-256 over the canonical JSON (RFC 8785) of what was asked for and of all lines. */
  hash: sha256,
  counts: outcomes,
  /** How many lines take a second person. */
  needsSecond: count,
}

const chosenRole = z.strictObject({ role: roleName, endsAt: z.optional(until) })

/** What is done to each of those chosen. */
export const bulkAct = z.union([
  z.strictObject({ act: z.literal('give-role'), ...chosenRole.shape }),
  z.strictObject({ act: z.literal('end-role'), role: roleName }),
  z.strictObject({ act: z.literal('deactivate') }),
  /** What is left out stays; null takes it away. Roles are all that are held afterwards. */
  z.strictObject({
    act: z.literal('transfer'),
    department: z.optional(z.nullable(department)),
    managerId: z.optional(z.nullable(userId)),
    employeeNumber: z.optional(z.nullable(employeeNumber)),
    roles: z.optional(z.array(chosenRole).check(z.maxLength(20))),
  }),
])
/** By their ids, and not by a filter: it is about those who were shown, whoever fits it later. */
const chosen = z.array(userId).check(z.minLength(1), z.maxLength(MOST_PEOPLE))

export const previewPeopleInput = z.strictObject({ change: bulkAct, people: chosen })
export const previewPeopleOutput = z.strictObject({ ...difference, lines: z.array(peopleLine) })

export const changePeopleInput = z.strictObject({ change: bulkAct, people: chosen, hash: sha256, reason })
export const changePeopleOutput = z.discriminatedUnion('outcome', [
  z.strictObject({ ...pendingApproval.shape, id }),
  z.strictObject({ outcome: z.literal('started'), id, workId: id }),
])

/** Everybody whom a list of users with these filters shows, by id. */
export const matchingPeopleInput = z.strictObject({
  status: z.optional(userStatus),
  role: z.optional(typed(0, 100)),
  factor: z.optional(factorState),
  seen: z.optional(seenState),
  department: z.optional(typed(0, 80)),
  manager: z.optional(userId),
  text: z.optional(searchText),
})
export const matchingPeopleOutput = z.strictObject({ people: z.array(userId) })

/** A file as it is, in base64. */
export const importPeopleInput = z.strictObject({
  file: z.base64().check(z.minLength(1), z.maxLength(Math.ceil(MOST_PEOPLE_BYTES / 3) * 4)),
})
export const importPeopleOutput = z.strictObject({ id })

export const requestPeopleImportInput = z.strictObject({ id, hash: sha256, reason })
export const requestPeopleImportOutput = pendingApproval

export const discardPeopleImportInput = z.strictObject({ id })
export const discardPeopleImportOutput = done

const summary = {
  id,
  kind: peopleChangeKind,
  askedBy: person,
  mine: z.boolean(),
  createdAt: instant,
  /** Lines of the file, or people chosen. */
  lines: count,
  sha256,
  state: peopleChangeState,
  approvalId: z.nullable(id),
  approval: z.nullable(approvalStatus),
  workId: z.nullable(id),
  work: z.nullable(workState),
}
export const listPeopleChangesInput = nothing
export const listPeopleChangesOutput = list(z.strictObject(summary))

export const getPeopleChangeInput = z.strictObject({
  id,
  outcome: z.optional(lineOutcome),
  result: z.optional(lineResult),
  /** Only lines after this one. */
  after: z.optional(count),
  limit: z.optional(limit),
})
export const getPeopleChangeOutput = z.strictObject({
  ...summary,
  /** Null where nothing is left of what was asked for: it was turned down, or discarded. */
  difference: z.nullable(
    z.strictObject({
      ...difference,
      lines: z.array(z.strictObject({ ...peopleLine.shape, result: z.nullable(lineResult) })),
      /** Where the next lines begin; null where there are none. */
      next: z.nullable(count),
    }),
  ),
  /** Of those that have been done. */
  results: z.strictObject({ done: count, same: count, refused: count, overtaken: count }),
})

/** The report of a change, as a file that a spreadsheet can open: what starts a formula is led by a quote. */
export const peopleReportInput = z.strictObject({ id })
export const peopleReportOutput = z.strictObject({ csv: z.string() })

/** What somebody agrees on: every line that changes something, and how many don't. */
export const peopleTerms = z.strictObject({
  id,
  kind: peopleChangeKind,
  sha256,
  ...difference,
  lines: z.array(peopleLine),
})

/** What came of it, in people. */
export const changePeopleFigures = z.strictObject({
  done: count,
  same: count,
  refused: count,
  overtaken: count,
})

export type PeopleColumn = z.output<typeof peopleColumn>
export type PeopleChangeKind = z.output<typeof peopleChangeKind>
export type PeopleChangeState = z.output<typeof peopleChangeState>
export type PeopleLine = z.output<typeof peopleLine>
export type PeopleChangeItem = z.output<typeof changeItem>
export type LineOutcome = z.output<typeof lineOutcome>
export type LineResult = z.output<typeof lineResult>
export type PeopleTerms = z.output<typeof peopleTerms>
export type BulkAct = z.output<typeof bulkAct>
export type PreviewPeopleInput = z.output<typeof previewPeopleInput>
export type PreviewPeopleOutput = z.output<typeof previewPeopleOutput>
export type ChangePeopleInput = z.output<typeof changePeopleInput>
export type ChangePeopleOutput = z.output<typeof changePeopleOutput>
export type MatchingPeopleInput = z.output<typeof matchingPeopleInput>
export type MatchingPeopleOutput = z.output<typeof matchingPeopleOutput>
export type ImportPeopleInput = z.output<typeof importPeopleInput>
export type ImportPeopleOutput = z.output<typeof importPeopleOutput>
export type RequestPeopleImportInput = z.output<typeof requestPeopleImportInput>
export type RequestPeopleImportOutput = z.output<typeof requestPeopleImportOutput>
export type DiscardPeopleImportInput = z.output<typeof discardPeopleImportInput>
export type DiscardPeopleImportOutput = z.output<typeof discardPeopleImportOutput>
export type ListPeopleChangesOutput = z.output<typeof listPeopleChangesOutput>
export type GetPeopleChangeInput = z.output<typeof getPeopleChangeInput>
export type GetPeopleChangeOutput = z.output<typeof getPeopleChangeOutput>
export type PeopleReportInput = z.output<typeof peopleReportInput>
export type PeopleReportOutput = z.output<typeof peopleReportOutput>
