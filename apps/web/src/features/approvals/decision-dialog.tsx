import { lazyRouteComponent } from '@tanstack/react-router'
import { Dialog } from '../../components/dialog.tsx'
import type { Decision } from './decision.ts'

const DecisionForm = lazyRouteComponent(() => import('./decision-form.tsx'), 'DecisionForm')

interface Props {
  decision: Decision | null
  onClose: () => void
}

/** Shows all that a request asks for, and asks once more before it takes effect or is turned down. */
export const DecisionDialog = ({ decision, onClose }: Props) => (
  <Dialog
    opened={decision !== null}
    onClose={onClose}
    title={decision?.verdict === 'approve' ? 'Approve' : 'Reject'}
    size="lg"
  >
    {decision === null ? null : <DecisionForm decision={decision} onClose={onClose} />}
  </Dialog>
)
