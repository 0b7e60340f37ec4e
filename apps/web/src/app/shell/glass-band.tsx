import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { FailureText } from '../../components/failure-text.tsx'
import { formatRemaining, shortId, spokenRemaining } from '../../lib/format.ts'
import { glassIsWhole } from '../../lib/session/glass.ts'
import { useSession } from '../../lib/session/session.ts'
import { client } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useNow } from '../../lib/use-now.ts'
import classes from './glass-band.module.css'

const quietly = () => undefined

/** On every page, as long as a glass is broken: for whom, how long still, and the way to end it. */
export const GlassBand = () => {
  const { breakGlass } = useSession()
  const now = useNow(1000)
  const standing = breakGlass.open.filter(({ endsAt }) => Date.parse(endsAt) > now)
  const isOver = standing.length < breakGlass.open.length
  useEffect(() => {
    // What was shown by it leaves the screen: the server shows it no more.
    if (isOver) void glassIsWhole().catch(quietly)
  }, [isOver])
  return standing.length === 0 ? null : (
    <aside className={classes.band} aria-label="Break-glass">
      {standing.map((use) => (
        <OpenUse key={use.id} use={use} left={Date.parse(use.endsAt) - now} />
      ))}
    </aside>
  )
}

interface Props {
  use: { id: string; patientId: string }
  left: number
}

const OpenUse = ({ use: { id, patientId }, left }: Props) => {
  const { act, pending, failure } = useAct({
    mutationFn: () => client.breakGlass.endMine.mutate({ id }),
    onDone: () => void glassIsWhole().catch(quietly),
  })
  return (
    <div className={classes.use}>
      <span>
        You broke the glass for{' '}
        <Link to="/patients/$id" params={{ id: patientId }}>
          patient {shortId(patientId)}
        </Link>
        . This use is reviewed.
      </span>
      <span className={classes.spacer} />
      <span className={classes.left} role="timer" aria-label={`${spokenRemaining(left)} left`}>
        {formatRemaining(left)} left
      </span>
      <Button
        size="compact-sm"
        variant="white"
        color="red"
        loading={pending}
        aria-label={`End now: patient ${shortId(patientId)}`}
        onClick={() => act(undefined)}
      >
        End now
      </Button>
      {failure === null ? null : <FailureText failure={failure} id={(request) => request} />}
    </div>
  )
}
