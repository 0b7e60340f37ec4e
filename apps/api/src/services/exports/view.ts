import type { GetExportOutput } from '@chartward/contract'
import { schema } from '@chartward/db'
import { isResourceType } from '@chartward/policy'
import { and, desc, eq } from 'drizzle-orm'
import type { VerbContext } from '../../guard/guard.ts'
import { holds } from '../../guard/holds.ts'
import { showText, showTextOrNull } from '../../keys/sealed-text.ts'
import { decisionReasonOf } from '../approvals/approval.ts'
import { personOf, userNames } from '../users/names.ts'

const { approvals, exportRequests } = schema

/**
 * Whether the reader is one who decides on exports, with or without a fresh factor: they see
 * everybody's requests.
 */
const decidesOnExports = (ctx: VerbContext): boolean => holds(ctx, 'export:request:decide')

/** Where the sealed purpose of a request opens. */
export const purposeOf = ({ id }: { readonly id: string }) =>
  ({ table: 'export_requests', column: 'purpose', rowId: id }) as const

/**
 * The newest requests that the reader may see, or the one with the given id: their own, or everybody's
 * for who decides.
 */
export const visibleExports = async (
  ctx: VerbContext,
  { id, limit }: { readonly id?: string; readonly limit: number },
): Promise<GetExportOutput[]> => {
  const rows = await ctx.app.db.orm
    .select({ request: exportRequests, approval: approvals })
    .from(exportRequests)
    .leftJoin(approvals, eq(approvals.id, exportRequests.approvalId))
    .where(
      and(
        id === undefined ? undefined : eq(exportRequests.id, id),
        decidesOnExports(ctx) ? undefined : eq(exportRequests.requestedBy, ctx.user.id),
      ),
    )
    .orderBy(desc(exportRequests.id))
    .limit(limit)
  const names = await userNames(
    ctx.app.db,
    rows.flatMap(({ request, approval }) => [request.requestedBy, approval?.decidedBy ?? null]),
  )
  const { keyring } = ctx.app
  return Promise.all(
    rows.map(async ({ request, approval }) => ({
      id: request.id,
      purpose: await showText(keyring, purposeOf(request), request.purpose),
      profile: request.profile,
      types: request.resourceTypes.filter(isResourceType),
      status: request.status,
      requestedBy: personOf(names, request.requestedBy),
      createdAt: request.createdAt.toISOString(),
      asOf: request.asOf.toISOString(),
      decidedBy: approval?.decidedBy == null ? null : personOf(names, approval.decidedBy),
      decidedAt: approval?.decidedAt?.toISOString() ?? null,
      decisionReason:
        approval === null
          ? null
          : await showTextOrNull(keyring, decisionReasonOf(approval), approval.decisionReason),
      builtAt: request.builtAt?.toISOString() ?? null,
      expiresAt: request.expiresAt?.toISOString() ?? null,
      failure: request.failure,
      manifest: request.manifest,
      mine: request.requestedBy === ctx.user.id,
    })),
  )
}
