import { lazyRouteComponent } from '@tanstack/react-router'
import { Dialog } from '../../components/dialog.tsx'

const UploadForm = lazyRouteComponent(() => import('./upload-form.tsx'), 'UploadForm')

export const UploadDialog = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => (
  <Dialog opened={opened} onClose={onClose} size="lg" title="Upload records">
    <UploadForm />
  </Dialog>
)
