import { lazyRouteComponent } from '@tanstack/react-router'
import { Dialog } from '../../components/dialog.tsx'
import type { User } from './types.ts'

const LinkForm = lazyRouteComponent(() => import('./link-practitioner-form.tsx'), 'LinkPractitionerForm')

type Props = { user: User; opened: boolean; onClose: () => void }

export const LinkPractitioner = ({ user, opened, onClose }: Props) => (
  <Dialog opened={opened} onClose={onClose} title="Link to a practitioner">
    <LinkForm user={user} onClose={onClose} />
  </Dialog>
)
