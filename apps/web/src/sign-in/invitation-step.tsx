import { Button, Loader, PasswordInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { FailureText } from '../components/failure-text.tsx'
import { Notice } from '../components/notice.tsx'
import { PasswordRules } from '../components/password-rules.tsx'
import { type Failure, failureOf } from '../lib/errors.ts'
import { formatExact } from '../lib/format.ts'
import { passwordRules } from '../lib/password-rules.ts'
import { api } from './api.ts'
import classes from './sign-in.module.css'
import type { Stage } from './sign-in-app.tsx'
import { StepHeading } from './step-heading.tsx'
import { useSubmit } from './use-submit.ts'

type Invitation = Awaited<ReturnType<typeof api.auth.invitation.query>>
type Rules = Awaited<ReturnType<typeof api.auth.passwordRules.query>>

/** A person takes over the account that was made for them: they choose a password, then bind a factor. */
export const InvitationStep = ({
  token,
  onDone,
}: {
  token: string | null
  onDone: (stage: Stage) => void
}) => {
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const [rules, setRules] = useState<Rules | null>(null)
  const [invalid, setInvalid] = useState<Failure | null>(null)

  useEffect(() => {
    if (token === null) return
    const refuse = (error: unknown) => setInvalid(failureOf(error))
    api.auth.invitation.query({ token }).then(setInvitation, refuse)
    api.auth.passwordRules.query().then(setRules, refuse)
  }, [token])

  if (token === null || invalid !== null) {
    return (
      <div className={classes.step}>
        <StepHeading title="This invitation can’t be used" />
        {invalid === null ? (
          <Notice tone="bad">The link is incomplete. Open it again exactly as you were given it.</Notice>
        ) : (
          <FailureText failure={invalid} />
        )}
        <p className={classes.lead}>
          An invitation works once and for 3 days. Ask the administrator who invited you for a new one.
        </p>
        <Button component="a" href="/sign-in" variant="default">
          Go to sign-in
        </Button>
      </div>
    )
  }
  if (invitation === null || rules === null)
    return <Loader role="status" aria-label="Opening the invitation" />
  return <ChoosePassword token={token} invitation={invitation} rules={rules} onDone={onDone} />
}

type Props = { token: string; invitation: Invitation; rules: Rules; onDone: (stage: Stage) => void }

const ChoosePassword = ({ token, invitation, rules, onDone }: Props) => {
  const [password, setPassword] = useState('')
  const [repeated, setRepeated] = useState('')
  const { pending, failure, submit } = useSubmit()
  const differs = repeated !== '' && repeated !== password
  const ready = passwordRules(password, rules).every((rule) => rule.met) && repeated === password

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    void submit(async () => {
      const { stage } = await api.auth.acceptInvitation.mutate({ token, password })
      onDone(stage)
    })
  }

  return (
    <form className={classes.step} noValidate onSubmit={onSubmit}>
      <StepHeading title={`Welcome, ${invitation.displayName}`}>
        Choose the password for {invitation.email}. The invitation is good until{' '}
        {formatExact(invitation.expiresAt)}.
      </StepHeading>
      {failure === null ? null : <FailureText failure={failure} />}
      <input type="hidden" autoComplete="username" value={invitation.email} readOnly />
      <PasswordInput
        label="New password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        maxLength={rules.longest}
        data-autofocus
        aria-describedby="password-rules"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      />
      <PasswordRules id="password-rules" password={password} asked={rules} />
      <PasswordInput
        label="The same again"
        autoComplete="new-password"
        required
        withAsterisk={false}
        maxLength={rules.longest}
        error={differs ? 'The two are not the same.' : null}
        value={repeated}
        onChange={(event) => setRepeated(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      />
      <Button type="submit" loading={pending} disabled={!ready}>
        Set the password
      </Button>
    </form>
  )
}
