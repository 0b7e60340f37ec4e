import { lazyRouteComponent } from '@tanstack/react-router'
import { useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import type { User } from './types.ts'

const AssignRoleForm = lazyRouteComponent(() => import('./assign-role-form.tsx'), 'AssignRoleForm')

type Props = { user: User; opened: boolean; onClose: () => void }

/** Gives a role with a reason and perhaps an end. Says beforehand whether a second person has to approve. */
export const AssignRoleDialog = ({ user, opened, onClose }: Props) => {
  const [waiting, setWaiting] = useState(false)
  const close = () => {
    onClose()
    setWaiting(false)
  }
  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={waiting ? 'Waits for approval' : `Assign a role to ${user.displayName}`}
    >
      <AssignRoleForm user={user} onWaiting={() => setWaiting(true)} onClose={close} />
    </Dialog>
  )
}
