import { lazyRouteComponent } from '@tanstack/react-router'
import { Dialog } from '../../components/dialog.tsx'
import type { Outputs } from '../../lib/trpc.ts'

const PutInForceForm = lazyRouteComponent(() => import('./put-in-force-form.tsx'), 'PutInForceForm')

type Props = {
  role: Outputs['roles']['get']
  version: number | null
  mayForce: boolean
  onClose: () => void
}

/** What a version would do, to whom by name; and from there, that it does. */
export const PutInForce = ({ role, version, mayForce, onClose }: Props) => (
  <Dialog
    opened={version !== null}
    onClose={onClose}
    title={`What version ${version ?? ''} of ${role.title} would do`}
    size="lg"
  >
    {version === null ? null : (
      <PutInForceForm role={role} version={version} mayForce={mayForce} onClose={onClose} />
    )}
  </Dialog>
)
