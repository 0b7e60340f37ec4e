import { schema, type Transaction } from '@chartward/db'
import type { Id, UserId } from '@chartward/policy'
import { and, eq, gt } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { VerbContext } from '../../guard/guard.ts'

const { approvals } = schema

export type Approval = typeof approvals.$inferSelect
export type ApprovalKind = Approval['kind']
export const APPROVAL_KINDS: readonly ApprovalKind[] = approvals.kind.enumValues
export type ApprovalStatus = Approval['status']

/** What the subject of each kind is; a kind that leaves it open does not compile. */
const SUBJECTS: Readonly<Record<ApprovalKind, 'user' | 'export'>> = {
  'role-assignment': 'user',
  'practitioner-link': 'user',
  export: 'export',
}

/** Of a request that gives a user something, the subject is that user. */
export const isForUser = (approval: Approval): approval is Approval & { readonly subjectId: UserId } =>
  SUBJECTS[approval.kind] === 'user'

/** Of a request to release, the export. */
export const isForExport = (
  approval: Approval,
): approval is Approval & { readonly subjectId: Id<'export'> } => SUBJECTS[approval.kind] === 'export'

/** Nobody decides on what nobody remembers: a request lapses after seven days. */
export const APPROVAL_MS = 7 * 24 * 60 * 60_000

/**
 * Asks for a second person, in the caller's transaction. `payload` holds ids and settings only. Throws
 * CONFLICT where the very same thing is being asked for already.
 */
export const requestApproval = async (
  tx: Transaction,
  { clock, vouching }: Pick<App, 'clock' | 'vouching'>,
  wanted: {
    readonly kind: ApprovalKind
    readonly subjectId: Approval['subjectId']
    readonly payload: Record<string, string | null>
    readonly requestedBy: UserId
    readonly reason: string
  },
): Promise<{ id: string; expiresAt: Date }> => {
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
  const expiresAt = new Date(now.getTime() + APPROVAL_MS)
  await vouching.insert(tx, 'approval', [{ id, ...wanted, status: 'pending', createdAt: now, expiresAt }])
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
}

/**
 * Decides a pending request, in the caller's transaction, which then carries it out: of two who decide at the
 * same moment one gets CONFLICT. Throws NOT_FOUND for an id that is no request of `kinds`,
 * SECOND_PERSON_REQUIRED for whoever asked for it or is concerned by it, who learns no more from trying, and
 * EXPIRED after seven days. With only one person to decide there is no way round the second.
 */
export const decideApproval = async (
  tx: Transaction,
  { app, user, separation }: Decider,
  { id, kinds, status, reason }: Decision,
): Promise<Approval> => {
  const [pending] = await tx.orm.select().from(approvals).where(eq(approvals.id, id)).for('update')
  if (pending === undefined || !kinds.includes(pending.kind)) throw new ChartwardError('NOT_FOUND')
  separation.require(pending.requestedBy, ...(isForUser(pending) ? [pending.subjectId] : []))
  await app.vouching.require('approval', pending)
  const now = app.clock()
  const stands = statusAt(pending, now)
  if (stands === 'expired') throw new ChartwardError('EXPIRED')
  if (stands !== 'pending') throw new ChartwardError('CONFLICT')
  const undecided = and(eq(approvals.id, id), eq(approvals.status, 'pending'))
  const decision = { status, decidedBy: user.id, decisionReason: reason, decidedAt: now }
  const [decided] = await app.vouching.change(tx, 'approval', undecided, decision)
  if (decided === undefined) throw new ChartwardError('CONFLICT')
  return decided
}

/** What a request is at a moment: one that nobody decided in time has expired, whatever its row says. */
export const statusAt = (
  { status, expiresAt }: Pick<Approval, 'status' | 'expiresAt'>,
  now: Date,
): ApprovalStatus => (status === 'pending' && expiresAt <= now ? 'expired' : status)
