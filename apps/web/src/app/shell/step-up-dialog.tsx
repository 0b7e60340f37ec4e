import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { type FormEvent, useState, useSyncExternalStore } from 'react'
import { CodeField } from '../../components/code-field.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { isFactorAsked, onFactorAsked, settleFactor } from '../../lib/session/step-up.ts'
import { client, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'

/** Asks for a code in place, whatever page or dialog is open; the action that waits goes on by itself. */
export const StepUpDialog = () => {
  const asked = useSyncExternalStore(onFactorAsked, isFactorAsked)
  return (
    <Modal
      opened={asked}
      onClose={() => settleFactor(false)}
      title="Confirm that it’s you"
      zIndex={400}
      size="sm"
      closeButtonProps={{ 'aria-label': 'Close without a code' }}
    >
      <StepUpForm />
    </Modal>
  )
}

const StepUpForm = () => {
  const [code, setCode] = useState('')
  const { act, pending, failure } = useAct({
    mutationFn: (given: string) => client.auth.stepUp.mutate({ code: given }),
    refresh: [{ queryKey: trpc.auth.session.queryKey() }],
    onDone: () => settleFactor(true),
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    // React passes events through portals: the form that opened this dialog must not take this for its own.
    event.stopPropagation()
    act(code)
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          This needs a code given within the last five minutes.
        </Text>
        {failure === null ? null : <FailureNotice failure={failure} />}
        <CodeField value={code} onChange={setCode} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => settleFactor(false)}>
            Cancel
          </Button>
          <Button type="submit" loading={pending} disabled={code.length !== 6}>
            Confirm
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
