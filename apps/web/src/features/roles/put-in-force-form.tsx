import { putRoleInForceInput } from '@chartward/contract'
import { Button, MultiSelect, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { DialogForm } from '../../components/dialog-form.tsx'
import { DialogOutcome } from '../../components/dialog-outcome.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Notice } from '../../components/notice.tsx'
import { ReasonField } from '../../components/reason-field.tsx'
import { RoleDifference } from '../../components/role-difference/role-difference.tsx'
import { notify } from '../../lib/notify.ts'
import { client, type Inputs, type Outputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import { REFRESH } from './refresh.ts'
import { Replay } from './replay.tsx'

/** The hash of nothing that was shown: refused. */
const NOT_SHOWN = '0'.repeat(64)

interface Props {
  role: Outputs['roles']['get']
  version: number
  mayForce: boolean
  onClose: () => void
}

/** Whom it is for is chosen first; what is shown is what is done, or nothing. */
export const PutInForceForm = ({ role, version, mayForce, onClose }: Props) => {
  const { act, pending, failure, result } = useAct({
    mutationFn: (input: Inputs['roles']['putInForce']) => client.roles.putInForce.mutate(input),
    refresh: REFRESH,
    onDone: (done) => {
      if (done.outcome !== 'in-force') return
      onClose()
      notify({ message: 'In force. It holds from everybody’s next request on.' })
    },
  })
  const [people, setPeople] = useState<readonly string[]>([])
  const wanted = { name: role.name, version, ...(people.length === 0 ? {} : { people: [...people] }) }
  const answer = useQuery({ ...trpc.roles.compare.queryOptions(wanted), staleTime: 0, gcTime: 0 })
  const fields = useContractForm({
    schema: putRoleInForceInput,
    start: { people: [] as readonly string[], reason: '' },
    input: ({ people: named, reason }) => ({
      name: role.name,
      version,
      hash: answer.data?.hash ?? NOT_SHOWN,
      reason: reason.trim(),
      ...(named.length === 0 ? {} : { people: [...named] }),
    }),
    failure,
  })
  const { refetch } = answer
  const isStale = failure?.code === 'CONFLICT'
  useEffect(() => {
    if (isStale) void refetch()
  }, [isStale, refetch])

  if (result?.outcome === 'pending-approval') {
    return (
      <DialogOutcome ways={<Button onClick={onClose}>Done</Button>}>
        <Notice tone="info">
          Nothing has changed yet. A second person, who neither holds the role nor has drafted it, has to
          approve it under Approvals.
        </Notice>
      </DialogOutcome>
    )
  }
  const named = [...new Map(role.holders.map(({ person }) => [person.id, person.displayName]))]
  const whom = (
    <MultiSelect
      label="For whom"
      description="Nobody named: everybody who holds the role, and whoever is given it from then on."
      placeholder={people.length === 0 ? 'Everybody who holds it' : ''}
      data={named.map(([value, label]) => ({ value, label }))}
      searchable
      {...fields.field('people')}
      value={[...people]}
      onChange={(chosen) => {
        setPeople(chosen)
        fields.field('people').onChange(chosen)
      }}
    />
  )
  const shown = (
    <Loaded answer={answer} height={320}>
      {({ difference }: Outputs['roles']['compare']) => (
        <Stack gap="sm">
          <RoleDifference difference={difference} />
          <Replay wanted={wanted} />
          {difference.secondPerson ? (
            <Notice tone="warn" title="Takes a second person">
              It gives something that was not there before, or changes what is privileged.
            </Notice>
          ) : null}
        </Stack>
      )}
    </Loaded>
  )
  if (!mayForce) return <Stack gap="md">{shown}</Stack>
  return (
    <DialogForm
      confirm={answer.data?.difference.secondPerson === true ? 'Request approval' : 'Put in force'}
      fields={fields}
      pending={pending}
      onSubmit={act}
    >
      {named.length === 0 ? null : whom}
      {shown}
      <ReasonField {...fields.field('reason')} />
    </DialogForm>
  )
}
