import { Button } from '@mantine/core'
import type { Failure } from '../lib/errors.ts'
import { Notice } from './notice.tsx'
import { ShortId } from './short-id.tsx'

/** What went wrong, the request that the audit log names too, and a way on. */
export const FailureNotice = ({ failure, onRetry }: { failure: Failure; onRetry?: () => void }) => (
  <Notice tone="bad">
    <p>{failure.message}</p>
    {failure.requestId === null ? null : (
      <p>
        Request <ShortId id={failure.requestId} of="request id" />
      </p>
    )}
    {onRetry === undefined ? null : (
      <Button mt="xs" size="xs" variant="default" onClick={onRetry}>
        Try again
      </Button>
    )}
  </Notice>
)
