import { useQuery } from '@tanstack/react-query'
import { type Continuity, continuityOf, recallHead, rememberHead } from '../../lib/audit/checkpoint-memory.ts'
import { type HeadState, verifyHead } from '../../lib/audit/verify-head.ts'
import { client, type Outputs, trpc } from '../../lib/trpc.ts'

type LogHead = Outputs['audit']['head']

export interface LogState extends Pick<LogHead, 'signedAt' | 'pending' | 'verifierKey'> {
  readonly head: HeadState
  /** Null where there is no verified head to compare. */
  readonly continuity: Continuity | null
}

/** Fetches the head, verifies it, compares it with the last one this browser saw, and remembers what fits. */
const inspectLog = async (signal: AbortSignal): Promise<LogState> => {
  const answer = await client.audit.head.query({}, { signal })
  const { signedAt, pending, verifierKey } = answer
  const head = await verifyHead(answer)
  if (head.state !== 'verified') return { head, continuity: null, signedAt, pending, verifierKey }
  const continuity = await continuityOf(recallHead(localStorage), head.checkpoint, async (from, to) => {
    const { proof } = await client.audit.consistency.query({ from, to }, { signal })
    return proof
  })
  if (continuity.kind !== 'broken') rememberHead(localStorage, head.checkpoint)
  return { head, continuity, signedAt, pending, verifierKey }
}

export const useContinuity = (enabled: boolean) =>
  useQuery({
    queryKey: [...trpc.audit.head.queryKey(), 'continuity'],
    queryFn: ({ signal }) => inspectLog(signal),
    enabled,
    staleTime: 0,
  })
