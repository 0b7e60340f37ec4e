import { lazyRouteComponent } from '@tanstack/react-router'
import { Dialog } from '../../../components/dialog.tsx'

const BreakGlassForm = lazyRouteComponent(() => import('./break-glass-form.tsx'), 'BreakGlassForm')

type Props = { patientId: string | null; onClose: () => void }

/** For whom, or null while nobody is meant. */
export const BreakGlassDialog = ({ patientId, onClose }: Props) => (
  <Dialog opened={patientId !== null} onClose={onClose} title="Break the glass">
    {patientId === null ? null : <BreakGlassForm patientId={patientId} onClose={onClose} />}
  </Dialog>
)
