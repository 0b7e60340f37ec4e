import { Button, Group, Modal, Text, Tooltip } from '@mantine/core'
import { IconClockHour4 } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { BACKGROUND } from '../../lib/client.ts'
import { formatExact, formatRemaining, spokenRemaining } from '../../lib/format.ts'
import { useEscape } from '../../lib/layers.ts'
import { onActivity } from '../../lib/session/activity.ts'
import { isHeld } from '../../lib/session/held.ts'
import { leaveBySigningOut, leaveForSignIn } from '../../lib/session/leave.ts'
import { remainingOf } from '../../lib/session/remaining.ts'
import { serverNow } from '../../lib/session/server-clock.ts'
import { useSession } from '../../lib/session/session.ts'
import { client, queryClient, trpc } from '../../lib/trpc.ts'
import { useNow } from '../../lib/use-now.ts'
import classes from './shell.module.css'

/** How often the server is asked at most; asking in the background doesn't put the end off. */
const POLL_MS = 60_000
const POLL_SOON_MS = 5_000
const KEEP_ALIVE_MS = 60_000
/** Several requests of one page are asked about once. */
const SETTLE_MS = 2_000
/** So soon after an answer nothing that is done puts the end off by more than anybody would see. */
const RECENT_MS = 10_000

/** The server's word on the session goes to the one place all pages read it from; without one, to sign-in. */
const askSession = async (background: boolean): Promise<void> => {
  // A page that is held looks for its person by itself.
  if (isHeld()) return
  const session = await client.auth.session.query(undefined, background ? { context: BACKGROUND } : {})
  if (session.stage === 'full') queryClient.setQueryData(trpc.auth.session.queryKey(), session)
  else leaveForSignIn('idle')
}

const quietly = () => undefined

/** The time left in the header, the warning a minute before the end, and the leaving at the end. */
export const SessionWatch = () => {
  const session = useSession()
  const now = useNow(1000)
  const { milliseconds, phase, extendable } = remainingOf(session, now)
  // What this is drawn by was asked for a moment ago.
  const asked = useRef(now)

  useEffect(() => {
    const wait = phase === 'running' ? POLL_MS : POLL_SOON_MS
    if (now - asked.current < wait) return
    asked.current = now
    void askSession(true).catch(phase === 'over' ? () => leaveForSignIn('idle') : quietly)
  }, [now, phase])

  // A request of the person's has put the end off: the next tick asks by how much.
  useEffect(
    () =>
      onActivity(() => {
        const at = serverNow()
        if (at - asked.current > RECENT_MS) asked.current = Math.min(asked.current, at - POLL_MS + SETTLE_MS)
      }),
    [],
  )
  useKeepAlive()

  const stay = () => void askSession(false).catch(quietly)
  useEscape(phase !== 'running', stay)

  const words = spokenRemaining(milliseconds)
  return (
    <>
      <Tooltip
        label={
          extendable
            ? `Your session ends in ${words} unless you do something, and at ${formatExact(session.expiresAt)} at the latest.`
            : `Your session ends in ${words}; sign in again to go on.`
        }
        multiline
        maw={280}
      >
        <span
          className={classes.clock}
          data-phase={phase}
          role="timer"
          aria-label={`Session: ${words} left`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the exact ends are shown on focus too.
          tabIndex={0}
        >
          <IconClockHour4 size={15} aria-hidden="true" />
          {formatRemaining(milliseconds)}
        </span>
      </Tooltip>
      <Modal
        opened={phase !== 'running'}
        closeOnEscape={false}
        onClose={stay}
        title="Your session is about to end"
        zIndex={500}
        size="sm"
        withCloseButton={false}
      >
        <Text size="sm">
          {extendable
            ? 'Nothing has been done for a while. What you have typed and not sent is kept in this tab for you.'
            : 'It has run for its longest time. What you have typed is kept in this tab; you can sign in again at once.'}
        </Text>
        <p className={classes.countdown}>{formatRemaining(milliseconds)}</p>
        <Group justify="flex-end" gap="xs">
          <Button
            variant="default"
            onClick={() => void leaveBySigningOut(() => client.auth.signOut.mutate()).catch(quietly)}
          >
            Sign out
          </Button>
          {extendable ? (
            <Button data-autofocus onClick={stay}>
              Stay signed in
            </Button>
          ) : null}
        </Group>
      </Modal>
    </>
  )
}

/**
 * Typing and pointing are activity too, though they send nothing: they are reported once a minute at most.
 */
const useKeepAlive = () => {
  const told = useRef(0)
  useEffect(() => {
    told.current = Date.now()
    const tell = () => {
      if (Date.now() - told.current < KEEP_ALIVE_MS) return
      told.current = Date.now()
      void askSession(false).catch(quietly)
    }
    window.addEventListener('keydown', tell, { passive: true })
    window.addEventListener('pointerdown', tell, { passive: true })
    const stop = onActivity(() => {
      told.current = Date.now()
    })
    return () => {
      window.removeEventListener('keydown', tell)
      window.removeEventListener('pointerdown', tell)
      stop()
    }
  }, [])
}
