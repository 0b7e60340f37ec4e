import {
  IconChecklist,
  IconFileExport,
  IconLayoutDashboard,
  IconShieldSearch,
  IconStethoscope,
  IconUsers,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useSession } from '../../lib/session/session.ts'
import { type NavItem, navFor } from '../nav.ts'
import classes from './shell.module.css'

const ICONS: Record<NavItem['to'], typeof IconUsers> = {
  '/': IconLayoutDashboard,
  '/patients': IconStethoscope,
  '/exports': IconFileExport,
  '/users': IconUsers,
  '/approvals': IconChecklist,
  '/audit': IconShieldSearch,
}

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
