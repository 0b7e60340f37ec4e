import { CATEGORIES } from '@chartward/audit'
import * as z from 'zod/mini'
import { moment } from './audit.ts'
import { count, id, instant, nothing } from './forms.ts'
import { bucket } from './words.ts'

export const activityInput = z.strictObject({
  bucket,
  days: z.int().check(z.minimum(1), z.maximum(366)),
})
export const activityOutput = z.strictObject({
  buckets: z.array(z.strictObject({ at: instant, views: count, changes: count, refused: count })),
})

export const myWorkInput = nothing
export const myWorkOutput = z.strictObject({
  /** Patients in one's care now. */
  patients: count,
  /** Patients whom one has opened last, and may open still. */
  recent: z.array(z.strictObject({ patientId: id, at: instant })),
})

export const accountsInput = nothing
export const accountsOutput = z.strictObject({
  /** What the database has left to grow into. */
  space: z.enum(['unwatched', 'enough', 'low', 'critical', 'unknown']),
  invited: count,
  active: count,
  /** Active users without a second factor. */
  withoutMfa: count,
  /** Requests that wait for a second administrator. */
  pendingApprovals: count,
  /** Role assignments that end within 30 days, the next first. */
  /** The role by its title. */
  expiringAssignments: z.array(z.strictObject({ user: z.string(), role: z.string(), endsAt: instant })),
  /** Per day of the last two weeks. */
  signIns: z.array(z.strictObject({ at: instant, success: count, failure: count })),
})

/** From when on is counted: the same moment as in the lists that the figures lead to. */
const since = z.strictObject({ since: moment })

export const oversightInput = since
export const oversightOutput = z.strictObject({
  exportsWaiting: count,
  /** Since then, without those who were asked for a code first: they were not refused. */
  refusals: count,
  /** Who was shown more than is usual in an hour, and how often they have said why. */
  exceeded24h: z.array(z.strictObject({ name: z.string(), explained: count })),
  /** Charts that somebody opened, each once for each person: the sum of what `topViewers` are the top of. */
  chartsOpened24h: count,
  head: z.strictObject({ size: count, signedAt: z.nullable(instant) }),
  /** Entries that the sequencer refused: each is one to look at. */
  quarantined: count,
  /** Entries that were committed and never came into the log. */
  missing: count,
  topViewers: z.array(z.strictObject({ name: z.string(), count })),
})

export const securityInput = since
export const securityOutput = z.strictObject({
  /** Accounts that are locked down. */
  lockdowns: count,
  /** Locked out after failed sign-ins, since then. */
  lockouts: count,
  /** Steps of signing in that failed, since then: the sum of `failed` of the hours. */
  failedSignIns: count,
  /** Per hour since then; beside it the same hour a week before. */
  hours: z.array(z.strictObject({ at: instant, failed: count, before: count })),
  sessionsOpen: count,
  /** How many people hold each privileged role. */
  privileged: z.array(z.strictObject({ role: z.string(), title: z.string(), people: count })),
  /** The keys in force, the oldest first. */
  keys: z.array(z.strictObject({ purpose: z.string(), madeAt: instant })),
})

export const logStateInput = since
export const logStateOutput = z.strictObject({
  head: z.strictObject({ size: count, signedAt: z.nullable(instant) }),
  /** Entries that the sequencer refused, and entries that were committed and never came into the log. */
  quarantined: count,
  missing: count,
  /** The last check that ran to its end, and how many findings it had. */
  lastCheck: z.nullable(
    z.strictObject({ entryId: z.string(), at: instant, by: z.string(), findings: z.nullable(count) }),
  ),
  /** How many entries there are of each category, since then. */
  categories: z.array(z.strictObject({ category: z.enum(CATEGORIES), count })),
  /** How often each of these was done, since then: what left the log, and what two people decided. */
  done: z.array(z.strictObject({ action: z.string(), count })),
})

export type SecurityInput = z.output<typeof securityInput>
export type SecurityOutput = z.output<typeof securityOutput>
export type LogStateInput = z.output<typeof logStateInput>
export type LogStateOutput = z.output<typeof logStateOutput>
export type ActivityInput = z.output<typeof activityInput>
export type ActivityOutput = z.output<typeof activityOutput>
export type MyWorkOutput = z.output<typeof myWorkOutput>
export type AccountsOutput = z.output<typeof accountsOutput>
export type OversightInput = z.output<typeof oversightInput>
export type OversightOutput = z.output<typeof oversightOutput>
