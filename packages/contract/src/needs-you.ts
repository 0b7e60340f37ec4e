import * as z from 'zod/mini'
import { count, id, instant, nothing, person } from './forms.ts'

/** What can need somebody, each kind fed by the service that owns it. */
export const needKind = z.enum([
  'lockdown',
  'approval',
  'export-decision',
  'patient-account',
  'shred',
  'hold-lift',
  'export-ready',
  'export-rejected',
  'export-failed',
  'invitation',
  'mail-undeliverable',
  'role-ending',
  'dormant',
  'care-ending',
  'break-glass',
  'break-glass-waiting',
  'key-rotation',
  'key-due',
  'signing-key-old',
  'backup-missing',
  'keyring-missing',
  'drill-failed',
  'drill-missing',
])
/** The rooms of the console in which something can need somebody. */
export const needRoom = z.enum([
  'approvals',
  'exports',
  'users',
  'patients',
  'break-glass',
  'keys',
  'audit',
  'backups',
])

const need = z.strictObject({
  kind: needKind,
  /** Where it is dealt with, and what is opened there: an approval, an export, a user, a patient. */
  room: needRoom,
  id,
  /**
   * What it is, where the kind alone does not say it: in the words of whoever asked, a role's title, or what
   * a key is for.
   */
  what: z.nullable(z.string()),
  /** Of the workforce: whom it is about, and who asks for it. */
  whom: z.nullable(person),
  by: z.nullable(person),
  since: instant,
  /** When it ends by itself, or will be too late. */
  due: z.nullable(instant),
})

export const needsYouInput = nothing
export const needsYouOutput = z.strictObject({
  /** The most pressing first. */
  items: z.array(need),
  /** How many there are in each room, also of those that are too many to list. */
  counts: z.partialRecord(needRoom, count),
})

export type Need = z.output<typeof need>
export type NeedKind = z.output<typeof needKind>
export type NeedRoom = z.output<typeof needRoom>
export type NeedsYouOutput = z.output<typeof needsYouOutput>
