import { lazyRouteComponent } from '@tanstack/react-router'
import { Dialog } from '../../components/dialog.tsx'
import type { ExportView } from './export-view.ts'

const RequestForm = lazyRouteComponent(() => import('./request-form.tsx'), 'RequestForm')

type Props = {
  opened: boolean
  onClose: () => void
  /** An earlier request, to ask the same again. */
  like?: ExportView
}

export const RequestDialog = ({ opened, onClose, like }: Props) => (
  <Dialog opened={opened} onClose={onClose} size="lg" title="Request a de-identified export">
    <RequestForm like={like} />
  </Dialog>
)
