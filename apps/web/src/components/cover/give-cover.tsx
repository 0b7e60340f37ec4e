import { lazyRouteComponent } from '@tanstack/react-router'
import type { Inputs } from '../../lib/trpc.ts'
import { Dialog } from '../dialog.tsx'

const GiveCoverForm = lazyRouteComponent(() => import('./give-cover-form.tsx'), 'GiveCoverForm')

interface Props {
  opened: boolean
  onClose: () => void
  patients: Inputs['covers']['give']['patients']
  /** Whose patients, where they are not one's own. */
  covered?: { readonly id: string; readonly name: string }
}

/** Hands patients to colleagues for some days. Nobody hands any to themselves. */
export const GiveCover = ({ opened, onClose, ...what }: Props) => (
  <Dialog opened={opened} onClose={onClose} title="Hand patients to colleagues">
    <GiveCoverForm onClose={onClose} {...what} />
  </Dialog>
)
