import { Link } from '@tanstack/react-router'
import { useSession } from '../../lib/session/session.ts'
import { navFor } from '../nav.ts'
import { ICONS } from './icons.ts'
import classes from './shell.module.css'

export const Navigation = () => {
  const { permissions } = useSession()
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
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
