import type { ShowTreeHeadOutput } from '@chartward/contract'
import { readHead } from '../../audit/log/head.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { handoversIn } from './handovers.ts'

const COUNTED = 10_000

/** The log's head for everybody: sizes and hashes, nothing of what is in it. */
export const showTreeHead = async ({
  ctx: { app },
}: {
  ctx: VerbContext<'home.viewed'>
}): Promise<ShowTreeHeadOutput> => {
  const { sql } = app.db
  const head = await readHead(sql)
  if (head === null) throw new ChartwardError('INTEGRITY', 'The head of the audit log is gone.')
  const [queue] = await sql<{ pending: number }[]>`
    select count(*)::integer as pending from (
      select from audit_pending_0 union all select from audit_pending_1 union all select from audit_pending_2
      limit ${COUNTED}) waiting`
  return {
    size: head.size,
    checkpoint: head.checkpoint,
    verifierKey: app.settings.logVerifierKey,
    handovers: await handoversIn(sql, app.settings.logVerifierKey, head.checkpointSize ?? 0),
    signedAt: head.signedAt?.toISOString() ?? null,
    pending: queue?.pending ?? 0,
  }
}
