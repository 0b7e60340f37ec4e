import { assignRoleInput } from '@chartward/contract'
import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { DialogForm } from '../../components/dialog-form.tsx'
import { DialogOutcome } from '../../components/dialog-outcome.tsx'
import { Notice } from '../../components/notice.tsx'
import { ReasonField } from '../../components/reason-field.tsx'
import { UntilField } from '../../components/until-field.tsx'
import { endOfDay } from '../../lib/calendar.ts'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import { refreshOf } from './refresh.ts'
import type { User } from './types.ts'

type Props = { user: User; onWaiting: () => void; onClose: () => void }

export const AssignRoleForm = ({ user, onWaiting, onClose }: Props) => {
  const roles = useQuery({ ...trpc.users.roles.queryOptions(), staleTime: Number.POSITIVE_INFINITY })
  const { act, pending, failure, result } = useAct({
    mutationFn: (input: Inputs['users']['assignRole']) => client.users.assignRole.mutate(input),
    refresh: refreshOf(user),
    onDone: ({ outcome }) => (outcome === 'pending-approval' ? onWaiting() : onClose()),
  })
  const fields = useContractForm({
    schema: assignRoleInput,
    start: { role: '', endsAt: '', reason: '' },
    input: ({ role, endsAt: day, reason }) => {
      const endsAt = endOfDay(day)
      return { userId: user.id, role, reason: reason.trim(), ...(endsAt === null ? {} : { endsAt }) }
    },
    failure,
  })
  if (result?.outcome === 'pending-approval') {
    return (
      <DialogOutcome ways={<Button onClick={onClose}>Done</Button>}>
        <Notice tone="info">
          {user.displayName} does not have the role yet. A second person has to approve it under Approvals,
          once {user.displayName} has enrolled; you can’t approve your own request.
        </Notice>
      </DialogOutcome>
    )
  }
  const chosen = roles.data?.find(({ name }) => name === fields.values.role)
  return (
    <DialogForm
      confirm={chosen?.privileged === true ? 'Request approval' : 'Assign the role'}
      fields={fields}
      pending={pending}
      onSubmit={act}
    >
      <div>
        {chosen === undefined ? (
          'A role decides what this person may see and do. They get no more than it says.'
        ) : chosen.privileged ? (
          <Notice tone="warn" title="Privileged role">
            {chosen.description} It takes effect only after a second person has approved it.
          </Notice>
        ) : (
          <Notice tone="info" title="Takes effect at once">
            {chosen.description}
          </Notice>
        )}
      </div>
      <Select
        label="Role"
        placeholder="Choose a role"
        data={(roles.data ?? []).map(({ name, title, privileged }) => ({
          value: name,
          label: privileged ? `${title} (privileged)` : title,
        }))}
        required
        withAsterisk={false}
        allowDeselect={false}
        {...fields.choice('role')}
      />
      <UntilField what="role" {...fields.field('endsAt')} />
      <ReasonField {...fields.field('reason')} />
    </DialogForm>
  )
}
