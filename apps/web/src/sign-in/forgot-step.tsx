import { Anchor, Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { FailureText } from '../components/failure-text.tsx'
import { Notice } from '../components/notice.tsx'
import { api } from './api.ts'
import type { Door } from './landing.ts'
import classes from './sign-in.module.css'
import { StepHeading } from './step-heading.tsx'
import { useMissing } from './use-missing.ts'
import { useSubmit } from './use-submit.ts'

/** Somebody has forgotten their password. Whether the address is anybody's is said to nobody. */
export const ForgotStep = ({ door, onBack }: { door: Door; onBack: () => void }) => {
  const [email, setEmail] = useState('')
  const [asked, setAsked] = useState(false)
  const { pending, failure, submit } = useSubmit()
  const { isMissing, errorAt } = useMissing()

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isMissing(event)) return
    void submit(async () => {
      await api.auth.askForReset.mutate({ email: email.trim(), as: door })
      setAsked(true)
    })
  }

  if (asked) {
    return (
      <div className={classes.step}>
        <StepHeading title="Look into your mailbox" />
        <Notice tone="info">
          If this is the address of an account with a second factor, a link is on its way to it. It works
          once, and for an hour. A second one is sent after five minutes at the earliest.
        </Notice>
        <p className={classes.lead}>
          Nothing comes? Ask {door === 'patient' ? 'where you are treated' : 'an administrator'}.
        </p>
        <Button variant="default" onClick={onBack} data-autofocus>
          Back to sign-in
        </Button>
      </div>
    )
  }
  return (
    <form className={classes.step} noValidate onSubmit={onSubmit}>
      <StepHeading title="Forgot your password?">
        A link is mailed to you by which you choose another. Have your authenticator app, or a recovery code,
        at hand: you are asked for it.
      </StepHeading>
      {failure === null ? null : <FailureText failure={failure} />}
      <TextInput
        label={door === 'patient' ? 'E-mail' : 'Work e-mail'}
        name="email"
        error={email === '' ? errorAt('email') : null}
        // Not type="email": that takes no letters beyond ASCII, and rewrites the domain.
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
        data-autofocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Button type="submit" loading={pending}>
        Send me a link
      </Button>
      <Anchor component="button" type="button" onClick={onBack}>
        Back to sign-in
      </Anchor>
    </form>
  )
}
