import { explainAccessInput, stepUpInput } from '@chartward/contract'
import { Button, Text } from '@mantine/core'
import { CodeField } from '../../components/code-field.tsx'
import { DialogForm } from '../../components/dialog-form.tsx'
import { ReasonField } from '../../components/reason-field.tsx'
import { knowsPasskeys, signWithPasskey } from '../../lib/passkeys.ts'
import { settleFactor } from '../../lib/session/step-up.ts'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import { PasskeyButton } from './passkey-button.tsx'

/** A recovery code is no code of an app; sent unfinished, a code would count as a wrong one. */
const SIX = { code: 'All six digits that the app shows.' }

export const StepUpForm = () => {
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['auth']['stepUp']) => client.auth.stepUp.mutate(input),
    refresh: [{ queryKey: trpc.auth.session.queryKey() }],
    onDone: () => settleFactor(true),
  })
  const fields = useContractForm({
    schema: stepUpInput,
    start: { code: '' },
    input: ({ code }) => ({ code }),
    says: SIX,
    failure,
    keep: false,
  })
  return (
    <DialogForm confirm="Confirm" fields={fields} pending={pending} onSubmit={act}>
      <Text size="sm" c="dimmed">
        This needs a second factor given within the last five minutes.
      </Text>
      <CodeField {...fields.field('code')} />
      <PasskeyButton onDone={() => settleFactor(true)} />
    </DialogForm>
  )
}

/**
 * Without a code it still counts for patients in the person’s own care: nobody is kept from a patient for
 * want of a phone.
 */
export const ReasonForm = () => {
  const { act, pending, failure } = useAct({
    mutationFn: async ({ by, ...input }: Inputs['auth']['explainAccess'] & { by: 'code' | 'passkey' }) =>
      client.auth.explainAccess.mutate(
        by === 'code'
          ? input
          : {
              ...input,
              passkey: await signWithPasskey(await client.auth.askPasskey.mutate({ purpose: 'step-up' })),
            },
      ),
    refresh: [{ queryKey: trpc.auth.session.queryKey() }],
    onDone: () => settleFactor(true),
  })
  const fields = useContractForm({
    schema: explainAccessInput,
    start: { reason: '', code: '' },
    input: ({ reason, code }) => ({ reason: reason.trim(), ...(code === '' ? {} : { code }) }),
    says: SIX,
    failure,
  })
  const byPasskey = () => {
    const checked = fields.check()
    if ('input' in checked) act({ ...checked.input, by: 'passkey' })
  }
  return (
    <DialogForm
      confirm="Go on"
      fields={fields}
      pending={pending}
      onSubmit={(input) => act({ ...input, by: 'code' })}
    >
      <Text size="sm" c="dimmed">
        You have opened more patients or records than is usual in an hour. Say why; the privacy officer is
        told. Without a factor you go on with patients in your own care alone.
      </Text>
      <ReasonField {...fields.field('reason')} />
      <CodeField
        {...fields.field('code')}
        label="Code from your authenticator app, if it is at hand"
        required={false}
        takesFocus={false}
      />
      {knowsPasskeys() ? (
        <Button variant="default" loading={pending} onClick={byPasskey}>
          Go on with a passkey
        </Button>
      ) : null}
    </DialogForm>
  )
}
