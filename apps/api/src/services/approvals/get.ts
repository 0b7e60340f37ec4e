import type { GetApprovalInput, GetApprovalOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import { and, eq, inArray } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { statusAt } from './approval.ts'
import { kindsDecidedWith } from './kinds.ts'
import { termsHash, termsOf } from './terms.ts'

const { approvals } = schema

/** What is put one's name to by deciding a request, and the hash that the decision commits to. */
export const getApproval = async ({
  ctx: { app, user, policy, entry },
  input: { id },
}: {
  readonly ctx: VerbContext<'approval.viewed'>
  readonly input: GetApprovalInput
}): Promise<GetApprovalOutput> => {
  entry.about({ type: 'approval', id }, null)
  const kinds = kindsDecidedWith('access:approval:decide')
  const [row] = await app.db.orm
    .select()
    .from(approvals)
    .where(and(eq(approvals.id, id), inArray(approvals.kind, kinds)))
  if (row === undefined) throw new ChartwardError('NOT_FOUND')
  const terms = await termsOf(app.db, app, policy, row)
  return {
    terms,
    hash: termsHash(terms),
    status: statusAt(row, app.clock()),
    mine: row.requestedBy === user.id,
  }
}
