import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { FailureText } from '../components/failure-text.tsx'
import { Notice } from '../components/notice.tsx'
import { knowsPasskeys } from '../lib/passkeys.ts'
import { api } from './api.ts'
import type { Door } from './landing.ts'
import { offerAutofill, signInByPasskey } from './passkey-sign-in.ts'
import classes from './sign-in.module.css'
import type { Stage } from './sign-in-app.tsx'
import { StepHeading } from './step-heading.tsx'
import { useMissing } from './use-missing.ts'
import { useSubmit } from './use-submit.ts'

const REASONS: Readonly<Record<string, string>> = {
  idle: 'Your session ended because nothing was done for a while. Sign in to go on where you were.',
  'signed-out': 'You are signed out.',
  elsewhere: 'You signed out in another tab. Sign in to go on where you were.',
}

/** What each door is called, and the way to the other. */
const DOORS: Readonly<
  Record<Door, { title: string; address: string; other: Door; otherwise: string; forgotten: string }>
> = {
  workforce: {
    title: 'Sign in',
    address: 'Work e-mail',
    other: 'patient',
    otherwise: 'Are you a patient? Sign in here',
    forgotten: 'Forgot your password? An administrator makes you a link to a new one.',
  },
  patient: {
    title: 'Sign in as a patient',
    address: 'E-mail',
    other: 'workforce',
    otherwise: 'Do you work here? Sign in here',
    forgotten: 'Forgot your password? Ask where you are treated: you are given another account.',
  },
}

export const PasswordStep = ({
  door,
  onDoor,
  reason,
  mails,
  onDone,
}: {
  door: Door
  onDoor: (door: Door) => void
  reason: string | null
  /** Whether a link can be mailed to whoever has forgotten their password. */
  mails: boolean
  onDone: (stage: Stage) => void
}) => {
  const theirs = DOORS[door]
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const { pending, failure, submit } = useSubmit()
  const { isMissing, errorAt } = useMissing()
  const why = reason !== null && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined

  const missing = password === '' ? errorAt('password') : null
  const done = (endedOther: boolean) => onDone(endedOther ? 'replaced' : 'full')
  const byPasskey = () => void submit(async () => done(await signInByPasskey('sign-in')))
  // Offered once, for as long as this step is there.
  useEffect(() => offerAutofill(done, (error) => void submit(() => Promise.reject(error))), [])

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isMissing(event)) return
    void submit(async () => {
      const { stage } = await api.auth.signIn.mutate({ email: email.trim(), password, as: door })
      onDone(stage)
    })
  }

  return (
    <form className={classes.step} noValidate onSubmit={onSubmit}>
      <StepHeading title={theirs.title} />
      {why === undefined || failure !== null ? null : <Notice tone="info">{why}</Notice>}
      {failure === null ? null : <FailureText failure={failure} />}
      <TextInput
        label={theirs.address}
        name="email"
        error={email === '' ? errorAt('email') : null}
        // Not type="email": that takes no letters beyond ASCII, and rewrites the domain.
        inputMode="email"
        autoComplete="username webauthn"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
        data-autofocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        name="password"
        error={missing}
        // Mantine marks the frame around this one, and not the field.
        aria-invalid={missing === null ? undefined : true}
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      />
      <Button type="submit" loading={pending}>
        Continue
      </Button>
      {knowsPasskeys() ? (
        <Button variant="default" onClick={byPasskey} disabled={pending}>
          Sign in with a passkey
        </Button>
      ) : null}
      {mails ? (
        <Anchor component="button" type="button" onClick={() => onDone('forgot')}>
          Forgot your password?
        </Anchor>
      ) : (
        <p className={classes.lead}>{theirs.forgotten}</p>
      )}
      <Anchor component="button" type="button" onClick={() => onDoor(theirs.other)}>
        {theirs.otherwise}
      </Anchor>
    </form>
  )
}
