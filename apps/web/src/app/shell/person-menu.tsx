import { Menu } from '@mantine/core'
import { IconLogout, IconUserCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { leaveBySigningOut } from '../../lib/session/leave.ts'
import { useSession } from '../../lib/session/session.ts'
import { client } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import classes from './shell.module.css'

const initialsOf = (name: string) =>
  name
    .split(/\s+/)
    .map((part) => part.charAt(0))
    .filter((letter) => letter !== '')
    .slice(0, 2)
    .join('')

/** Who I am, in which roles, and the way out. */
export const PersonMenu = () => {
  const { user, roles } = useSession()
  const { act: signOut } = useAct({
    mutationFn: () => leaveBySigningOut(() => client.auth.signOut.mutate()),
  })
  const titles = roles.length === 0 ? 'No role' : roles.map(({ title }) => title).join(', ')
  return (
    <Menu position="bottom-end" width={220} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button
          type="button"
          className={classes.person}
          aria-label={`${user.displayName}, ${titles}: account menu`}
        >
          {/* By the style sheet: as text it would be a visible label that the name does not hold. */}
          <span
            className={classes.initials}
            aria-hidden="true"
            data-initials={initialsOf(user.displayName)}
          />
          <span className={classes.name}>{user.displayName}</span>{' '}
          <span className={classes.roles}>{titles}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.displayName}
          <br />
          {titles}
        </Menu.Label>
        <Menu.Item
          component={Link}
          to="/account"
          leftSection={<IconUserCircle size={16} aria-hidden="true" />}
        >
          My account
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden="true" />} onClick={() => signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
