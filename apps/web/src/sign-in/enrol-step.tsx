import { Anchor, Button, Loader } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { CodeField } from '../components/code-field.tsx'
import { FailureText } from '../components/failure-text.tsx'
import { QrCode } from '../components/qr-code.tsx'
import { deviceOf } from '../lib/format.ts'
import { knowsPasskeys, makePasskey } from '../lib/passkeys.ts'
import { api } from './api.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import classes from './sign-in.module.css'
import type { Stage } from './sign-in-app.tsx'
import { StepHeading } from './step-heading.tsx'
import { useMissing } from './use-missing.ts'
import { useSubmit } from './use-submit.ts'

type Props = { onDone: (stage: Stage) => void; onStartOver: () => void }

/** Binds the first authenticator app, or passkey. Nothing else can be reached before it. */
export const EnrolStep = ({ onDone, onStartOver }: Props) => {
  const [enrolment, setEnrolment] = useState<{ otpauthUri: string; secret: string } | null>(null)
  const [code, setCode] = useState('')
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[] | null>(null)
  const start = useSubmit()
  const finish = useSubmit()
  const { isMissing, errorAt } = useMissing()
  const begun = useRef(false)

  useEffect(() => {
    // Each start makes a new secret, and the one on screen has to be the last.
    if (begun.current) return
    begun.current = true
    void start.submit(async () => setEnrolment(await api.auth.startEnrolment.mutate({})))
  }, [start.submit])

  const byPasskey = () =>
    void finish.submit(async () => {
      const wanted = await api.auth.startPasskeyEnrolment.mutate()
      const name = deviceOf(navigator.userAgent)
      setRecoveryCodes(
        (await api.auth.finishPasskeyEnrolment.mutate(await makePasskey(wanted, name))).recoveryCodes,
      )
    })

  if (recoveryCodes !== null) return <RecoveryCodes codes={recoveryCodes} onDone={() => onDone('full')} />

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isMissing(event)) return
    void finish.submit(async () => {
      const made = await api.auth.finishEnrolment.mutate({ code })
      setRecoveryCodes(made.recoveryCodes)
    })
  }

  return (
    <form className={classes.step} noValidate onSubmit={onSubmit}>
      <StepHeading title="Set up your second factor">
        Scan the square with an authenticator app, then enter the code that it shows.
      </StepHeading>
      {start.failure === null ? null : <FailureText failure={start.failure} />}
      {finish.failure === null ? null : <FailureText failure={finish.failure} />}
      {enrolment === null ? (
        <Loader role="status" aria-label="Preparing" />
      ) : (
        <div className={classes.qr}>
          <QrCode text={enrolment.otpauthUri} label="QR code with the secret for your authenticator app" />
          <div>
            <p>No camera? Type this secret into the app:</p>
            <code className={classes.secret}>{enrolment.secret.match(/.{1,4}/g)?.join(' ')}</code>
          </div>
        </div>
      )}
      <CodeField value={code} onChange={setCode} name="code" error={code === '' ? errorAt('code') : null} />
      <Button type="submit" loading={finish.pending} disabled={enrolment === null}>
        Finish
      </Button>
      {knowsPasskeys() ? (
        <Button variant="default" onClick={byPasskey} disabled={finish.pending || start.pending}>
          Use a passkey instead
        </Button>
      ) : null}
      <div className={classes.aside}>
        <Anchor component="button" type="button" onClick={onStartOver}>
          Start over
        </Anchor>
      </div>
    </form>
  )
}
