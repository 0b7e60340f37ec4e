import { Tooltip } from '@mantine/core'
import { IconShieldCheck, IconShieldExclamation } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { HeadState } from '../../lib/audit/verify-head.ts'
import { BACKGROUND } from '../../lib/client.ts'
import { formatCount, formatExact } from '../../lib/format.ts'
import { client, trpc } from '../../lib/trpc.ts'
import classes from './shell.module.css'

const POLL_MS = 60_000

const SAID: Record<HeadState['state'], (state: HeadState) => string> = {
  empty: () => 'The audit log has no signed tree head yet.',
  verified: () => 'The signed tree head was verified here, in your browser. Open the proof.',
  broken: (state) => (state.state === 'broken' ? `The signed tree head does not verify: ${state.why}.` : ''),
}

/** The audit log's state as a seal: the size of the tree whose signature this browser has verified. */
export const AuditSeal = () => {
  const key = [...trpc.audit.head.queryKey(), 'verified']
  const { data, refetch } = useQuery({
    queryKey: key,
    // Verified where it is fetched, so that nothing can show a head whose signature was not checked.
    queryFn: async ({ signal }) => {
      const [{ verifyHead }, head] = await Promise.all([
        import('../../lib/audit/verify-head.ts'),
        client.audit.head.query({}, { signal, context: BACKGROUND }),
      ])
      return verifyHead(head)
    },
    staleTime: POLL_MS,
  })
  const checked = useLastCheck()
  useEffect(() => {
    const timer = setInterval(() => void refetch(), POLL_MS)
    return () => clearInterval(timer)
  }, [refetch])
  if (data === undefined) return null
  const Icon = data.state === 'broken' ? IconShieldExclamation : IconShieldCheck
  const text =
    data.state === 'verified'
      ? formatCount(data.checkpoint.size)
      : data.state === 'empty'
        ? '0'
        : 'Not verified'
  return (
    <Tooltip label={`${SAID[data.state](data)} ${checked}`} multiline maw={280}>
      <Link
        to="/audit"
        search={{ proof: true }}
        className={classes.seal}
        data-state={data.state}
        aria-label={
          data.state === 'verified'
            ? `Audit log verified at ${text} entries. ${checked} Open the proof`
            : SAID[data.state](data)
        }
      >
        <Icon size={15} aria-hidden="true" />
        <span className={classes.sealWord}>{text}</span>
      </Link>
    </Tooltip>
  )
}

/** What the last check of the whole log has found, by whomever. */
const useLastCheck = (): string => {
  const { data } = useQuery({
    ...trpc.works.list.queryOptions({ kind: 'check-log', state: 'done', limit: 1 }),
    staleTime: 5 * POLL_MS,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const last = data?.items[0]
  if (data === undefined) return ''
  if (last === undefined) return 'The whole log has not been checked yet.'
  if (!last.vouched || last.kind !== 'check-log' || last.result === null || last.endedAt === null)
    return 'The last check of the whole log says nothing: its row was not written by Chartward.'
  const { size, ok } = last.result
  return `The whole log was checked at ${formatCount(size)} entries, ${formatExact(last.endedAt)}: ${ok ? 'everything fits' : 'something does not fit'}.`
}
