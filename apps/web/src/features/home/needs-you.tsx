import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Panel } from '../../components/panel.tsx'
import { When } from '../../components/when.tsx'
import { useSession } from '../../lib/session/session.ts'
import { trpc } from '../../lib/trpc.ts'
import classes from './home.module.css'

const SHOWN = 8

/** What waits for a second person, and could be this one: lockdowns first, since somebody is shut out. */
export const NeedsYou = () => {
  const { user } = useSession()
  const { data } = useQuery({ ...trpc.approvals.list.queryOptions({ status: 'pending' }), staleTime: 0 })
  const waiting = (data?.items ?? [])
    .filter(({ mine, subject }) => !mine && subject.id !== user.id)
    .toSorted((a, b) => Number(b.kind === 'lockdown') - Number(a.kind === 'lockdown'))
  if (waiting.length === 0) return null
  return (
    <Panel title="Needs you" aside={<Link to="/approvals">Open the approvals</Link>}>
      <ul className={classes.list}>
        {waiting.slice(0, SHOWN).map(({ id, kind, detail, subject, requestedBy, createdAt }) => (
          <li key={id}>
            <span>
              {kind === 'lockdown' ? 'Confirm or lift the lockdown of' : `${detail}, for`}{' '}
              <Link to="/users/$id" params={{ id: subject.id }}>
                {subject.label}
              </Link>{' '}
              <span className={classes.quiet}>by {requestedBy.displayName}</span>
            </span>
            <When at={createdAt} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
