import { Button, CopyButton, Stack } from '@mantine/core'
import { Notice } from '../../components/notice.tsx'
import { formatExact } from '../../lib/format.ts'
import classes from './users.module.css'

type Props = { url: string; expiresAt: string; displayName: string }

/** Shown once: only a hash of the token is kept. */
export const InvitationLink = ({ url, expiresAt, displayName }: Props) => (
  <Stack gap="sm">
    <Notice tone="warn" title="This link is shown only now">
      Hand it to {displayName} by a channel you trust, and keep no copy. Until it is used, whoever has it can
      take the account over; that you were shown it stands in the audit log. It works once, until{' '}
      {formatExact(expiresAt)}.
    </Notice>
    <code className={classes.link}>{url}</code>
    <CopyButton value={url}>
      {({ copied, copy }) => (
        <Button variant="default" onClick={copy}>
          {copied ? 'Copied' : 'Copy the link'}
        </Button>
      )}
    </CopyButton>
  </Stack>
)
