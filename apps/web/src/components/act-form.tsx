import { reason as reasonRule } from '@chartward/contract'
import type { ReactNode } from 'react'
import * as z from 'zod/mini'
import { useContractForm } from '../lib/use-contract-form.ts'
import { DialogForm, type Submission } from './dialog-form.tsx'
import { ReasonField } from './reason-field.tsx'

export interface ActFormProps extends Submission {
  /** Exactly what will happen, and to whom. */
  consequence: ReactNode
  reason?: 'required' | 'optional' | 'none'
  /** Without a reason the text is empty. */
  onConfirm: (reason: string) => void
}

const GIVEN = z.strictObject({ reason: reasonRule })
const PERHAPS = z.strictObject({ reason: z.optional(reasonRule) })

/** What will happen, why, and the two ways out. */
export const ActForm = ({
  consequence,
  reason: rule = 'required',
  failure,
  onConfirm,
  ...submission
}: ActFormProps) => {
  const fields = useContractForm({
    schema: rule === 'required' ? GIVEN : PERHAPS,
    start: { reason: '' },
    input: ({ reason }) => (rule !== 'required' && reason.trim() === '' ? {} : { reason: reason.trim() }),
    failure,
  })
  return (
    <DialogForm {...submission} fields={fields} onSubmit={({ reason = '' }) => onConfirm(reason)}>
      <div>{consequence}</div>
      {rule === 'none' ? null : (
        <ReasonField
          {...(rule === 'optional' ? { label: 'Reason (optional)', required: false } : {})}
          {...fields.field('reason')}
        />
      )}
    </DialogForm>
  )
}
