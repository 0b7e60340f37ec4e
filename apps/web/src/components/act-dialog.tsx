import { Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Dialog } from './dialog.tsx'
import { DialogForm, type Submission } from './dialog-form.tsx'

interface BodyProps extends Submission {
  onClose: () => void
  /** Exactly what will happen, and to whom. */
  consequence: ReactNode
  /** Fields beside the reason. */
  children?: ReactNode
  reason?: 'required' | 'optional' | 'none'
  onConfirm: (reason: string) => void
}

/** The API takes no shorter one: less than this says nothing to whoever reads it later. */
const MIN_REASON = 3

/**
 * Every privileged or destructive act goes through this: it says what will happen and asks for the reason
 * that is logged.
 */
export const ActDialog = ({ opened, title, ...body }: BodyProps & { opened: boolean; title: string }) => (
  <Dialog opened={opened} onClose={body.onClose} title={title}>
    <Body {...body} />
  </Dialog>
)

const Body = ({
  onClose,
  consequence,
  children,
  ready = true,
  reason: rule = 'required',
  onConfirm,
  ...form
}: BodyProps) => {
  const [reason, setReason] = useState('')
  const given = reason.trim()
  const tooShort = given.length < MIN_REASON && (rule === 'required' || given !== '')
  return (
    <DialogForm {...form} ready={ready && !tooShort} onSubmit={() => onConfirm(given)} onCancel={onClose}>
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
    </DialogForm>
  )
}
