import { reason as reasonRule } from '@chartward/contract'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import * as z from 'zod/mini'
import { DialogForm } from '../../components/dialog-form.tsx'
import { DialogOutcome } from '../../components/dialog-outcome.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Notice } from '../../components/notice.tsx'
import { PeopleList } from '../../components/people/people-list.tsx'
import { ReasonField } from '../../components/reason-field.tsx'
import { noteWork } from '../../components/work/use-works.ts'
import { countOf } from '../../lib/format.ts'
import { client, type Inputs, type Outputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'

export type PeopleAct = Inputs['people']['preview']['change']
type Preview = Outputs['people']['preview']

interface Props {
  change: PeopleAct
  people: readonly string[]
  onClose: () => void
  destructive?: boolean
}

const SCHEMA = z.strictObject({ reason: reasonRule })

/** What an act comes to, person by person and by name, and the reason for which it is asked. */
export const ImpactForm = ({ change, people, ...rest }: Props) => {
  const input = { change, people: [...people] }
  const preview = useQuery({ ...trpc.people.preview.queryOptions(input), staleTime: 0, gcTime: 0 })
  return (
    <Loaded answer={preview} height={320}>
      {(shown) => <Confirm key={shown.hash} input={input} shown={shown} {...rest} />}
    </Loaded>
  )
}

interface ConfirmProps extends Pick<Props, 'onClose' | 'destructive'> {
  input: Inputs['people']['preview']
  shown: Preview
}

const Confirm = ({ input, shown, onClose, destructive = false }: ConfirmProps) => {
  const { act, pending, failure, result } = useAct({
    mutationFn: (given: Inputs['people']['change']) => client.people.change.mutate(given),
    refresh: [
      { queryKey: trpc.users.list.queryKey() },
      { queryKey: trpc.users.get.queryKey() },
      { queryKey: trpc.approvals.list.queryKey() },
      { queryKey: trpc.people.list.queryKey() },
    ],
    onDone: () => void noteWork(),
  })
  const fields = useContractForm({
    schema: SCHEMA,
    start: { reason: '' },
    input: ({ reason }) => ({ reason: reason.trim() }),
    failure,
  })
  const { hash, counts, needsSecond, lines } = shown
  if (result !== undefined)
    return (
      <DialogOutcome ways={<Button onClick={onClose}>Done</Button>}>
        <Notice tone="info">
          {result.outcome === 'started'
            ? 'It is being carried out, person by person. '
            : 'Nothing has been changed yet: somebody else has to approve all of it under Approvals. '}
          <Link to="/people/$id" params={{ id: result.id }}>
            See how far it is
          </Link>
        </Notice>
      </DialogOutcome>
    )
  const nothing = counts.change === 0
  return (
    <DialogForm
      confirm={needsSecond > 0 ? 'Request approval' : `Change ${countOf(counts.change, 'person', 'people')}`}
      destructive={destructive}
      fields={fields}
      pending={pending}
      onSubmit={({ reason }) => act({ ...input, hash, reason })}
    >
      <Notice tone={nothing || counts.refused > 0 || needsSecond > 0 ? 'warn' : 'info'}>
        {countOf(counts.change, 'person', 'people')} changed, {countOf(counts.same, 'person', 'people')} the
        same already, {countOf(counts.refused, 'person', 'people')} refused, who stay as they are.{' '}
        {needsSecond > 0
          ? `${countOf(needsSecond, 'of these changes takes', 'of these changes take')} a second person, so all of it waits for one.`
          : 'It is done at once.'}
      </Notice>
      <PeopleList label="What becomes of whom" numbered={false} lines={lines} />
      {nothing ? null : <ReasonField {...fields.field('reason')} />}
    </DialogForm>
  )
}
