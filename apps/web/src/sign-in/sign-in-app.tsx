import { Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { failureOf } from '../lib/errors.ts'
import { safePath } from '../lib/session/safe-path.ts'
import { AddressStep } from './address-step.tsx'
import { api } from './api.ts'
import { EnrolStep } from './enrol-step.tsx'
import { FactorStep } from './factor-step.tsx'
import { ForgotStep } from './forgot-step.tsx'
import { Frame } from './frame.tsx'
import { InvitationStep } from './invitation-step.tsx'
import { takeInvitationToken } from './invitation-token.ts'
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

/** The pages that a link leads to. */
const LINKED: Readonly<Record<string, Stage>> = {
  '/invitation': 'invitation',
  '/reset': 'reset',
  '/address': 'address',
  '/lost-factor': 'lost-factor',
}

const query = new URLSearchParams(window.location.search)
const linked = LINKED[window.location.pathname] ?? null
// Taken once, at load: the address bar and the history don't keep it.
const token = linked !== null ? takeInvitationToken(window.location, window.history) : null

/** Patients have a door of their own: one address may stand at both. */
const door = query.get('as') === 'patient' ? 'patient' : 'workforce'

const goOn = () => window.location.replace(safePath(query.get('next')))

/**
 * Password, factor, enrolment, and the links that lead here: everything before a session is full. Which step
 * it is, the server says.
 */
export const SignInApp = () => {
  const [stage, setStage] = useState<Stage | null>(linked)
  const [mails, setMails] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)

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
    api.auth.signOut.mutate().then(() => window.location.replace('/sign-in'), setTrouble)
  }

  const content = () => {
    if (trouble !== null)
      return <Trouble failure={failureOf(trouble)} onRetry={() => window.location.reload()} />
    switch (stage) {
      case 'password':
        return <PasswordStep door={door} reason={query.get('reason')} mails={mails} onDone={advance} />
      case 'forgot':
        return <ForgotStep door={door} onBack={() => setStage('password')} />
      case 'factor':
        return <FactorStep onDone={advance} onStartOver={startOver} />
      case 'enrol':
        return <EnrolStep onDone={advance} onStartOver={startOver} />
      case 'invitation':
        return <InvitationStep token={token} onDone={advance} />
      case 'reset':
        return <ResetStep token={token} />
      case 'address':
        return <AddressStep token={token} />
      case 'lost-factor':
        return <LostFactorStep token={token} onDone={advance} />
      case 'replaced':
        return <SignedIn told={ENDED_ELSEWHERE} onDone={goOn} />
      default:
        return <Loader role="status" aria-label="Loading" />
    }
  }

  return <Frame>{content()}</Frame>
}
