import { changePasswordInput } from '@chartward/contract'
import { Button, PasswordInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { DialogForm } from '../../components/dialog-form.tsx'
import { DialogOutcome } from '../../components/dialog-outcome.tsx'
import { PasswordRules } from '../../components/password-rules.tsx'
import { client, type Inputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'

/** What is sent, and the new one a second time: a slip in what nobody sees would lock its owner out. */
const typedTwice = z.extend(changePasswordInput, { repeated: z.string() }).check(
  z.refine(({ password, repeated }) => password === repeated, {
    path: ['repeated'],
    params: { says: 'the two are not the same' },
  }),
)

const HIDDEN = { visibilityToggleButtonProps: { 'aria-label': 'Show the password' } }
const RULES = 'new-password-rules'

export const ChangePasswordForm = ({ onClose }: { onClose: () => void }) => {
  const { act, pending, failure, result } = useAct({
    mutationFn: (input: Inputs['auth']['changePassword']) => client.auth.changePassword.mutate(input),
  })
  const fields = useContractForm({
    schema: typedTwice,
    start: { current: '', password: '', repeated: '' },
    input: (values) => values,
    failure,
    // Passwords are kept nowhere.
    keep: false,
  })
  const rules = useQuery(trpc.auth.passwordRules.queryOptions())
  if (result !== undefined) {
    return (
      <DialogOutcome ways={<Button onClick={onClose}>Done</Button>}>
        Your password is changed: use the new one from now on.
        {result.endedOther ? ' Your session elsewhere has ended.' : ''}
      </DialogOutcome>
    )
  }
  return (
    <DialogForm
      confirm="Change password"
      fields={fields}
      pending={pending}
      onSubmit={({ current, password }) => act({ current, password })}
    >
      <div>You are asked for a code from your authenticator too, unless you have given one just now.</div>
      <PasswordInput
        label="The password you have"
        autoComplete="current-password"
        required
        withAsterisk={false}
        {...HIDDEN}
        {...fields.field('current')}
      />
      <PasswordInput
        label="New password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        aria-describedby={RULES}
        {...HIDDEN}
        {...fields.field('password')}
      />
      {rules.data === undefined ? null : (
        <PasswordRules id={RULES} password={fields.values.password} asked={rules.data} />
      )}
      <PasswordInput
        label="The same again"
        autoComplete="new-password"
        required
        withAsterisk={false}
        {...HIDDEN}
        {...fields.field('repeated')}
      />
    </DialogForm>
  )
}
