import { VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useSession } from '../../lib/session/session.ts'
import { useNeeds } from '../../lib/use-needs.ts'
import { navFor, waitingAt } from '../nav.ts'
import { ICONS } from './icons.ts'
import classes from './shell.module.css'

export const Navigation = () => {
  const { permissions } = useSession()
  const { data } = useNeeds()
  return (
    <ul className={classes.list}>
      {navFor(permissions).map(({ to, label }) => {
        const Icon = ICONS[to]
        return (
          <li key={to}>
            <Link
              to={to}
              className={classes.item}
              activeOptions={{ exact: to === '/', includeSearch: false }}
            >
              <Icon size={18} stroke={1.6} aria-hidden="true" />
              {label}
              <Badge count={waitingAt(data?.counts ?? {}, to)} />
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

/** How many things of the page need the person. */
const Badge = ({ count }: { count: number }) =>
  count === 0 ? null : (
    <span className={classes.badge}>
      {count > 99 ? '99+' : count}
      <VisuallyHidden>{count === 1 ? ' thing needs you' : ' things need you'}</VisuallyHidden>
    </span>
  )
