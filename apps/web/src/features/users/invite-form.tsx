import { inviteUserInput } from '@chartward/contract'
import { Button, TextInput } from '@mantine/core'
import { DialogForm } from '../../components/dialog-form.tsx'
import { DialogOutcome } from '../../components/dialog-outcome.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import { InvitationLink } from './invitation-link.tsx'

export const InviteForm = ({ onClose }: { onClose: () => void }) => {
  const { act, pending, failure, result } = useAct({
    mutationFn: (input: Inputs['users']['invite']) => client.users.invite.mutate(input),
    refresh: [{ queryKey: trpc.users.list.queryKey() }],
  })
  const fields = useContractForm({
    schema: inviteUserInput,
    start: { displayName: '', email: '' },
    input: (values) => values,
    failure,
  })
  if (result !== undefined) {
    return (
      <DialogOutcome
        ways={
          <>
            <LinkButton to="/users/$id" params={{ id: result.id }} replace variant="default">
              Open the account and give it a role
            </LinkButton>
            <Button onClick={onClose}>Done</Button>
          </>
        }
      >
        <InvitationLink
          url={result.invitationUrl}
          expiresAt={result.expiresAt}
          displayName={fields.values.displayName}
        />
      </DialogOutcome>
    )
  }
  return (
    <DialogForm confirm="Invite" fields={fields} pending={pending} onSubmit={act}>
      <div>
        This makes an account without any role, and a link by which the person takes it over within 3 days:
        they choose a password and enrol a second factor. You hand over the link.
      </div>
      <TextInput
        label="Name"
        autoComplete="off"
        required
        withAsterisk={false}
        {...fields.field('displayName')}
      />
      <TextInput
        label="Work e-mail"
        // Not type="email": that takes no letters beyond ASCII, and rewrites the domain.
        inputMode="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
        {...fields.field('email')}
      />
    </DialogForm>
  )
}
