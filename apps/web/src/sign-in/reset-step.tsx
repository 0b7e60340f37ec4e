import { Button, Loader, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { FailureText } from '../components/failure-text.tsx'
import { Notice } from '../components/notice.tsx'
import { PasswordRules } from '../components/password-rules.tsx'
import { type Failure, failureOf } from '../lib/errors.ts'
import { formatExact } from '../lib/format.ts'
import { passwordRules } from '../lib/password-rules.ts'
import { api } from './api.ts'
import { BadLink } from './bad-link.tsx'
import classes from './sign-in.module.css'
import { StepHeading } from './step-heading.tsx'
import { useSubmit } from './use-submit.ts'

type Reset = Awaited<ReturnType<typeof api.auth.reset.query>>
type Rules = Awaited<ReturnType<typeof api.auth.passwordRules.query>>

const SHOW = { visibilityToggleButtonProps: { 'aria-label': 'Show the password' } }

/** A person chooses a new password by the link that came to them, and shows their second factor. */
export const ResetStep = ({ token }: { token: string | null }) => {
  const [reset, setReset] = useState<Reset | null>(null)
  const [rules, setRules] = useState<Rules | null>(null)
  const [invalid, setInvalid] = useState<Failure | null>(null)

  useEffect(() => {
    if (token === null) return
    const refuse = (error: unknown) => setInvalid(failureOf(error))
    api.auth.reset.query({ token }).then(setReset, refuse)
    api.auth.passwordRules.query().then(setRules, refuse)
  }, [token])

  if (token === null || invalid !== null) {
    return <BadLink failure={invalid}>A link to a new password works once, and not for long.</BadLink>
  }
  if (reset === null || rules === null) return <Loader role="status" aria-label="Opening the link" />
  return <ChooseAnother token={token} reset={reset} rules={rules} />
}

const ChooseAnother = ({ token, reset, rules }: { token: string; reset: Reset; rules: Rules }) => {
  const [password, setPassword] = useState('')
  const [repeated, setRepeated] = useState('')
  const [code, setCode] = useState('')
  const [isDone, setDone] = useState(false)
  const { pending, failure, submit } = useSubmit()
  const differs = repeated !== '' && repeated !== password
  const ready =
    passwordRules(password, rules).every((rule) => rule.met) &&
    repeated === password &&
    code.trim().length >= 6

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    void submit(async () => {
      await api.auth.resetPassword.mutate({ token, password, code: code.trim() })
      setDone(true)
    })
  }

  if (isDone) {
    return (
      <div className={classes.step}>
        <StepHeading title="Your password is changed" />
        <Notice tone="good">Every session of yours has ended. Sign in with the new password.</Notice>
        <Button component="a" href="/sign-in" data-autofocus>
          Go to sign-in
        </Button>
      </div>
    )
  }
  return (
    <form className={classes.step} noValidate onSubmit={onSubmit}>
      <StepHeading title="Choose a new password">
        For {reset.email}. The link is good until {formatExact(reset.expiresAt)}. Your second factor stays as
        it is.
      </StepHeading>
      {failure === null ? null : <FailureText failure={failure} />}
      <input type="hidden" autoComplete="username" value={reset.email} readOnly />
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
        {...SHOW}
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
        {...SHOW}
      />
      <TextInput
        label="Code"
        description="Six digits from your authenticator app, or one of your recovery codes."
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        required
        withAsterisk={false}
        maxLength={40}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" loading={pending} disabled={!ready}>
        Set the password
      </Button>
    </form>
  )
}
