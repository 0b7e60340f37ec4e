import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { FailureText } from '../components/failure-text.tsx'
import { formatExact } from '../lib/format.ts'
import { api } from './api.ts'
import { OpenedLink } from './opened-link.tsx'
import classes from './sign-in.module.css'
import type { Stage } from './sign-in-app.tsx'
import { StepHeading } from './step-heading.tsx'
import { useMissing } from './use-missing.ts'
import { useSubmit } from './use-submit.ts'

const open = async (token: string) => api.auth.factorReset.query({ token })

type OnDone = (stage: Stage) => void

/** The way back after a lost factor: the link, and the password; then another factor is set up. */
export const LostFactorStep = ({
  token,
  onDone,
  onSignIn,
}: {
  token: string | null
  onDone: OnDone
  onSignIn: () => void
}) => (
  <OpenedLink
    token={token}
    open={open}
    onSignIn={onSignIn}
    another="It works once, and not for long. Ask whoever gave it to you for another one."
  >
    {(reset, given) => <GivePassword token={given} reset={reset} onDone={onDone} />}
  </OpenedLink>
)

type Props = { token: string; reset: Awaited<ReturnType<typeof open>>; onDone: OnDone }

const GivePassword = ({ token, reset, onDone }: Props) => {
  const [password, setPassword] = useState('')
  const { pending, failure, submit } = useSubmit()
  const { isMissing, errorAt } = useMissing()
  const error = failure?.field === 'password' ? failure.message : password === '' ? errorAt('password') : null

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isMissing(event)) return
    void submit(async () => onDone((await api.auth.acceptFactorReset.mutate({ token, password })).stage))
  }

  return (
    <form className={classes.step} noValidate onSubmit={onSubmit}>
      <StepHeading title={`Welcome back, ${reset.displayName}`}>
        Give the password that you have; then you set up another second factor, and whatever you had before is
        void. The link is good until {formatExact(reset.expiresAt)}.
      </StepHeading>
      {failure === null || failure.field === 'password' ? null : <FailureText failure={failure} />}
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        data-autofocus
        error={error}
        // Mantine marks the frame around this one, and not the field.
        aria-invalid={error === null ? undefined : true}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      />
      <Button type="submit" loading={pending}>
        Continue
      </Button>
      <p className={classes.lead}>
        Forgotten the password, too? Then ask an administrator to close the account and to open it anew.
      </p>
    </form>
  )
}
