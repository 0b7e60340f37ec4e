import { lazyRouteComponent } from '@tanstack/react-router'
import type { ActFormProps } from './act-form.tsx'
import { Dialog } from './dialog.tsx'

interface Props extends ActFormProps {
  opened: boolean
  onClose: () => void
  title: string
  size?: 'md' | 'lg'
}

const ActForm = lazyRouteComponent(() => import('./act-form.tsx'), 'ActForm')

/**
 * Every privileged or destructive act goes through this: it says what will happen and asks for the reason
 * that is logged.
 */
export const ActDialog = ({ opened, onClose, title, size = 'md', ...form }: Props) => (
  <Dialog opened={opened} onClose={onClose} title={title} size={size}>
    <ActForm {...form} />
  </Dialog>
)
