import { Anchor, Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { CodeField } from '../components/code-field.tsx'
import { FailureText } from '../components/failure-text.tsx'
import { knowsPasskeys } from '../lib/passkeys.ts'
import { api } from './api.ts'
import { signInByPasskey } from './passkey-sign-in.ts'
import classes from './sign-in.module.css'
import type { Stage } from './sign-in-app.tsx'
import { SignedIn } from './signed-in.tsx'
import { StepHeading } from './step-heading.tsx'
import { useMissing } from './use-missing.ts'
import { useSubmit } from './use-submit.ts'

type Props = { onDone: (stage: Stage) => void; onStartOver: () => void }

/** The second factor: a TOTP code, a passkey, or one of the recovery codes. */
export const FactorStep = ({ onDone, onStartOver }: Props) => {
  const [kind, setKind] = useState<'totp' | 'recovery'>('totp')
  const [code, setCode] = useState('')
  const [told, setTold] = useState<string | null>(null)
  const { pending, failure, submit } = useSubmit()
  const { isMissing, errorAt } = useMissing()

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isMissing(event)) return
    void submit(async () => {
      if (kind === 'recovery') {
        const { remaining } = await api.auth.useRecoveryCode.mutate({ code: code.trim() })
        setTold(
          `That recovery code is used up; ${remaining} ${remaining === 1 ? 'is' : 'are'} left. Make new ones in My account, under “Second factors”.`,
        )
        return
      }
      const { endedOther } = await api.auth.verifyTotp.mutate({ code })
      onDone(endedOther ? 'replaced' : 'full')
    })
  }
  const byPasskey = () =>
    void submit(async () => onDone((await signInByPasskey('factor')) ? 'replaced' : 'full'))
  const swap = () => {
    setKind(kind === 'totp' ? 'recovery' : 'totp')
    setCode('')
  }

  if (told !== null) return <SignedIn told={told} onDone={() => onDone('full')} />
  return (
    <form className={classes.step} noValidate onSubmit={onSubmit} key={kind}>
      <StepHeading title={kind === 'totp' ? 'Enter your code' : 'Use a recovery code'}>
        {kind === 'totp'
          ? 'Your password was right. Now the second factor.'
          : 'Each of the ten codes from your enrolment works once.'}
      </StepHeading>
      {failure === null ? null : <FailureText failure={failure} />}
      {kind === 'totp' ? (
        <CodeField value={code} onChange={setCode} name="code" error={code === '' ? errorAt('code') : null} />
      ) : (
        <TextInput
          label="Recovery code"
          name="recovery-code"
          error={code === '' ? errorAt('recovery-code') : null}
          autoComplete="off"
          required
          withAsterisk={false}
          data-autofocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      <Button type="submit" loading={pending}>
        Sign in
      </Button>
      {knowsPasskeys() ? (
        <Button variant="default" onClick={byPasskey} disabled={pending}>
          Use a passkey
        </Button>
      ) : null}
      <div className={classes.aside}>
        <Anchor component="button" type="button" onClick={swap}>
          {kind === 'totp' ? 'Use a recovery code' : 'Use the authenticator app'}
        </Anchor>
        <Anchor component="button" type="button" onClick={onStartOver}>
          Start over
        </Anchor>
      </div>
      <p className={classes.lead}>
        Lost all of them? Ask an administrator: two of them make sure that it is you, and you set up another.
        As a patient, ask where you are treated.
      </p>
    </form>
  )
}
