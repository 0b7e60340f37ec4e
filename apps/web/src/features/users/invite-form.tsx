import { inviteUserInput } from '@chartward/contract'
import { Button, TextInput } from '@mantine/core'
import { DialogForm } from '../../components/dialog-form.tsx'
import { DialogOutcome } from '../../components/dialog-outcome.tsx'
import { EmailField } from '../../components/email-field.tsx'
import { Invited } from '../../components/invitation-link.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { ReasonField } from '../../components/reason-field.tsx'
import { UntilField } from '../../components/until-field.tsx'
import { endOfDay } from '../../lib/calendar.ts'
import { useSession } from '../../lib/session/session.ts'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import { RoleMeaning, RoleSelect, useRoles } from './role-choice.tsx'

/** What is asked for with the role, where one is chosen. */
const withRole = (role: string, reason: string, endsAt: string | null) =>
  role === '' ? {} : { role, reason: reason.trim(), ...(endsAt === null ? {} : { endsAt }) }

export const InviteForm = ({ onClose }: { onClose: () => void }) => {
  const roles = useRoles()
  const { mail } = useSession()
  const { act, pending, failure, result } = useAct({
    mutationFn: (input: Inputs['users']['invite']) => client.users.invite.mutate(input),
    refresh: [{ queryKey: trpc.users.list.queryKey() }, { queryKey: trpc.approvals.list.queryKey() }],
  })
  const fields = useContractForm({
    schema: inviteUserInput,
    start: { displayName: '', email: '', role: '', endsAt: '', reason: '' },
    input: ({ displayName, email, role, endsAt, reason }) => ({
      displayName,
      email,
      ...withRole(role, reason, endOfDay(endsAt)),
    }),
    failure,
  })
  const chosen = roles.find(({ name }) => name === fields.values.role)
  if (result !== undefined) {
    const { displayName } = fields.values
    return (
      <DialogOutcome
        ways={
          <>
            <LinkButton to="/users/$id" params={{ id: result.id }} replace variant="default">
              Open the account
            </LinkButton>
            <Button onClick={onClose}>Done</Button>
          </>
        }
      >
        <Invited url={result.invitationUrl} expiresAt={result.expiresAt} displayName={displayName} />
        {result.role === null ? null : (
          <Notice tone="info">
            {result.role.outcome === 'granted'
              ? `${displayName} has the role ${chosen?.title ?? ''} as soon as they have taken the account over.`
              : `${displayName} does not have the role ${chosen?.title ?? ''} yet. Once they have enrolled, a second person approves it under Approvals; until then the account opens nothing.`}
          </Notice>
        )}
      </DialogOutcome>
    )
  }
  return (
    <DialogForm
      confirm={chosen?.privileged === true ? 'Invite and request approval' : 'Invite'}
      fields={fields}
      pending={pending}
      onSubmit={act}
    >
      <div>
        This makes an account and a link by which the person takes it over within 3 days: they choose a
        password and enrol a second factor.{' '}
        {mail ? 'The link is mailed to them.' : 'No mail is sent from here: you hand over the link.'}
      </div>
      <TextInput
        label="Name"
        autoComplete="off"
        required
        withAsterisk={false}
        {...fields.field('displayName')}
      />
      <EmailField label="Work e-mail" {...fields.field('email')} />
      <RoleSelect placeholder="No role yet" clearable {...fields.choice('role')} />
      {chosen === undefined ? null : (
        <>
          <RoleMeaning
            role={chosen.name}
            waits="It takes effect only once they have enrolled and a second person has approved it; until then the account opens nothing."
          />
          <UntilField what="role" {...fields.field('endsAt')} />
          <ReasonField {...fields.field('reason')} />
        </>
      )}
    </DialogForm>
  )
}
