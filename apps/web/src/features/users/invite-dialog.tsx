import { lazyRouteComponent } from '@tanstack/react-router'
import { Dialog } from '../../components/dialog.tsx'

const InviteForm = lazyRouteComponent(() => import('./invite-form.tsx'), 'InviteForm')

type Props = { opened: boolean; onClose: () => void }

export const InviteDialog = ({ opened, onClose }: Props) => (
  <Dialog opened={opened} onClose={onClose} title="Invite a user">
    <InviteForm onClose={onClose} />
  </Dialog>
)
