import { RELEASABLE_TYPES, requestExportInput } from '@chartward/contract'
import type { ResourceType } from '@chartward/policy'
import { Checkbox, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { DialogForm } from '../../components/dialog-form.tsx'
import { asResourceType, typePlural } from '../../lib/fhir/labels.ts'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useField } from '../../lib/use-field.ts'
import classes from './exports.module.css'

type Props = { opened: boolean; onClose: () => void }

export const RequestDialog = ({ opened, onClose }: Props) => (
  <Dialog opened={opened} onClose={onClose} size="lg" title="Request a de-identified export">
    <RequestForm onClose={onClose} />
  </Dialog>
)

const RequestForm = ({ onClose }: { onClose: () => void }) => {
  const navigate = useNavigate()
  const purpose = useField(requestExportInput.shape.purpose)
  const [types, setTypes] = useState<readonly ResourceType[]>(['Patient'])
  const [asOf, setAsOf] = useState('')
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['exports']['request']) => client.exports.request.mutate(input),
    refresh: [{ queryKey: trpc.exports.list.queryKey() }],
    // In place of the form: Back does not open it again.
    onDone: ({ id }) => void navigate({ to: '/exports/$id', params: { id }, replace: true }),
  })
  const wanted = { purpose: purpose.text, types: [...types], ...(asOf === '' ? {} : { asOf }) }
  return (
    <DialogForm
      confirm="Send the request"
      ready={requestExportInput.safeParse(wanted).success}
      pending={pending}
      failure={failure}
      onSubmit={() => act(wanted)}
      onCancel={onClose}
    >
      <div>
        A privacy officer reads this and decides. Ask for the fewest kinds of record that answer your
        question.
      </div>
      <Textarea
        label="What is it for?"
        description="The study or report, and who will use it. Write nothing about a patient."
        autosize
        minRows={2}
        required
        withAsterisk={false}
        data-autofocus
        {...purpose.input}
      />
      <Checkbox.Group
        label="Records"
        value={[...types]}
        onChange={(values) => setTypes(values.map(asResourceType).filter((type) => type !== null))}
      >
        <div className={classes.types}>
          {RELEASABLE_TYPES.map((type) => (
            <Checkbox key={type} value={type} label={typePlural(type)} />
          ))}
        </div>
      </Checkbox.Group>
      <TextInput
        label="As of (optional)"
        description="Ages are reckoned on this day; today if left empty."
        type="date"
        value={asOf}
        onChange={(event) => setAsOf(event.currentTarget.value)}
      />
    </DialogForm>
  )
}
