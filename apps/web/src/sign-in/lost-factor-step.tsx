import { Button, Loader, PasswordInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { FailureText } from '../components/failure-text.tsx'
import { Notice } from '../components/notice.tsx'
import { type Failure, failureOf } from '../lib/errors.ts'
import { formatExact } from '../lib/format.ts'
import { api } from './api.ts'
import classes from './sign-in.module.css'
import type { Stage } from './sign-in-app.tsx'
import { StepHeading } from './step-heading.tsx'
import { useMissing } from './use-missing.ts'
import { useSubmit } from './use-submit.ts'

type Reset = Awaited<ReturnType<typeof api.auth.factorReset.query>>
type Props = { token: string | null; onDone: (stage: Stage) => void }

/** The way back after a lost factor: the link, and the password; then another factor is set up. */
export const LostFactorStep = ({ token, onDone }: Props) => {
  const [reset, setReset] = useState<Reset | null>(null)
  const [invalid, setInvalid] = useState<Failure | null>(null)

  useEffect(() => {
    if (token === null) return
    api.auth.factorReset.query({ token }).then(setReset, (error: unknown) => setInvalid(failureOf(error)))
  }, [token])

  if (token === null || invalid !== null) {
    return (
      <div className={classes.step}>
        <StepHeading title="This link can’t be used" />
        {invalid === null ? (
          <Notice tone="bad">The link is incomplete. Open it again exactly as you were given it.</Notice>
        ) : (
          <FailureText failure={invalid} />
        )}
        <Button component="a" href="/sign-in" variant="default">
          Go to sign-in
        </Button>
      </div>
    )
  }
  if (reset === null) return <Loader role="status" aria-label="Opening the link" />
  return <GivePassword token={token} reset={reset} onDone={onDone} />
}

const GivePassword = ({ token, reset, onDone }: Props & { token: string; reset: Reset }) => {
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
