import { Button } from '@mantine/core'
import { lazyRouteComponent } from '@tanstack/react-router'
import { useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'

const PasswordForm = lazyRouteComponent(() => import('./change-password-form.tsx'), 'ChangePasswordForm')

/** A person's own password: nobody else can set it, and nobody can see it. */
export const ChangePassword = () => {
  const [opened, setOpened] = useState(false)
  const close = () => setOpened(false)
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpened(true)}>
        Change password
      </Button>
      <Dialog opened={opened} onClose={close} title="Change your password">
        <PasswordForm onClose={close} />
      </Dialog>
    </>
  )
}
