import { RELEASABLE_TYPES, requestExportInput } from '@chartward/contract'
import type { ResourceType } from '@chartward/policy'
import { Checkbox, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { DialogForm } from '../../components/dialog-form.tsx'
import { asResourceType } from '../../lib/fhir/catalog-fields.ts'
import { typePlural } from '../../lib/fhir/labels.ts'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import type { ExportView } from './export-view.ts'
import classes from './exports.module.css'

const FIRST: readonly ResourceType[] = ['Patient']

/** Of `like`, what was asked before stands there already; ages are as of today unless a day is given. */
export const RequestForm = ({ like }: { like?: Pick<ExportView, 'purpose' | 'types'> | undefined }) => {
  const navigate = useNavigate()
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['exports']['request']) => client.exports.request.mutate(input),
    refresh: [{ queryKey: trpc.exports.list.queryKey() }],
    // In place of the form: Back does not open it again.
    onDone: ({ id }) => void navigate({ to: '/exports/$id', params: { id }, replace: like === undefined }),
  })
  const fields = useContractForm({
    schema: requestExportInput,
    start: { purpose: like?.purpose ?? '', types: like?.types ?? FIRST, asOf: '' },
    input: ({ purpose, types, asOf }) => ({
      purpose,
      types: types.map(asResourceType).filter((type) => type !== null),
      ...(asOf === '' ? {} : { asOf }),
    }),
    failure,
  })
  const { value, ...types } = fields.field('types')
  return (
    <DialogForm confirm="Send the request" fields={fields} pending={pending} onSubmit={act}>
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
        {...fields.field('purpose')}
      />
      <Checkbox.Group label="Records" value={[...value]} {...types}>
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
        {...fields.field('asOf')}
      />
    </DialogForm>
  )
}
