import { reason as reasonRule } from '@chartward/contract'
import { Text, Textarea } from '@mantine/core'
import { useState, useSyncExternalStore } from 'react'
import { CodeField } from '../../components/code-field.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DialogForm } from '../../components/dialog-form.tsx'
import { onFactorAsked, settleFactor, whatIsAsked } from '../../lib/session/step-up.ts'
import { client, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useField } from '../../lib/use-field.ts'

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

/**
 * Without a code it still counts for patients in the person’s own care: nobody is kept from a patient for
 * want of a phone.
 */
const ReasonForm = () => {
  const reason = useField(reasonRule)
  const [code, setCode] = useState('')
  const { act, pending, failure } = useAct({
    mutationFn: (given: { reason: string; code?: string }) => client.auth.explainAccess.mutate(given),
    refresh: [{ queryKey: trpc.auth.session.queryKey() }],
    onDone: () => settleFactor(true),
  })
  return (
    <DialogForm
      confirm="Go on"
      ready={reason.fits && (code === '' || code.length === 6)}
      pending={pending}
      failure={failure}
      onSubmit={() => act({ reason: reason.text.trim(), ...(code === '' ? {} : { code }) })}
      onCancel={() => settleFactor(false)}
    >
      <Text size="sm" c="dimmed">
        You have opened more patients or records than is usual in an hour. Say why; the privacy officer is
        told. Without a code you go on with patients in your own care alone.
      </Text>
      <Textarea
        label="Reason"
        description="Kept in the audit log. Write nothing about a patient here."
        autosize
        minRows={2}
        required
        withAsterisk={false}
        data-autofocus
        {...reason.input}
      />
      <CodeField
        value={code}
        onChange={setCode}
        label="Code from your authenticator app, if it is at hand"
        required={false}
        takesFocus={false}
      />
    </DialogForm>
  )
}
