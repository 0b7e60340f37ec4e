import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { FailureNotice } from '../components/failure-notice.tsx'
import { failureOf } from '../lib/errors.ts'
import { leaveForSignIn } from '../lib/session/leave.ts'
import { SessionContext } from '../lib/session/session.ts'
import { trpc } from '../lib/trpc.ts'
import classes from './shell/shell.module.css'
import { Shell } from './shell/shell.tsx'

/** Nothing of the console is drawn before the server has said who this is. */
export const SessionGate = () => {
  const { data, error, refetch } = useQuery({
    ...trpc.auth.session.queryOptions(),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const absent = data !== undefined && data.stage !== 'full'
  useEffect(() => {
    if (absent) leaveForSignIn()
  }, [absent])

  if (data?.stage === 'full') {
    return (
      <SessionContext value={data}>
        <Shell />
      </SessionContext>
    )
  }
  return (
    <main className={classes.waiting}>
      {error === null ? (
        <Loader aria-label="Loading" />
      ) : (
        <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
      )}
    </main>
  )
}
