import { schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { planTrust, type TrustPlan } from './trust-plan.ts'
import { uploadWorks } from './upload-works.ts'

/**
 * What would come of trusting an upload, where it may be trusted: its import has come to its end, nobody
 * takes it back, somebody gains by it, and neither who uploaded it nor one of these people is among those
 * whom it names as giving care. Rejects CONFLICT or FORBIDDEN else. The caller acts one at a time.
 */
export const requireTrustable = async (
  tx: Transaction,
  app: App,
  upload: RowOf<'upload'>,
  people: readonly UserId[],
): Promise<TrustPlan> => {
  const works = (await uploadWorks(tx, app, [upload.id])).get(upload.id)
  if (works?.import?.state !== 'done')
    throw new ChartwardError('CONFLICT', 'Only an upload whose import has come to its end can be trusted.')
  if (works.withdrawal !== null)
    throw new ChartwardError('CONFLICT', 'The upload is withdrawn. What was taken back can’t be trusted.')
  const plan = await planTrust(tx, app, upload)
  for (const id of new Set([upload.uploadedBy, ...people])) await requireNoGain(tx, app, plan, id)
  if (plan.gains.length === 0)
    throw new ChartwardError(
      'CONFLICT',
      'Nobody would gain care by it: nobody who has enrolled is linked to a practitioner whom it names, or they have it already.',
    )
  return plan
}

const requireNoGain = async (
  tx: Transaction,
  { vouching }: App,
  { named }: TrustPlan,
  id: UserId,
): Promise<void> => {
  const [row] = await tx.orm.select().from(schema.users).where(eq(schema.users.id, id))
  if (row === undefined) throw new ChartwardError('INTEGRITY')
  const { displayName } = await vouching.require('user', row)
  if (named.has(id))
    throw new ChartwardError(
      'FORBIDDEN',
      `The upload names ${displayName} as giving care. Nobody who uploads it, asks or decides may gain by it.`,
    )
}
