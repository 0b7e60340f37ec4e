import type { ListApprovalsOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import { and, desc, eq, gt, inArray, lte } from 'drizzle-orm'
import type { VerbContext } from '../../guard/guard.ts'
import { showText } from '../../keys/sealed-text.ts'
import { personOf, userNames } from '../users/names.ts'
import { type ApprovalStatus, isForUser, reasonOf, statusAt } from './approval.ts'
import { KINDS, kindsDecidedWith } from './kinds.ts'

const { approvals } = schema

const MOST = 200

/** The newest requests for a second person, of one status or of all. */
export const listApprovals = async ({
  ctx: { app, user, policy, entry },
  input,
}: {
  readonly ctx: VerbContext<'approval.listed'>
  readonly input: { readonly status?: ApprovalStatus | undefined }
}): Promise<ListApprovalsOutput> => {
  const now = app.clock()
  // Export requests have a page and deciders of their own.
  const kinds = kindsDecidedWith('access:approval:decide')
  const rows = await app.db.orm
    .select()
    .from(approvals)
    .where(and(inArray(approvals.kind, kinds), ofStatus(input.status, now)))
    .orderBy(desc(approvals.id))
    .limit(MOST)
  const names = await userNames(
    app.db,
    rows.flatMap(({ subjectId, requestedBy, decidedBy }) => [subjectId, requestedBy, decidedBy]),
  )
  const items: ListApprovalsOutput['items'] = []
  for (const row of rows) {
    const { line } = await KINDS[row.kind].describe(app, policy, row)
    items.push({
      id: row.id,
      kind: row.kind,
      subject: { id: row.subjectId, label: names.get(row.subjectId) ?? (isForUser(row) ? '' : line) },
      detail: line,
      requestedBy: personOf(names, row.requestedBy),
      reason: await showText(app.keyring, reasonOf(row), row.reason),
      status: statusAt(row, now),
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      decidedBy: row.decidedBy === null ? null : personOf(names, row.decidedBy),
      mine: row.requestedBy === user.id,
    })
  }
  entry.shown({ count: items.length, resource: { type: 'approval', id: null } })
  return { items }
}

/** Expiry is a matter of time, not of a row that a job has written. */
const ofStatus = (status: ApprovalStatus | undefined, now: Date) => {
  if (status === undefined) return undefined
  if (status === 'pending') return and(eq(approvals.status, 'pending'), gt(approvals.expiresAt, now))
  if (status === 'expired') return and(eq(approvals.status, 'pending'), lte(approvals.expiresAt, now))
  return eq(approvals.status, status)
}
