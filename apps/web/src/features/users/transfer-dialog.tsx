import { lazyRouteComponent } from '@tanstack/react-router'
import { Dialog } from '../../components/dialog.tsx'
import type { User } from './types.ts'

const TransferForm = lazyRouteComponent(() => import('./transfer-form.tsx'), 'TransferForm')

type Props = { user: User; opened: boolean; onClose: () => void }

/** Moves somebody: where they work, under whom, and with which roles, as one act. */
export const TransferDialog = ({ user, opened, onClose }: Props) => (
  <Dialog opened={opened} onClose={onClose} title={`Transfer ${user.displayName}`} size="lg">
    <TransferForm user={user} onClose={onClose} />
  </Dialog>
)
