import { Button, Stack, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { Mark } from '../components/mark.tsx'
import { BACKGROUND } from '../lib/client.ts'
import { doorOf } from '../lib/session/door.ts'
import { HELD_MS, letPageGo, whoIsBack } from '../lib/session/held.ts'
import { leaveAtOnce } from '../lib/session/leave.ts'
import type { FullSession } from '../lib/session/session.ts'
import { client, queryClient, trpc } from '../lib/trpc.ts'
import classes from './session-ended.module.css'

const POLL_MS = 3000

/** Asks who is there: the same person goes on where they were, anybody else finds nothing of it. */
const lookWhoIsBack = async (userId: string): Promise<void> => {
  const session = await client.auth.session.query(undefined, { context: BACKGROUND })
  const back = whoIsBack(session, userId)
  if (back === 'another') window.location.replace('/')
  if (back !== 'same') return
  queryClient.setQueryData(trpc.auth.session.queryKey(), session)
  letPageGo()
  // What was asked for meanwhile was refused.
  const ofSession = JSON.stringify(trpc.auth.session.queryKey())
  await queryClient.invalidateQueries({
    predicate: ({ queryKey }) => JSON.stringify(queryKey) !== ofSession,
  })
}

const quietly = () => undefined

/**
 * Stands in front of a page that is held. Signing in is another page, whose loading would lose this one: it
 * opens in a tab of its own, and this one looks for the person.
 */
export const SessionEnded = ({ session: { user } }: { session: FullSession }) => {
  const signIn = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    const before = document.activeElement
    signIn.current?.focus()
    return () => {
      // Shown again in the same moment, and then it can take the focus.
      if (before instanceof HTMLElement) requestAnimationFrame(() => before.focus())
    }
  }, [])
  useEffect(() => {
    const since = Date.now()
    const look = () => void lookWhoIsBack(user.id).catch(quietly)
    const timer = setInterval(() => {
      if (Date.now() - since > HELD_MS) leaveAtOnce('idle')
      else if (!document.hidden) look()
    }, POLL_MS)
    window.addEventListener('focus', look)
    return () => {
      clearInterval(timer)
      window.removeEventListener('focus', look)
    }
  }, [user.id])
  return createPortal(
    <main className={classes.ended} data-over-session>
      <Stack className={classes.card ?? ''} gap="md">
        <Mark size={34} />
        <h1 className={classes.title}>Your session has ended</h1>
        <Text size="sm">
          What you typed has not been sent. It is kept in this tab, unseen, for an hour: sign in again as{' '}
          {user.displayName}, come back here, and go on. For anybody else who signs in it is gone.
        </Text>
        <Button component="a" href={`/sign-in${doorOf(user)}`} target="_blank" rel="noopener" ref={signIn}>
          Sign in again in a new tab
        </Button>
        <Button variant="default" onClick={() => leaveAtOnce('required')}>
          Discard it and sign in here
        </Button>
      </Stack>
    </main>,
    document.body,
  )
}
