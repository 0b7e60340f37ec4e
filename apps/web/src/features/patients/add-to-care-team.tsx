import { CARE_DAYS } from '@chartward/contract'
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ActDialog } from '../../components/act-dialog.tsx'
import { UntilField } from '../../components/until-field.tsx'
import { endOfDay } from '../../lib/calendar.ts'
import { formatDay } from '../../lib/format.ts'
import { useSession } from '../../lib/session/session.ts'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'

type Props = { patientId: string; opened: boolean; onClose: () => void }

/** Gives a colleague a care relationship with the patient. Nobody gives one to themselves. */
export const AddToCareTeam = ({ patientId, opened, onClose }: Props) => {
  const { user: me } = useSession()
  const [text, setText] = useState('')
  const [wanted] = useDebouncedValue(text.trim(), 250)
  const [userId, setUserId] = useState<string | null>(null)
  const [until, setUntil] = useState('')
  const candidates = useQuery({
    ...trpc.care.candidates.queryOptions({ patientId, text: wanted }),
    enabled: opened && wanted.length >= 2,
    placeholderData: keepPreviousData,
  })
  const { act, pending, failure, reset } = useAct({
    mutationFn: (input: Inputs['care']['add']) => client.care.add.mutate(input),
    refresh: [{ queryKey: trpc.care.list.queryKey({ patientId }) }],
    onDone: () => close(),
  })
  const close = () => {
    onClose()
    reset()
    setText('')
    setUserId(null)
    setUntil('')
  }
  const others = (candidates.data ?? []).filter(({ id }) => id !== me.id)
  return (
    <ActDialog
      opened={opened}
      onClose={close}
      title="Add to the care team"
      confirm="Add"
      ready={userId !== null}
      consequence="The colleague can open this chart from now on, as far as their own roles go, and no longer than you have care of this patient yourself. You can’t add yourself."
      pending={pending}
      failure={failure}
      onConfirm={(reason) => {
        if (userId === null) return
        const endsAt = endOfDay(until)
        act({ patientId, userId, reason, ...(endsAt === null ? {} : { endsAt }) })
      }}
    >
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
        nothingFoundMessage={wanted.length < 2 ? 'Type at least two letters' : 'Nobody by that name'}
        value={userId}
        onChange={setUserId}
        onSearchChange={setText}
      />
      <UntilField
        what="relationship"
        otherwise={`Without a day it ends after ${CARE_DAYS.unlessTold} days, on ${formatDay(new Date(Date.now() + CARE_DAYS.unlessTold * 86_400_000).toISOString())}; it lasts ${CARE_DAYS.atMost} days at most.`}
        value={until}
        onChange={setUntil}
      />
    </ActDialog>
  )
}
