import { reason as reasonRule } from '@chartward/contract'
import { Textarea } from '@mantine/core'
import type { ReactNode } from 'react'
import { useField } from '../lib/use-field.ts'
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

interface Props extends BodyProps {
  opened: boolean
  title: string
  size?: 'md' | 'lg'
}

/**
 * Every privileged or destructive act goes through this: it says what will happen and asks for the reason
 * that is logged.
 */
export const ActDialog = ({ opened, title, size = 'md', ...body }: Props) => (
  <Dialog opened={opened} onClose={body.onClose} title={title} size={size}>
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
  const reason = useField(reasonRule)
  const given = reason.text.trim()
  const sound = reason.fits || (rule !== 'required' && given === '')
  return (
    <DialogForm {...form} ready={ready && sound} onSubmit={() => onConfirm(given)} onCancel={onClose}>
      <div>{consequence}</div>
      {children}
      {rule === 'none' ? null : (
        <Textarea
          label={rule === 'optional' ? 'Reason (optional)' : 'Reason'}
          description="Kept in the audit log. Write nothing about a patient here."
          autosize
          minRows={2}
          required={rule === 'required'}
          withAsterisk={false}
          {...reason.input}
        />
      )}
    </DialogForm>
  )
}
