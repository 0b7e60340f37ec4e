import { ALL_PERMISSIONS, PERMISSIONS, type Permission } from '@chartward/policy'
import { NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import { sentence } from '../../lib/format.ts'
import { type Composed, type Given, givenOf, withGiven } from './composed.ts'
import classes from './roles.module.css'

/** What everybody has who is signed in is no matter of roles. */
const OFFERED = ALL_PERMISSIONS.filter(
  (permission) => !permission.startsWith('self:') && permission !== 'home:summary:read',
)
const partsOf = (permission: Permission) => {
  const at = permission.lastIndexOf(':')
  return { resource: permission.slice(0, at), action: permission.slice(at + 1) }
}
const RESOURCES = [...Map.groupBy(OFFERED, (permission) => partsOf(permission).resource)]

const CHOICES: Readonly<Record<'none' | 'patients', readonly { value: Given; label: string }[]>> = {
  none: [
    { value: 'no', label: 'No' },
    { value: 'yes', label: 'Yes' },
  ],
  patients: [
    { value: 'no', label: 'No' },
    { value: 'self', label: 'Themselves' },
    { value: 'care', label: 'Patients in their care' },
    { value: 'all', label: 'Every patient' },
  ],
}

const isGiven = (value: string): value is Given => ['no', 'yes', 'self', 'care', 'all'].includes(value)

/** A setting that says by itself whether it differs from what is saved. */
export const Cell = ({ changed, children }: { changed: boolean; children: ReactNode }) => (
  <div className={classes.cell} data-changed={changed || undefined}>
    {children}
    {changed ? <span className={classes.unsaved}>unsaved</span> : null}
  </div>
)

interface Props {
  saved: Composed
  now: Composed
  error: ReactNode
  onChange: (permissions: readonly string[]) => void
}

/** Resources down, actions across: for which patients each is given. */
export const PermissionMatrix = ({ saved, now, error, onChange }: Props) => (
  <div className={classes.scrolls} data-path="permissions">
    <table className={classes.table}>
      <caption className={classes.caption}>What the role may do, by resource and action</caption>
      <thead>
        <tr>
          <th scope="col">Resource</th>
          <th scope="col">Actions</th>
        </tr>
      </thead>
      <tbody>
        {RESOURCES.map(([resource, permissions]) => (
          <tr key={resource}>
            <th scope="row">{sentence(resource.replace(':', ' '))}</th>
            <td>
              {permissions.map((permission) => {
                const given = givenOf(now, permission)
                const { subject, description, privileged, stepUp } = PERMISSIONS[permission]
                return (
                  <Cell key={permission} changed={given !== givenOf(saved, permission)}>
                    <NativeSelect
                      size="xs"
                      aria-label={`${sentence(partsOf(permission).action)}: ${description}`}
                      value={given}
                      data={[...CHOICES[subject === 'none' ? 'none' : 'patients']]}
                      onChange={({ currentTarget: { value } }) =>
                        onChange(withGiven(now.permissions, permission, isGiven(value) ? value : 'no'))
                      }
                    />
                    <span>
                      {description}
                      <span className={classes.quiet}>
                        {privileged ? ' · privileged' : ''}
                        {stepUp ? ' · asks for a code' : ''}
                      </span>
                    </span>
                  </Cell>
                )
              })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    {error === undefined || error === null ? null : (
      <p role="alert" className={classes.error}>
        {error}
      </p>
    )}
  </div>
)
