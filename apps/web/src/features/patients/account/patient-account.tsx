import { Button, Group, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ActDialog } from '../../../components/act-dialog.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { Facts } from '../../../components/facts.tsx'
import { InvitationLink } from '../../../components/invitation-link.tsx'
import { LastMail } from '../../../components/last-mail.tsx'
import { Loaded } from '../../../components/loaded.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Panel } from '../../../components/panel.tsx'
import { When } from '../../../components/when.tsx'
import { formatExact } from '../../../lib/format.ts'
import { notify } from '../../../lib/notify.ts'
import { useCan, useSession } from '../../../lib/session/session.ts'
import { client, type Outputs, PHI, queryClient, trpc } from '../../../lib/trpc.ts'
import { useAct } from '../../../lib/use-act.ts'
import { RequestAccountDialog } from './request-account-dialog.tsx'

type Account = Outputs['patientAccounts']['get']
type Requested = Extract<Account, { state: 'requested' }>
type Standing = Extract<Account, { state: 'invited' | 'active' }>

const refreshOf = (patientId: string) => [{ queryKey: trpc.patientAccounts.get.queryKey({ patientId }) }]

/** Whether this patient has an account of their own: asked for by one person, decided by another. */
const PatientAccount = ({ patientId }: { patientId: string }) => {
  const answer = useQuery({ ...trpc.patientAccounts.get.queryOptions({ patientId }), ...PHI })
  return (
    <Panel title="The patient’s account">
      <Loaded answer={answer} height={160}>
        {(account: Account) => {
          switch (account.state) {
            case 'none':
              return <None patientId={patientId} endedAt={account.endedAt} />
            case 'requested':
              return <Waiting patientId={patientId} account={account} />
            default:
              return <There patientId={patientId} account={account} />
          }
        }}
      </Loaded>
    </Panel>
  )
}

const None = ({ patientId, endedAt }: { patientId: string; endedAt: string | null }) => {
  const can = useCan()
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <EmptyState title="This patient has no account">
        {endedAt === null ? null : <p>The last one ended on {formatExact(endedAt)}.</p>}
        <p>With one they see their own record, and who saw it, and nobody else’s.</p>
        {can('account:patient:request') ? (
          <Button mt="xs" onClick={open}>
            Ask for an account
          </Button>
        ) : null}
      </EmptyState>
      <RequestAccountDialog patientId={patientId} opened={opened} onClose={close} />
    </>
  )
}

const Waiting = ({ patientId, account }: { patientId: string; account: Requested }) => {
  const can = useCan()
  const { asked, displayName, email } = account
  const [deciding, setDeciding] = useState<'approve' | 'reject' | null>(null)
  const { act, pending, failure, reset } = useAct({
    mutationFn: (reason: string) =>
      client.patientAccounts[deciding ?? 'reject'].mutate({
        patientId,
        approvalId: asked.approvalId,
        reason,
      }),
    refresh: refreshOf(patientId),
    onDone: () => {
      notify({ message: deciding === 'approve' ? 'Approved. The account is there.' : 'Rejected.' })
      setDeciding(null)
      void queryClient.invalidateQueries({ queryKey: trpc.needsYou.pathKey() })
    },
  })
  const decide = (verdict: 'approve' | 'reject') => {
    reset()
    setDeciding(verdict)
  }
  return (
    <Stack gap="md">
      <Notice tone="info" title="Waits for approval">
        Whoever decides makes sure for themselves who the patient is: whoever holds the account reads the
        whole record.
      </Notice>
      <Facts
        items={[
          ['Name', displayName],
          ['Address', email],
          ['Asked for by', asked.by.displayName],
          ['Asked for', <When key="at" at={asked.at} />],
          ['How they made sure', `“${asked.reason}”`],
          ['Lapses', <When key="ends" at={asked.expiresAt} />],
        ]}
      />
      {asked.mine ? (
        <p>You asked for it: somebody else decides.</p>
      ) : can('account:patient:decide') ? (
        <Group gap="xs">
          <Button onClick={() => decide('approve')}>Approve</Button>
          <Button variant="default" onClick={() => decide('reject')}>
            Reject
          </Button>
        </Group>
      ) : (
        <p>The privacy officer decides.</p>
      )}
      <ActDialog
        opened={deciding !== null}
        onClose={() => setDeciding(null)}
        title={deciding === 'approve' ? 'Approve the account' : 'Reject the account'}
        confirm={deciding === 'approve' ? 'Approve' : 'Reject'}
        destructive={deciding === 'reject'}
        consequence={
          deciding === 'approve'
            ? `${displayName} can take the account over by a link to ${email}. Say in the reason how you have made sure yourself who this is.`
            : 'The request is closed, and nothing changes. It can be asked for anew.'
        }
        pending={pending}
        failure={failure}
        onConfirm={act}
      />
    </Stack>
  )
}

const There = ({ patientId, account }: { patientId: string; account: Standing }) => {
  const can = useCan()
  const { mail } = useSession()
  const [ending, { open, close }] = useDisclosure(false)
  const { displayName, email, openedAt, lastSeenAt, invitedUntil, mail: last } = account
  const invite = useAct({
    mutationFn: () => client.patientAccounts.invite.mutate({ patientId }),
    refresh: refreshOf(patientId),
    onDone: ({ invitationUrl }) => {
      if (invitationUrl === null) notify({ message: 'A new link is on its way to the patient.' })
    },
  })
  const end = useAct({
    mutationFn: (reason: string) => client.patientAccounts.end.mutate({ patientId, reason }),
    refresh: refreshOf(patientId),
    onDone: close,
  })
  const handsOver = can('account:patient:request') && (mail || (can('vault:record:read') && !account.mine))
  const url = invite.result?.invitationUrl ?? null
  return (
    <Stack gap="md">
      <Facts
        items={[
          ['Name', displayName],
          ['Address', email],
          ['Account', account.state === 'active' ? 'In use' : 'Not taken over yet'],
          ['Since', <When key="since" at={openedAt} />],
          ['Last seen', <When key="seen" at={lastSeenAt} absent="never" />],
          [
            'Link ends',
            account.state === 'active' ? null : invitedUntil === null ? (
              'There is no link that counts'
            ) : (
              <When key="until" at={invitedUntil} />
            ),
          ],
          ['Mail', last === null ? null : <LastMail key="mail" mail={last} />],
        ]}
      />
      {url === null || invite.result === undefined ? null : (
        <InvitationLink url={url} expiresAt={invite.result.expiresAt} displayName={displayName} />
      )}
      {account.state === 'invited' && !handsOver ? (
        <p>
          Without mail the link is handed over, and opens the record to whoever has it: somebody who treats
          the patient, and has not asked for the account, makes it here.
        </p>
      ) : null}
      {account.state === 'invited' || can('account:patient:end') ? (
        <Group gap="xs">
          {account.state === 'invited' && handsOver ? (
            <Button loading={invite.pending} onClick={() => invite.act()}>
              {mail ? 'Mail a new link' : 'Make a link to hand over'}
            </Button>
          ) : null}
          {can('account:patient:end') ? (
            <Button variant="default" onClick={open}>
              End the account
            </Button>
          ) : null}
        </Group>
      ) : null}
      <ActDialog
        opened={ending}
        onClose={close}
        title="End the account"
        destructive
        confirm="End it"
        consequence="The patient is signed out at once and can’t sign in any more. They can have another account, by two people again; their record stays as it is."
        pending={end.pending}
        failure={end.failure}
        onConfirm={end.act}
      />
    </Stack>
  )
}

export default PatientAccount
