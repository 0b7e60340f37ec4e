import { Button, Group, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import type { Failure } from '../lib/errors.ts'
import { FailureNotice } from './failure-notice.tsx'

/** What the button says that sends a form, whether it can be sent, and how sending it goes. */
export interface Submission {
  confirm: string
  destructive?: boolean
  /** False while a field is not ready. */
  ready?: boolean
  pending: boolean
  failure: Failure | null
}

interface Props extends Submission {
  /** The fields, under what they are for. */
  children: ReactNode
  onSubmit: () => void
  onCancel: () => void
}

/** The form inside a dialog: its fields, what went wrong with the last try, and the two ways out. */
export const DialogForm = ({
  children,
  confirm,
  destructive = false,
  ready = true,
  pending,
  failure,
  onSubmit,
  onCancel,
}: Props) => {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // React passes events through portals: a form around this dialog must not take this for its own.
    event.stopPropagation()
    if (ready && !pending) onSubmit()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {children}
        {failure === null ? null : <FailureNotice failure={failure} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={pending}
            disabled={!ready}
            {...(destructive ? { color: 'red' } : {})}
          >
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
