import { reviewBreakGlassInput } from '@chartward/contract'
import { Radio, Stack, Textarea } from '@mantine/core'
import { verdictOptions } from '../../components/break-glass/words.ts'
import { DialogForm } from '../../components/dialog-form.tsx'
import { client, type Inputs, type Outputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import { refreshOf } from './refresh.ts'

type Props = { use: Outputs['breakGlass']['get']; onClose: () => void }

/** What somebody else than the user says of a use, once. */
export const ReviewForm = ({ use, onClose }: Props) => {
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['breakGlass']['review']) => client.breakGlass.review.mutate(input),
    refresh: refreshOf(use.id),
    onDone: onClose,
  })
  const fields = useContractForm({
    schema: reviewBreakGlassInput,
    start: { verdict: '', note: '' },
    input: ({ verdict, note }) => ({ id: use.id, verdict, note: note.trim() }),
    says: { verdict: 'Choose a verdict.' },
    failure,
  })
  const verdict = fields.choice('verdict')
  return (
    <DialogForm
      confirm="Record the review"
      fields={fields}
      pending={pending}
      onSubmit={({ verdict: chosen, note }) => {
        const said = verdictOptions.find(({ value }) => value === chosen)?.value
        if (said !== undefined) act({ id: use.id, verdict: said, note })
      }}
    >
      <div>
        {use.by.displayName} is told that the use was reviewed, and sees the verdict; the note stays with
        those who review. It is said once.
      </div>
      <Radio.Group label="Verdict" {...verdict}>
        <Stack gap="xs" mt="xs">
          {verdictOptions.map(({ value, label }) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label="Note"
        description="What you looked at, and what follows. Sealed, as reasons are."
        autosize
        minRows={3}
        {...fields.field('note')}
      />
    </DialogForm>
  )
}
