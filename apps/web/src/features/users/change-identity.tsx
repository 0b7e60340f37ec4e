import { lazyRouteComponent } from '@tanstack/react-router'
import { Dialog } from '../../components/dialog.tsx'
import type { User } from './types.ts'

const Rename = lazyRouteComponent(() => import('./identity-forms.tsx'), 'RenameForm')
const Address = lazyRouteComponent(() => import('./identity-forms.tsx'), 'AddressForm')

type Props = { user: User; opened: boolean; onClose: () => void }

export const ChangeName = ({ user, opened, onClose }: Props) => (
  <Dialog opened={opened} onClose={onClose} title="Change the name">
    <Rename user={user} onClose={onClose} />
  </Dialog>
)

export const ChangeAddress = ({ user, opened, onClose }: Props) => (
  <Dialog opened={opened} onClose={onClose} title="Change the address">
    <Address user={user} onClose={onClose} />
  </Dialog>
)
