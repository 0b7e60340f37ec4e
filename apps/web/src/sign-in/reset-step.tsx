import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { FailureText } from '../components/failure-text.tsx'
import { Notice } from '../components/notice.tsx'
import { formatExact } from '../lib/format.ts'
import { api } from './api.ts'
import { NewPasswordFields, useNewPassword } from './new-password-fields.tsx'
import { OpenedLink } from './opened-link.tsx'
import classes from './sign-in.module.css'
import { StepHeading } from './step-heading.tsx'
import { useSubmit } from './use-submit.ts'

const open = async (token: string) => {
  const [reset, rules] = await Promise.all([api.auth.reset.query({ token }), api.auth.passwordRules.query()])
  return { reset, rules }
}

/** A person chooses a new password by the link that came to them, and shows their second factor. */
export const ResetStep = ({ token, onSignIn }: { token: string | null; onSignIn: () => void }) => (
  <OpenedLink
    token={token}
    open={open}
    another="A link to a new password works once, and not for long."
    onSignIn={onSignIn}
  >
    {(opened, given) => <ChooseAnother token={given} onSignIn={onSignIn} {...opened} />}
  </OpenedLink>
)

type Props = Awaited<ReturnType<typeof open>> & { token: string; onSignIn: () => void }

const ChooseAnother = ({ token, reset, rules, onSignIn }: Props) => {
  const typed = useNewPassword(rules)
  const [code, setCode] = useState('')
  const [isDone, setDone] = useState(false)
  const { pending, failure, submit } = useSubmit()
  const ready = typed.ready && code.trim().length >= 6

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    void submit(async () => {
      await api.auth.resetPassword.mutate({ token, password: typed.password, code: code.trim() })
      setDone(true)
    })
  }

  if (isDone) {
    return (
      <div className={classes.step}>
        <StepHeading title="Your password is changed" />
        <Notice tone="good">Every session of yours has ended. Sign in with the new password.</Notice>
        <Button onClick={onSignIn} data-autofocus>
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
      <NewPasswordFields typed={typed} />
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
