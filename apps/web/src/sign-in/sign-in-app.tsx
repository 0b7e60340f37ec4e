import { Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { failureOf } from '../lib/errors.ts'
import { PATIENT_DOOR } from '../lib/session/door.ts'
import { safePath } from '../lib/session/safe-path.ts'
import { AddressStep } from './address-step.tsx'
import { api } from './api.ts'
import { EnrolStep } from './enrol-step.tsx'
import { FactorStep } from './factor-step.tsx'
import { ForgotStep } from './forgot-step.tsx'
import { Frame } from './frame.tsx'
import { InvitationStep } from './invitation-step.tsx'
import { type Door, goToSignIn, takeLanding } from './landing.ts'
import { LostFactorStep } from './lost-factor-step.tsx'
import { PasswordStep } from './password-step.tsx'
import { ResetStep } from './reset-step.tsx'
import { ENDED_ELSEWHERE, SignedIn } from './signed-in.tsx'
import { Trouble } from './trouble.tsx'

/** `replaced`: full, and a session elsewhere has ended for it. */
export type Stage =
  | 'password'
  | 'forgot'
  | 'factor'
  | 'enrol'
  | 'invitation'
  | 'reset'
  | 'address'
  | 'lost-factor'
  | 'full'
  | 'replaced'

const query = new URLSearchParams(window.location.search)
// Taken once, at load: the address bar and the history keep no token.
const landing = takeLanding(window.location, window.history)
const { linked, token } = landing

const goOn = () => window.location.replace(safePath(query.get('next')))

/**
 * Password, factor, enrolment, and the links that lead here: everything before a session is full. Which step
 * it is, the server says.
 */
export const SignInApp = () => {
  const [stage, setStage] = useState<Stage | null>(linked)
  const [door, setDoor] = useState<Door>(landing.door)
  const [mails, setMails] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)

  // A link that is opened where this page is open already changes the fragment alone.
  useEffect(() => {
    const begin = () => window.location.reload()
    window.addEventListener('hashchange', begin)
    return () => window.removeEventListener('hashchange', begin)
  }, [])

  useEffect(() => {
    if (linked !== null) return
    api.auth.session
      .query()
      .then((session) => {
        if (session.stage === 'none') setMails(session.mail)
        if (session.stage === 'full') goOn()
        else setStage(session.stage === 'none' ? 'password' : session.stage)
      })
      .catch(setTrouble)
  }, [])

  const advance = (next: Stage) => {
    if (next === 'full') goOn()
    else setStage(next)
  }
  const startOver = () => {
    api.auth.signOut.mutate().then(() => goToSignIn(door), setTrouble)
  }

  // The way back after signing in stays in the address.
  const changeDoor = (next: Door) => {
    window.history.replaceState(
      null,
      '',
      window.location.pathname + window.location.search + (next === 'patient' ? PATIENT_DOOR : ''),
    )
    setDoor(next)
  }
  const toSignIn = () => goToSignIn(door)

  const content = () => {
    if (trouble !== null)
      return <Trouble failure={failureOf(trouble)} onRetry={() => window.location.reload()} />
    switch (stage) {
      case 'password':
        return (
          <PasswordStep
            key={door}
            door={door}
            onDoor={changeDoor}
            reason={query.get('reason')}
            mails={mails}
            onDone={advance}
          />
        )
      case 'forgot':
        return <ForgotStep door={door} onBack={() => setStage('password')} />
      case 'factor':
        return <FactorStep onDone={advance} onStartOver={startOver} />
      case 'enrol':
        return <EnrolStep onDone={advance} onStartOver={startOver} />
      case 'invitation':
        return <InvitationStep token={token} onDone={advance} onSignIn={toSignIn} />
      case 'reset':
        return <ResetStep token={token} onSignIn={toSignIn} />
      case 'address':
        return <AddressStep token={token} onSignIn={toSignIn} />
      case 'lost-factor':
        return <LostFactorStep token={token} onDone={advance} onSignIn={toSignIn} />
      case 'replaced':
        return <SignedIn told={ENDED_ELSEWHERE} onDone={goOn} />
      default:
        return <Loader role="status" aria-label="Loading" />
    }
  }

  return <Frame>{content()}</Frame>
}
