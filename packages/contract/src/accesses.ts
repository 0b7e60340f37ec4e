import type { Action } from '@chartward/audit'
import * as z from 'zod/mini'
import { actorId, auditRow, explanation, moment } from './audit.ts'
import { count, entryId, instant, limit, patientId, person } from './forms.ts'
import { careKind } from './words.ts'

/** Who saw a patient, by the audit log. */

/**
 * By what somebody reached the patient at that time: a care relationship; break-glass; a role that reaches
 * all patients; being the patient; nothing; a program of the installation; or an entry that no longer says
 * it.
 */
export const accessGround = z.enum([
  'care',
  'break-glass',
  'all-patients',
  'self',
  'none',
  'program',
  'unknown',
])

/** The actions that show something of a patient: to a person in the console, or to a build of an export. */
export const ACCESS_ACTIONS = [
  'patient.searched',
  'patient.listed',
  'patient.emergency-searched',
  'patient.viewed',
  'claim.searched',
  'record.listed',
  'record.viewed',
  'record.taken-away',
  'care.relationship.listed',
  'export.patients-read',
] as const satisfies readonly Action[]

const period = {
  patientId,
  /** Inclusive. */
  from: z.optional(moment),
  /** Exclusive. */
  to: z.optional(moment),
  actorId: z.optional(actorId),
  action: z.optional(z.enum(ACCESS_ACTIONS)),
}

const access = z.strictObject({
  ...auditRow.shape,
  /** The roles in force then, each in the version that it had. */
  roles: z.array(z.strictObject({ role: z.string(), version: z.string(), title: z.string() })),
  ground: accessGround,
  /** The care relationship then in force, if any; its kind as long as it is known. */
  relationship: z.nullable(z.strictObject({ id: z.string(), kind: z.nullable(careKind) })),
  /** How many patients the answer was about: more than one for a list. */
  patients: count,
  /** What the person typed as a reason; null where they typed none. */
  note: z.nullable(z.string()),
  /** There is a reason, and the reader may not open it, or it can't be opened. */
  noteWithheld: z.boolean(),
  /** Where whoever it was had said why they open more than is usual. */
  explained: z.nullable(explanation),
})

/** Somebody who saw the patient or tried to, with how often. */
const viewer = z.strictObject({
  kind: z.string(),
  id: z.nullable(z.string()),
  name: z.string(),
  shown: count,
  refused: count,
  asked: count,
  failed: count,
  firstAt: instant,
  lastAt: instant,
})

export const listAccessesInput = z.strictObject({
  ...period,
  cursor: z.optional(entryId),
  limit: z._default(limit, 50),
})
export const listAccessesOutput = z.strictObject({
  items: z.array(access),
  nextCursor: z.nullable(z.string()),
  /** With the first page alone: everybody within the period, whoever is asked for. */
  people: z.nullable(z.array(viewer)),
  /** Leaves of the log's tree when this was read. */
  treeSize: count,
})

/** As many as one print holds. */
export const MOST_PRINTED = 2_000

/** Also what the file is asked for by. */
export const printAccessesInput = z.strictObject(period)
export const printAccessesOutput = z.strictObject({
  items: z.array(access),
  /** There are earlier ones, which are not in `items`. */
  cut: z.boolean(),
  people: z.array(viewer),
  treeSize: count,
  askedBy: person,
  askedAt: instant,
})

export type AccessGround = z.output<typeof accessGround>
export type Access = z.output<typeof access>
export type AccessViewer = z.output<typeof viewer>
export type ListAccessesInput = z.output<typeof listAccessesInput>
export type ListAccessesOutput = z.output<typeof listAccessesOutput>
export type PrintAccessesInput = z.output<typeof printAccessesInput>
export type PrintAccessesOutput = z.output<typeof printAccessesOutput>
