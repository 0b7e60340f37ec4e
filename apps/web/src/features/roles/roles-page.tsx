import { useQuery } from '@tanstack/react-query'
import { BackLink } from '../../components/back-link.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { RolePermits } from '../../components/role-permits/role-permits.tsx'
import type { Role } from '../../components/role-permits/words.ts'
import { StatusTag } from '../../components/status-tag.tsx'
import { useCan } from '../../lib/session/session.ts'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import classes from './roles.module.css'
import { RolesTable } from './roles-table.tsx'

/** What each role permits, as the policy decides it: for whoever gives roles, and whoever reviews them. */
export const RolesPage = () => {
  const can = useCan()
  const permits = useQuery({ ...trpc.users.rolePermits.queryOptions({}), staleTime: 0 })
  const list = useQuery({ ...trpc.roles.list.queryOptions({}), staleTime: 0 })
  // Both at once: the list stands over what it would push down.
  const answer = list.data === undefined && list.error === null ? { ...permits, data: undefined } : permits
  return (
    <>
      <BackLink to="/users">All users</BackLink>
      <PageHeader
        title="What roles permit"
        windowTitle="Roles"
        lead="The most that somebody with the role may do and see. What is not listed is refused."
        actions={can('access:role:draft') ? <LinkButton to="/role-editor">New role</LinkButton> : undefined}
      />
      <Loaded answer={answer} height={600}>
        {(roles: Outputs['users']['rolePermits']) => (
          <div className={classes.stack}>
            <Panel flush title="Roles">
              <RolesTable />
            </Panel>
            {roles.map((role) => (
              <RolePanel key={role.name} role={role} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  )
}

const RolePanel = ({ role }: { role: Role }) => (
  <Panel
    title={role.title}
    aside={role.privileged ? <StatusTag tone="warn">Takes a second person</StatusTag> : undefined}
  >
    <p className={classes.lead}>{role.description}</p>
    <RolePermits role={role} />
  </Panel>
)
