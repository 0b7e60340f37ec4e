import { Anchor, Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { CodeField } from '../components/code-field.tsx'
import { FailureText } from '../components/failure-text.tsx'
import { Notice } from '../components/notice.tsx'
import { api } from './api.ts'
import classes from './sign-in.module.css'
import type { Stage } from './sign-in-app.tsx'
import { StepHeading } from './step-heading.tsx'
import { useMissing } from './use-missing.ts'
import { useSubmit } from './use-submit.ts'

type Props = { onDone: (stage: Stage) => void; onStartOver: () => void }

/** The second factor: a TOTP code, or one of the recovery codes. */
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
          `That recovery code is used up; ${remaining} ${remaining === 1 ? 'is' : 'are'} left. Ask an administrator for a new enrolment if you have lost your device.`,
        )
        return
      }
      const { endedOther } = await api.auth.verifyTotp.mutate({ code })
      if (endedOther)
        setTold('You were signed in elsewhere. That session has ended: one person has one session.')
      else onDone('full')
    })
  }
  const swap = () => {
    setKind(kind === 'totp' ? 'recovery' : 'totp')
    setCode('')
  }

  if (told !== null) {
    return (
      <div className={classes.step}>
        <StepHeading title="Signed in" />
        <Notice tone="warn">{told}</Notice>
        <Button onClick={() => onDone('full')} data-autofocus>
          Go on
        </Button>
      </div>
    )
  }
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
      <div className={classes.aside}>
        <Anchor component="button" type="button" onClick={swap}>
          {kind === 'totp' ? 'Use a recovery code' : 'Use the authenticator app'}
        </Anchor>
        <Anchor component="button" type="button" onClick={onStartOver}>
          Start over
        </Anchor>
      </div>
    </form>
  )
}
