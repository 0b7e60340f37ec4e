import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { Failure } from '../lib/errors.ts'
import { FailureNotice } from './failure-notice.tsx'

interface Props {
  opened: boolean
  onClose: () => void
  title: string
  /** Exactly what will happen, and to whom. */
  consequence: ReactNode
  confirm: string
  destructive?: boolean
  pending: boolean
  failure: Failure | null
  /** Fields beside the reason. */
  children?: ReactNode
  /** False while one of those fields is not ready. */
  ready?: boolean
  reason?: 'required' | 'optional' | 'none'
  onConfirm: (reason: string) => void
}

/** The API takes no shorter one: less than this says nothing to whoever reads it later. */
const MIN_REASON = 3

/** Every privileged or destructive act goes through this: it says what will happen and asks for the reason that is logged. */
export const ActDialog = ({ opened, onClose, title, ...rest }: Props) => (
  <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
    <Body {...rest} onClose={onClose} />
  </Modal>
)

type BodyProps = Omit<Props, 'opened' | 'title'>

const Body = ({
  onClose,
  consequence,
  confirm,
  destructive = false,
  pending,
  failure,
  children,
  ready = true,
  reason: rule = 'required',
  onConfirm,
}: BodyProps) => {
  const [reason, setReason] = useState('')
  const given = reason.trim()
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    onConfirm(given)
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <div>{consequence}</div>
        {children}
        {rule === 'none' ? null : (
          <Textarea
            label={rule === 'optional' ? 'Reason (optional)' : 'Reason'}
            description="Kept in the audit log. Write nothing about a patient here."
            autosize
            minRows={2}
            maxLength={500}
            required={rule === 'required'}
            withAsterisk={false}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        {failure === null ? null : <FailureNotice failure={failure} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={pending}
            disabled={!ready || (given.length < MIN_REASON && (rule === 'required' || given !== ''))}
            {...(destructive ? { color: 'red' } : {})}
          >
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
