import { openBreakGlassInput } from '@chartward/contract'
import { Select } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { causeOptions } from '../../../components/break-glass/words.ts'
import { DialogForm } from '../../../components/dialog-form.tsx'
import { ReasonField } from '../../../components/reason-field.tsx'
import { glassIsWhole } from '../../../lib/session/glass.ts'
import { client, type Inputs } from '../../../lib/trpc.ts'
import { useAct } from '../../../lib/use-act.ts'
import { useContractForm } from '../../../lib/use-contract-form.ts'

type Props = { patientId: string; onClose: () => void }

/** Why the glass is broken. What follows is said before it is done. */
export const BreakGlassForm = ({ patientId, onClose }: Props) => {
  const navigate = useNavigate()
  const { act, pending, failure } = useAct({
    mutationFn: async (input: Inputs['breakGlass']['open']) => {
      const opened = await client.breakGlass.open.mutate(input)
      // The session says so on every page, and a chart that was refused is asked for anew.
      await glassIsWhole()
      return opened
    },
    onDone: () => {
      onClose()
      void navigate({ to: '/patients/$id', params: { id: patientId } })
    },
  })
  const fields = useContractForm({
    schema: openBreakGlassInput,
    start: { cause: '', reason: '' },
    input: ({ cause, reason }) => ({ patientId, cause, reason: reason.trim() }),
    says: { cause: 'Choose why.' },
    failure,
  })
  return (
    <DialogForm
      confirm="Break the glass"
      destructive
      fields={fields}
      pending={pending}
      onSubmit={({ cause, reason }) => {
        const chosen = causeOptions.find(({ value }) => value === cause)?.value
        if (chosen !== undefined) act({ patientId, cause: chosen, reason })
      }}
    >
      <div>
        The chart opens for this one patient and a limited time, as far as your role would show it in care.
        The privacy officer is told at once, sees everything that you open, and reviews this use.
      </div>
      <Select label="Why" placeholder="Choose" data={causeOptions} {...fields.choice('cause')} />
      <ReasonField label="In your own words" {...fields.field('reason')} />
    </DialogForm>
  )
}
