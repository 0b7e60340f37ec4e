import { lazyRouteComponent } from '@tanstack/react-router'
import { Dialog } from '../../../components/dialog.tsx'

const RequestAccountForm = lazyRouteComponent(
  () => import('./request-account-form.tsx'),
  'RequestAccountForm',
)

type Props = { patientId: string; opened: boolean; onClose: () => void }

export const RequestAccountDialog = ({ patientId, opened, onClose }: Props) => (
  <Dialog opened={opened} onClose={onClose} title="Ask for an account">
    <RequestAccountForm patientId={patientId} onClose={onClose} />
  </Dialog>
)
