import { Button } from '@mantine/core'
import type { Failure } from '../lib/errors.ts'
import { FailureText } from './failure-text.tsx'
import { ShortId } from './short-id.tsx'

/** A failure whose request id can be copied, with a way to try again where there is one. */
export const FailureNotice = ({ failure, onRetry }: { failure: Failure; onRetry?: () => void }) => (
  <FailureText failure={failure} id={(id) => <ShortId id={id} of="request id" />}>
    {onRetry === undefined ? null : (
      <Button mt="xs" size="xs" variant="default" onClick={onRetry}>
        Try again
      </Button>
    )}
  </FailureText>
)
