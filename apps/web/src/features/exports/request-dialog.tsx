import { RESOURCE_TYPES, type ResourceType, resourceOf } from '@chartward/policy'
import { Checkbox, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { DialogForm } from '../../components/dialog-form.tsx'
import { asResourceType, typePlural } from '../../lib/fhir/labels.ts'
import { client, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import classes from './exports.module.css'

type Props = { opened: boolean; onClose: () => void }

/** What can be released: the patients and what belongs to them, never the directory. */
const TYPES = RESOURCE_TYPES.filter((type) => resourceOf(type).compartment === 'patient')

const MIN_PURPOSE = 10

export const RequestDialog = ({ opened, onClose }: Props) => (
  <Dialog opened={opened} onClose={onClose} size="lg" title="Request a de-identified export">
    <RequestForm onClose={onClose} />
  </Dialog>
)

const RequestForm = ({ onClose }: { onClose: () => void }) => {
  const navigate = useNavigate()
  const [purpose, setPurpose] = useState('')
  const [types, setTypes] = useState<readonly ResourceType[]>(['Patient'])
  const [asOf, setAsOf] = useState('')
  const { act, pending, failure } = useAct({
    mutationFn: (input: { purpose: string; types: ResourceType[]; asOf?: string }) =>
      client.exports.request.mutate(input),
    refresh: [{ queryKey: trpc.exports.list.queryKey() }],
    onDone: ({ id }) => void navigate({ to: '/exports/$id', params: { id } }),
  })
  return (
    <DialogForm
      confirm="Send the request"
      ready={purpose.trim().length >= MIN_PURPOSE && types.length > 0}
      pending={pending}
      failure={failure}
      onSubmit={() => act({ purpose: purpose.trim(), types: [...types], ...(asOf === '' ? {} : { asOf }) })}
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
        maxLength={1000}
        required
        withAsterisk={false}
        data-autofocus
        value={purpose}
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
      <Checkbox.Group
        label="Records"
        value={[...types]}
        onChange={(values) => setTypes(values.map(asResourceType).filter((type) => type !== null))}
      >
        <div className={classes.types}>
          {TYPES.map((type) => (
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
