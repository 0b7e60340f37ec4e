import { toBase64 } from '@chartward/audit'
import type { ProveConsistencyInput, ProveConsistencyOutput } from '@chartward/contract'
import { readHead } from '../../audit/log/head.ts'
import { storedConsistencyProof } from '../../audit/log/proofs.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'

/**
 * Proof that the log of `to` leaves goes on from the one of `from` leaves, for whoever has kept a
 * checkpoint of that one.
 */
export const proveConsistency = async ({
  ctx: { app },
  input: { from, to },
}: {
  ctx: VerbContext<'home.viewed'>
  input: ProveConsistencyInput
}): Promise<ProveConsistencyOutput> => {
  const head = await readHead(app.db.sql)
  if (to > (head?.size ?? 0)) throw new ChartwardError('NOT_FOUND', 'The log has fewer entries than that.')
  const proof = await storedConsistencyProof(app.db.sql, from, to)
  if (proof === null) throw new ChartwardError('INTEGRITY', 'Nodes of the log’s tree are missing.')
  return { proof: proof.map(toBase64) }
}
