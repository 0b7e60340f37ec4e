import { Button } from '@mantine/core'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { knowsPasskeys, signWithPasskey } from '../../lib/passkeys.ts'
import { client, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'

interface Props {
  label?: string
  onDone?: () => void
}

/** A passkey in the place of a code. Where the browser has none, there is nothing to press. */
export const PasskeyButton = ({ label = 'Use a passkey', onDone }: Props) => {
  const { act, pending, failure, result } = useAct({
    mutationFn: async () =>
      client.auth.stepUpByPasskey.mutate(
        await signWithPasskey(await client.auth.askPasskey.mutate({ purpose: 'step-up' })),
      ),
    refresh: [{ queryKey: trpc.auth.session.queryKey() }],
    onDone: () => onDone?.(),
  })
  if (!knowsPasskeys()) return null
  return (
    <>
      {failure === null ? null : <FailureNotice failure={failure} />}
      <Button
        variant="default"
        loading={pending}
        disabled={result !== undefined}
        onClick={() => act(undefined)}
      >
        {result === undefined ? label : 'Confirmed'}
      </Button>
    </>
  )
}
