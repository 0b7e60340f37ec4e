import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { DialogForm } from '../../components/dialog-form.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { client, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { InvitationLink } from './invitation-link.tsx'

type Props = { opened: boolean; onClose: () => void }

export const InviteDialog = ({ opened, onClose }: Props) => (
  <Dialog opened={opened} onClose={onClose} title="Invite a user">
    <InviteForm onClose={onClose} />
  </Dialog>
)

const InviteForm = ({ onClose }: { onClose: () => void }) => {
  const [displayName, setDisplayName] = useState('')
  const [email, setEmail] = useState('')
  const { act, pending, failure, result } = useAct({
    mutationFn: (input: { email: string; displayName: string }) => client.users.invite.mutate(input),
    refresh: [{ queryKey: trpc.users.list.queryKey() }],
  })
  if (result !== undefined) {
    return (
      <Stack gap="md">
        <InvitationLink url={result.invitationUrl} expiresAt={result.expiresAt} displayName={displayName} />
        <Group justify="flex-end" gap="xs">
          <LinkButton to="/users/$id" params={{ id: result.id }} variant="default">
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
      pending={pending}
      failure={failure}
      onSubmit={() => act({ email: email.trim(), displayName: displayName.trim() })}
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
        maxLength={200}
        data-autofocus
        value={displayName}
        onChange={(event) => setDisplayName(event.currentTarget.value)}
      />
      <TextInput
        label="Work e-mail"
        type="email"
        autoComplete="off"
        required
        withAsterisk={false}
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
    </DialogForm>
  )
}
