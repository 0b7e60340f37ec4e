import { lazyRouteComponent } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { onFactorAsked, settleFactor, whatIsAsked } from '../../lib/session/step-up.ts'

const load = () => import('./step-up-forms.tsx')
const StepUpForm = lazyRouteComponent(load, 'StepUpForm')
const ReasonForm = lazyRouteComponent(load, 'ReasonForm')

/** Asks for a code in place, whatever page or dialog is open; the action that waits goes on by itself. */
export const StepUpDialog = () => {
  const asked = useSyncExternalStore(onFactorAsked, whatIsAsked)
  return (
    <Dialog
      opened={asked !== null}
      onClose={() => settleFactor(false)}
      title={asked === 'reason' ? 'More than is usual in an hour' : 'Confirm that it’s you'}
      zIndex={400}
      size="sm"
      close="Close without a code"
    >
      {asked === 'reason' ? <ReasonForm /> : <StepUpForm />}
    </Dialog>
  )
}
