import { lazyRouteComponent } from '@tanstack/react-router'
import { Dialog } from '../../components/dialog.tsx'

const AddForm = lazyRouteComponent(() => import('./add-to-care-team-form.tsx'), 'AddToCareTeamForm')

type Props = { patientId: string; opened: boolean; onClose: () => void }

/** Gives a colleague a care relationship with the patient. Nobody gives one to themselves. */
export const AddToCareTeam = ({ patientId, opened, onClose }: Props) => (
  <Dialog opened={opened} onClose={onClose} title="Add to the care team">
    <AddForm patientId={patientId} onClose={onClose} />
  </Dialog>
)
