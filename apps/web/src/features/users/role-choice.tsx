import { Select, type SelectProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Notice } from '../../components/notice.tsx'
import { RolePermits } from '../../components/role-permits/role-permits.tsx'
import { trpc } from '../../lib/trpc.ts'
import classes from './users.module.css'

/** The roles that there are, by their names. */
export const useRoles = () => useQuery({ ...trpc.users.roles.queryOptions(), staleTime: 0 }).data ?? []

/** A role to choose. */
export const RoleSelect = (props: SelectProps<string>) => {
  const roles = useRoles()
  return (
    <Select
      label="Role"
      data={roles.map(({ name, title, privileged }) => ({
        value: name,
        label: privileged ? `${title} (privileged)` : title,
      }))}
      {...props}
    />
  )
}

/** What the role that is chosen means: whether it takes a second person, and all that it permits. */
export const RoleMeaning = ({ role: name, waits }: { role: string; waits: string }) => {
  const role = useRoles().find((one) => one.name === name)
  const permits = useQuery({
    ...trpc.users.rolePermits.queryOptions({ role: name }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: role !== undefined,
  }).data?.[0]
  if (role === undefined) return null
  return (
    <>
      {role.privileged ? (
        <Notice tone="warn" title="Privileged role">
          {role.description} {waits}
        </Notice>
      ) : (
        <Notice tone="info" title="Takes effect at once">
          {role.description}
        </Notice>
      )}
      {permits === undefined ? null : (
        <details className={classes.permits}>
          <summary>What the role permits, in full</summary>
          <RolePermits role={permits} />
        </details>
      )}
    </>
  )
}
