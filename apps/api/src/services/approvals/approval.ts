import { schema, type Transaction } from '@chartward/db'
import type { Id, UserId } from '@chartward/policy'
import { and, eq, gt } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { sealText } from '../../keys/sealed-text.ts'
import { requireUnbound } from './bound.ts'
import { oneAtATime } from './one-at-a-time.ts'

const { approvals } = schema

export type Approval = typeof approvals.$inferSelect
export type ApprovalKind = Approval['kind']
export const APPROVAL_KINDS: readonly ApprovalKind[] = approvals.kind.enumValues
export type ApprovalStatus = Approval['status']

/** What the subject of each kind is; a kind that leaves it open does not compile. */
const SUBJECTS: Readonly<
  Record<
    ApprovalKind,
    'user' | 'export' | 'upload' | 'people-change' | 'role' | 'patient-account' | 'shred' | 'legal-hold'
  >
> = {
  'role-assignment': 'user',
  'role-end': 'user',
  'practitioner-link': 'user',
  deactivation: 'user',
  reactivation: 'user',
  lockdown: 'user',
  'password-reset': 'user',
  'identity-change': 'user',
  'lost-factor': 'user',
  export: 'export',
  'upload-trust': 'upload',
  'people-change': 'people-change',
  'role-version': 'role',
  'patient-account': 'patient-account',
  shred: 'shred',
  'hold-lift': 'legal-hold',
}

/** Of a request that gives a user something or takes it, the subject is that user. */
export const isForUser = (approval: Approval): approval is Approval & { readonly subjectId: UserId } =>
  SUBJECTS[approval.kind] === 'user'

/** Of a request to release, the export. */
export const isForExport = (
  approval: Approval,
): approval is Approval & { readonly subjectId: Id<'export'> } => SUBJECTS[approval.kind] === 'export'

/** Of a request that an upload is trusted, the upload. */
export const isForUpload = (
  approval: Approval,
): approval is Approval & { readonly subjectId: Id<'upload'> } => SUBJECTS[approval.kind] === 'upload'

/** Of a request that several people are changed, the change. */
export const isForPeople = (
  approval: Approval,
): approval is Approval & { readonly subjectId: Id<'people-change'> } =>
  SUBJECTS[approval.kind] === 'people-change'

/** Of a request that a version of a role comes into force, the role. */
export const isForRole = (approval: Approval): approval is Approval & { readonly subjectId: Id<'role'> } =>
  SUBJECTS[approval.kind] === 'role'

/** Of a request that a patient has an account, that account. */
export const isForPatientAccount = (
  approval: Approval,
): approval is Approval & { readonly subjectId: Id<'patient-account'> } =>
  SUBJECTS[approval.kind] === 'patient-account'

/** Of a request that a patient's keys are destroyed, that destruction. */
export const isForShred = (approval: Approval): approval is Approval & { readonly subjectId: Id<'shred'> } =>
  SUBJECTS[approval.kind] === 'shred'

/** Of a request that a legal hold is lifted, the hold. */
export const isForHold = (
  approval: Approval,
): approval is Approval & { readonly subjectId: Id<'legal-hold'> } => SUBJECTS[approval.kind] === 'legal-hold'

/** Nobody decides on what nobody remembers: a request lapses after seven days. */
export const APPROVAL_MS = 7 * 24 * 60 * 60_000
/** As good as never: for what has been done already and waits to be confirmed or undone. */
const LASTING_MS = 100 * 365 * 24 * 60 * 60_000

/**
 * Asks for a second person, in the caller's transaction. `payload` holds ids and settings only. Throws
 * CONFLICT where the very same thing is being asked for already, and SECOND_PERSON_REQUIRED for whoever is
 * bound by a lockdown of their own.
 */
export const requestApproval = async (
  tx: Transaction,
  { clock, keyring, vouching }: Pick<App, 'clock' | 'keyring' | 'vouching'>,
  wanted: {
    readonly kind: ApprovalKind
    readonly subjectId: Approval['subjectId']
    readonly payload: Record<string, string | null>
    readonly requestedBy: UserId
    readonly reason: string
    /** Whether it lapses; left out, it does. */
    readonly lasts?: true
  },
): Promise<{ id: string; expiresAt: Date }> => {
  await oneAtATime(tx)
  await requireUnbound(tx, { vouching }, wanted.requestedBy)
  const now = clock()
  const same = await tx.orm
    .select({ id: approvals.id })
    .from(approvals)
    .where(
      and(
        eq(approvals.kind, wanted.kind),
        eq(approvals.subjectId, wanted.subjectId),
        eq(approvals.payload, wanted.payload),
        eq(approvals.status, 'pending'),
        gt(approvals.expiresAt, now),
      ),
    )
    .limit(1)
  if (same.length > 0) throw new ChartwardError('CONFLICT', 'This waits for approval already.')
  const id = newId()
  const { reason, lasts, ...asked } = wanted
  const expiresAt = new Date(now.getTime() + (lasts === true ? LASTING_MS : APPROVAL_MS))
  const sealed = sealText(keyring, reasonOf({ id }), reason)
  const row = { id, ...asked, reason: sealed, status: 'pending', createdAt: now, expiresAt } as const
  await vouching.insert(tx, 'approval', [row])
  return { id, expiresAt }
}

/** Who decides. */
type Decider = Pick<VerbContext, 'app' | 'separation'> & { readonly user: { readonly id: UserId } }

export interface Decision {
  readonly id: string
  /** The kinds that the permission of whoever decides is for. */
  readonly kinds: readonly ApprovalKind[]
  readonly status: 'approved' | 'rejected'
  readonly reason: string | null
  /**
   * The hash of the terms that whoever decides has looked at; null for what has a page of its own, on which
   * nothing can change.
   */
  readonly shown: string | null
}

/**
 * Decides a pending request, in the caller's transaction, which then carries it out: of two who decide at the
 * same moment one gets CONFLICT. Throws NOT_FOUND for an id that is no request of `kinds`,
 * SECOND_PERSON_REQUIRED for whoever asked for it or is concerned by it, who learns no more from trying, and
 * for whoever is bound by a lockdown of their own; EXPIRED after seven days. With only one person to decide
 * there is no way round the second.
 */
export const decideApproval = async (
  tx: Transaction,
  { app, user, separation }: Decider,
  { id, kinds, status, reason }: Omit<Decision, 'shown'>,
): Promise<Approval> => {
  await oneAtATime(tx)
  const [pending] = await tx.orm.select().from(approvals).where(eq(approvals.id, id)).for('update')
  if (pending === undefined || !kinds.includes(pending.kind)) throw new ChartwardError('NOT_FOUND')
  separation.require(pending.requestedBy, ...(isForUser(pending) ? [pending.subjectId] : []))
  await requireUnbound(tx, app, user.id)
  await app.vouching.require('approval', pending)
  const stands = statusAt(pending, app.clock())
  if (stands === 'expired') throw new ChartwardError('EXPIRED')
  if (stands !== 'pending') throw new ChartwardError('CONFLICT')
  return settleApproval(tx, app, { id, status, decidedBy: user.id, reason })
}

/** Writes what has become of a pending request. Throws CONFLICT where it pends no more. */
export const settleApproval = async (
  tx: Transaction,
  { clock, keyring, vouching }: Pick<App, 'clock' | 'keyring' | 'vouching'>,
  settled: {
    readonly id: string
    readonly status: Exclude<ApprovalStatus, 'pending'>
    readonly decidedBy: UserId | null
    readonly reason: string | null
  },
): Promise<Approval> => {
  const { id, status, decidedBy, reason } = settled
  const decisionReason = reason === null ? null : sealText(keyring, decisionReasonOf({ id }), reason)
  const pending = and(eq(approvals.id, id), eq(approvals.status, 'pending'))
  const change = { status, decidedBy, decisionReason, decidedAt: clock() }
  const [row] = await vouching.change(tx, 'approval', pending, change)
  if (row === undefined) throw new ChartwardError('CONFLICT')
  return row
}

/** Where the sealed reason of a request opens. */
export const reasonOf = ({ id }: Pick<Approval, 'id'>) =>
  ({ table: 'approvals', column: 'reason', rowId: id }) as const

/** Where the sealed reason of a decision opens. */
export const decisionReasonOf = ({ id }: Pick<Approval, 'id'>) =>
  ({ table: 'approvals', column: 'decision_reason', rowId: id }) as const

/** What a request is at a moment: one that nobody decided in time has expired, whatever its row says. */
export const statusAt = (
  { status, expiresAt }: Pick<Approval, 'status' | 'expiresAt'>,
  now: Date,
): ApprovalStatus => (status === 'pending' && expiresAt <= now ? 'expired' : status)
