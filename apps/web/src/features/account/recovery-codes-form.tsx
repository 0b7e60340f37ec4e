import { Button, CopyButton, Group } from '@mantine/core'
import { ActForm } from '../../components/act-form.tsx'
import { DialogOutcome } from '../../components/dialog-outcome.tsx'
import { client } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import classes from './account.module.css'

interface Props {
  onClose: () => void
  refresh: readonly { queryKey: readonly unknown[] }[]
}

/** New codes in the place of all earlier ones, shown once. */
export const RecoveryCodesForm = ({ onClose, refresh }: Props) => {
  const { act, pending, failure, result } = useAct({
    mutationFn: () => client.factors.renewRecoveryCodes.mutate(),
    refresh,
  })
  if (result === undefined) {
    return (
      <ActForm
        reason="none"
        confirm="Make new codes"
        consequence="You get ten new codes, shown once. Those that you have now stop working."
        pending={pending}
        failure={failure}
        onConfirm={() => act(undefined)}
      />
    )
  }
  return (
    <DialogOutcome ways={<Button onClick={onClose}>I have put them in a safe place</Button>}>
      <div>Each works once, if you lose your other factors. They are shown only now.</div>
      <ul className={classes.codes} aria-label="Recovery codes">
        {result.recoveryCodes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="xs">
        <CopyButton value={result.recoveryCodes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" size="xs" onClick={copy}>
              {copied ? 'Copied' : 'Copy all'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </DialogOutcome>
  )
}
