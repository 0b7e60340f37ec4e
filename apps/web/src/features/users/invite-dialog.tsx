import { displayName, newEmail } from '@chartward/contract'
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { Dialog } from '../../components/dialog.tsx'
import { DialogForm } from '../../components/dialog-form.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useField } from '../../lib/use-field.ts'
import { InvitationLink } from './invitation-link.tsx'

type Props = { opened: boolean; onClose: () => void }

export const InviteDialog = ({ opened, onClose }: Props) => (
  <Dialog opened={opened} onClose={onClose} title="Invite a user">
    <InviteForm onClose={onClose} />
  </Dialog>
)

const InviteForm = ({ onClose }: { onClose: () => void }) => {
  const name = useField(displayName)
  const email = useField(newEmail, 'A whole address, such as name@hospital.example.')
  const { act, pending, failure, result } = useAct({
    mutationFn: (input: Inputs['users']['invite']) => client.users.invite.mutate(input),
    refresh: [{ queryKey: trpc.users.list.queryKey() }],
  })
  if (result !== undefined) {
    return (
      <Stack gap="md">
        <InvitationLink url={result.invitationUrl} expiresAt={result.expiresAt} displayName={name.text} />
        <Group justify="flex-end" gap="xs">
          <LinkButton to="/users/$id" params={{ id: result.id }} replace variant="default">
            Open the account and give it a role
          </LinkButton>
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    )
  }
  return (
    <DialogForm
      confirm="Invite"
      ready={name.fits && email.fits}
      pending={pending}
      failure={failure}
      onSubmit={() => act({ email: email.text, displayName: name.text })}
      onCancel={onClose}
    >
      <div>
        This makes an account without any role, and a link by which the person takes it over within 72 hours:
        they choose a password and enrol a second factor. You hand over the link.
      </div>
      <TextInput
        label="Name"
        autoComplete="off"
        required
        withAsterisk={false}
        data-autofocus
        {...name.input}
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
        {...email.input}
      />
    </DialogForm>
  )
}
