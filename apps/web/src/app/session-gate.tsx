import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { FailureNotice } from '../components/failure-notice.tsx'
import { failureOf } from '../lib/errors.ts'
import { isHeld, onHeld } from '../lib/session/held.ts'
import { comesInAs, leaveForSignIn } from '../lib/session/leave.ts'
import { type FullSession, SessionContext } from '../lib/session/session.ts'
import { isAnythingTyped } from '../lib/session/typed.ts'
import { trpc } from '../lib/trpc.ts'
import { isFrameShown, WithoutFrame } from './frame.tsx'
import { SessionEnded } from './session-ended.tsx'
import classes from './shell/shell.module.css'
import { Shell } from './shell/shell.tsx'

/**
 * Nothing of the console is drawn before the server has said who this is, and what is drawn is theirs: where
 * somebody else turns out to be signed in, the page is loaded anew.
 */
export const SessionGate = () => {
  const { data, error, refetch } = useQuery({
    ...trpc.auth.session.queryOptions(),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const held = useSyncExternalStore(onHeld, isHeld)
  const [mine, setMine] = useState<FullSession | null>(null)
  const full = data?.stage === 'full' ? data : null
  const another = full !== null && mine !== null && full.user.id !== mine.user.id
  if (full !== null && full !== mine && !another) setMine(full)
  const absent = data !== undefined && full === null
  useEffect(() => {
    if (mine !== null) comesInAs(mine.user)
  }, [mine])
  useEffect(() => {
    if (absent) leaveForSignIn()
    if (another) window.location.replace('/')
  }, [absent, another])

  if (mine !== null && !another && (!absent || held || isAnythingTyped())) {
    return (
      <SessionContext value={mine}>
        <WithoutFrame />
        <Shell />
        {held ? <SessionEnded session={mine} /> : null}
      </SessionContext>
    )
  }
  // The frame says by itself that the page is loading.
  if (error === null && isFrameShown()) return null
  return (
    <main className={classes.waiting}>
      <WithoutFrame />
      {error === null ? (
        <Loader role="status" aria-label="Loading" />
      ) : (
        <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
      )}
    </main>
  )
}
