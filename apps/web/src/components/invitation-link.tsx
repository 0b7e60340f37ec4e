import { Button, CopyButton, Stack } from '@mantine/core'
import { formatExact } from '../lib/format.ts'
import classes from './invitation-link.module.css'
import { Notice } from './notice.tsx'

type Props = { url: string; expiresAt: string; displayName: string }

/** A link that is handed over by whoever sees it. */
export const LinkToCopy = ({ url }: { url: string }) => (
  <>
    <code className={classes.link}>{url}</code>
    <CopyButton value={url}>
      {({ copied, copy }) => (
        <Button variant="default" onClick={copy}>
          {copied ? 'Copied' : 'Copy the link'}
        </Button>
      )}
    </CopyButton>
  </>
)

/** Shown once: only a hash of the token is kept. */
export const InvitationLink = ({ url, expiresAt, displayName }: Props) => (
  <Stack gap="sm">
    <Notice tone="warn" title="This link is shown only now">
      Hand it to {displayName} by a channel you trust, and keep no copy. Until it is used, whoever has it can
      take the account over; that you were shown it stands in the audit log. It works once, until{' '}
      {formatExact(expiresAt)}.
    </Notice>
    <LinkToCopy url={url} />
  </Stack>
)

/** What has become of an invitation: mailed to its person, or a link to hand over. */
export const Invited = ({ url, ...link }: Omit<Props, 'url'> & { url: string | null }) =>
  url === null ? (
    <Notice tone="good" title="The invitation is on its way">
      It goes to {link.displayName} by mail, and works once, until {formatExact(link.expiresAt)}. Nobody else
      sees the link. The account’s page says whether it could be delivered.
    </Notice>
  ) : (
    <InvitationLink url={url} {...link} />
  )
