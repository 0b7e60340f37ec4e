import { COVER_DAYS, giveCoverInput, MOST_COVERING } from '@chartward/contract'
import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { dayOf, endOfDay } from '../../lib/calendar.ts'
import { countOf } from '../../lib/format.ts'
import { notify } from '../../lib/notify.ts'
import { serverNow } from '../../lib/session/server-clock.ts'
import { useSession } from '../../lib/session/session.ts'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import { DialogForm } from '../dialog-form.tsx'
import { NothingFound } from '../nothing-found.tsx'
import { ReasonField } from '../reason-field.tsx'
import { UntilField } from '../until-field.tsx'

interface Props {
  onClose: () => void
  patients: Inputs['covers']['give']['patients']
  covered?: { readonly id: string; readonly name: string }
}

const DAY_MS = 86_400_000

/** One form for all of it: whose patients, which colleagues, until when, and why. */
export const GiveCoverForm = ({ onClose, patients, covered }: Props) => {
  const { user: me } = useSession()
  const [text, setText] = useState('')
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map())
  const [wanted] = useDebouncedValue(text.trim(), 250)
  const candidates = useQuery({
    ...trpc.covers.candidates.queryOptions({ text: wanted }),
    enabled: wanted.length >= 2,
    placeholderData: keepPreviousData,
  })
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['covers']['give']) => client.covers.give.mutate(input),
    refresh: [{ queryKey: trpc.covers.list.queryKey() }],
    onDone: ({ patients: count }) => {
      onClose()
      notify({ message: `${countOf(count, 'patient')} handed over. The colleagues are told.` })
    },
  })
  const fields = useContractForm({
    schema: giveCoverInput,
    start: { userIds: [] as readonly string[], endsAt: '', reason: '' },
    input: ({ userIds, endsAt, reason }) => ({
      patients,
      userIds: [...userIds],
      endsAt: endOfDay(endsAt) ?? '',
      reason: reason.trim(),
      ...(covered === undefined ? {} : { coveredUserId: covered.id }),
    }),
    says: { userIds: 'Choose at least one colleague.', endsAt: 'Choose the last day.' },
    failure,
  })
  const found = (candidates.data ?? []).filter(({ id }) => id !== me.id && id !== covered?.id)
  const options = new Map([
    ...known,
    ...found.map(({ id, displayName, roles }) => [id, `${displayName} (${roles.join(', ')})`] as const),
  ])
  const chosen = fields.field('userIds')
  const whose = covered === undefined ? 'your own care' : `the own care of ${covered.name}`
  const which = patients === 'all' ? `All patients in ${whose}` : countOf(patients.length, 'patient')
  return (
    <DialogForm confirm="Hand over" fields={fields} pending={pending} onSubmit={act}>
      <div>
        {which}: the colleagues can open these charts until then, as far as their own roles go, and no longer
        than this care lasts. All of it is done, or nothing, and it can be ended in one act.
      </div>
      <MultiSelect
        label="Colleagues"
        placeholder="Type a name"
        searchable
        maxValues={MOST_COVERING}
        data={[...options].map(([value, label]) => ({ value, label }))}
        searchValue={text}
        onSearchChange={setText}
        nothingFoundMessage={<NothingFound wanted={wanted} />}
        {...chosen}
        value={[...chosen.value]}
        onChange={(ids) => {
          setKnown(new Map(ids.flatMap((id) => (options.has(id) ? [[id, options.get(id) ?? '']] : []))))
          chosen.onChange(ids)
        }}
      />
      <UntilField
        what="cover"
        label="Until"
        otherwise={`${COVER_DAYS} days at most.`}
        max={dayOf(serverNow() + COVER_DAYS * DAY_MS)}
        {...fields.field('endsAt')}
      />
      <ReasonField {...fields.field('reason')} />
    </DialogForm>
  )
}
