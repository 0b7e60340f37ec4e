import { Text } from '@mantine/core'
import { useState, useSyncExternalStore } from 'react'
import { CodeField } from '../../components/code-field.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DialogForm } from '../../components/dialog-form.tsx'
import { isFactorAsked, onFactorAsked, settleFactor } from '../../lib/session/step-up.ts'
import { client, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'

/** Asks for a code in place, whatever page or dialog is open; the action that waits goes on by itself. */
export const StepUpDialog = () => {
  const asked = useSyncExternalStore(onFactorAsked, isFactorAsked)
  return (
    <Dialog
      opened={asked}
      onClose={() => settleFactor(false)}
      title="Confirm that it’s you"
      zIndex={400}
      size="sm"
      close="Close without a code"
    >
      <StepUpForm />
    </Dialog>
  )
}

const StepUpForm = () => {
  const [code, setCode] = useState('')
  const { act, pending, failure } = useAct({
    mutationFn: (given: string) => client.auth.stepUp.mutate({ code: given }),
    refresh: [{ queryKey: trpc.auth.session.queryKey() }],
    onDone: () => settleFactor(true),
  })
  return (
    <DialogForm
      confirm="Confirm"
      ready={code.length === 6}
      pending={pending}
      failure={failure}
      onSubmit={() => act(code)}
      onCancel={() => settleFactor(false)}
    >
      <Text size="sm" c="dimmed">
        This needs a code given within the last five minutes.
      </Text>
      <CodeField value={code} onChange={setCode} />
    </DialogForm>
  )
}
