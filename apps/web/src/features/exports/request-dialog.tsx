import { lazyRouteComponent } from '@tanstack/react-router'
import { Dialog } from '../../components/dialog.tsx'

const RequestForm = lazyRouteComponent(() => import('./request-form.tsx'), 'RequestForm')

type Props = { opened: boolean; onClose: () => void }

export const RequestDialog = ({ opened, onClose }: Props) => (
  <Dialog opened={opened} onClose={onClose} size="lg" title="Request a de-identified export">
    <RequestForm />
  </Dialog>
)
