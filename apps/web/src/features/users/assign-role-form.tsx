import { assignRoleInput } from '@chartward/contract'
import { Button } from '@mantine/core'
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
import { RoleMeaning, RoleSelect, useRoles } from './role-choice.tsx'
import type { User } from './types.ts'

type Props = { user: User; onWaiting: () => void; onClose: () => void }

export const AssignRoleForm = ({ user, onWaiting, onClose }: Props) => {
  const roles = useRoles()
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
  const conflicts = useQuery({
    ...trpc.roles.conflicts.queryOptions({ userId: user.id, role: fields.values.role }),
    enabled: fields.values.role !== '',
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
  const chosen = roles.find(({ name }) => name === fields.values.role)
  return (
    <DialogForm
      confirm={chosen?.privileged === true ? 'Request approval' : 'Assign the role'}
      fields={fields}
      pending={pending}
      onSubmit={act}
    >
      <RoleSelect
        placeholder="Choose a role"
        required
        withAsterisk={false}
        allowDeselect={false}
        {...fields.choice('role')}
      />
      {chosen === undefined ? (
        <div>A role decides what this person may see and do. They get no more than it says.</div>
      ) : (
        <RoleMeaning role={chosen.name} waits="It takes effect only after a second person has approved it." />
      )}
      {(conflicts.data?.conflicts ?? []).map((says) => (
        <Notice key={says} tone="warn" title="Two duties that one person should not have">
          {user.displayName}: {says}
        </Notice>
      ))}
      <UntilField what="role" {...fields.field('endsAt')} />
      <ReasonField {...fields.field('reason')} />
    </DialogForm>
  )
}
