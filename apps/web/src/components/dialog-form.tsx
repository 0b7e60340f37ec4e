import { Button, Group, Stack } from '@mantine/core'
import { type ReactNode, use, useEffect, useRef } from 'react'
import type { Failure } from '../lib/errors.ts'
import type { Fields } from '../lib/use-contract-form.ts'
import { FailureNotice } from './failure-notice.tsx'
import { Form } from './form.tsx'
import { LeaveContext } from './leave-context.ts'

/** What the button says that sends a form, and how sending it goes. */
export interface Submission {
  confirm: string
  destructive?: boolean
  pending: boolean
  failure: Failure | null
}

interface Props<Input> extends Omit<Submission, 'failure'> {
  fields: Fields<Input>
  /** The fields, under what they are for. */
  children: ReactNode
  onSubmit: (input: Input) => void
}

/**
 * The form inside a dialog: its fields, what went wrong with the last try, and the two ways out. It opens on
 * its first field, or on Cancel where it has none, and never on what closes or acts.
 */
export const DialogForm = <Input,>({
  fields,
  children,
  confirm,
  destructive = false,
  pending,
  onSubmit,
}: Props<Input>) => {
  const { leave, askBefore } = use(LeaveContext)
  const body = useRef<HTMLDivElement>(null)
  const last = useRef<HTMLElement | null>(null)
  useEffect(() => askBefore({ typed: fields.typed, goBack: () => last.current?.focus() }))
  useEffect(() => {
    const form = body.current
    const note = ({ target }: FocusEvent) => {
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) last.current = target
    }
    form?.addEventListener('focusin', note)
    // Loaded after the dialog has opened, it came too late for the dialog's own look for a first field.
    form?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => form?.removeEventListener('focusin', note)
  }, [])
  return (
    <Form fields={fields} pending={pending} onSubmit={onSubmit}>
      <Stack gap="md" ref={body}>
        {children}
        {fields.failure === null || fields.refused !== null ? null : (
          <FailureNotice failure={fields.failure} />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={leave} data-autofocus>
            Cancel
          </Button>
          <Button type="submit" loading={pending} {...(destructive ? { color: 'red' } : {})}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Form>
  )
}
