import type { GetShredOutput } from '@chartward/contract'
import { ChartwardError } from '../../core/errors.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { personOf, type userNames } from '../users/names.ts'

type Destroyed = NonNullable<GetShredOutput['destroyed']>

/** A destruction that was carried out, as it is shown. */
export const destroyedView = (
  names: Awaited<ReturnType<typeof userNames>>,
  { id, requestedBy, decidedBy, decidedAt, finalAt, finalIsBound, certificate }: RowOf<'shred'>,
): Destroyed => {
  if (decidedBy === null || decidedAt === null || finalAt === null) throw new ChartwardError('INTEGRITY')
  return {
    id,
    at: decidedAt.toISOString(),
    requestedBy: personOf(names, requestedBy),
    decidedBy: personOf(names, decidedBy),
    finalAt: finalAt.toISOString(),
    finalIsBound: finalIsBound === true,
    certified: certificate !== null,
  }
}
