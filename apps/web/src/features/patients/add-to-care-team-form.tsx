import { addToCareTeamInput, CARE_DAYS } from '@chartward/contract'
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DialogForm } from '../../components/dialog-form.tsx'
import { NothingFound } from '../../components/nothing-found.tsx'
import { ReasonField } from '../../components/reason-field.tsx'
import { UntilField } from '../../components/until-field.tsx'
import { endOfDay } from '../../lib/calendar.ts'
import { formatDay } from '../../lib/format.ts'
import { useSession } from '../../lib/session/session.ts'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'

type Props = { patientId: string; onClose: () => void }

export const AddToCareTeamForm = ({ patientId, onClose }: Props) => {
  const { user: me } = useSession()
  const [text, setText] = useState('')
  const [wanted] = useDebouncedValue(text.trim(), 250)
  const candidates = useQuery({
    ...trpc.care.candidates.queryOptions({ patientId, text: wanted }),
    enabled: wanted.length >= 2,
    placeholderData: keepPreviousData,
  })
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['care']['add']) => client.care.add.mutate(input),
    refresh: [{ queryKey: trpc.care.list.queryKey({ patientId }) }],
    onDone: onClose,
  })
  const fields = useContractForm({
    schema: addToCareTeamInput,
    start: { userId: '', endsAt: '', reason: '' },
    input: ({ userId, endsAt: day, reason }) => {
      const endsAt = endOfDay(day)
      return { patientId, userId, reason: reason.trim(), ...(endsAt === null ? {} : { endsAt }) }
    },
    failure,
  })
  const others = (candidates.data ?? []).filter(({ id }) => id !== me.id)
  const ends = formatDay(new Date(Date.now() + CARE_DAYS.unlessTold * 86_400_000).toISOString())
  return (
    <DialogForm confirm="Add" fields={fields} pending={pending} onSubmit={act}>
      <div>
        The colleague can open this chart from now on, as far as their own roles go, and no longer than you
        have care of this patient yourself. You can’t add yourself.
      </div>
      <Select
        label="Colleague"
        placeholder="Type a name"
        searchable
        required
        withAsterisk={false}
        data={others.map(({ id, displayName, roles }) => ({
          value: id,
          label: roles.length === 0 ? displayName : `${displayName} (${roles.join(', ')})`,
        }))}
        // The server has searched already.
        filter={({ options }) => options}
        nothingFoundMessage={<NothingFound wanted={wanted} />}
        onSearchChange={setText}
        // Where the dialog begins, a list that has nothing yet would lie over what is said.
        openOnFocus={false}
        {...fields.choice('userId')}
      />
      <UntilField
        what="relationship"
        otherwise={`Without a day it ends after ${CARE_DAYS.unlessTold} days, on ${ends}; it lasts ${CARE_DAYS.atMost} days at most.`}
        {...fields.field('endsAt')}
      />
      <ReasonField {...fields.field('reason')} />
    </DialogForm>
  )
}
