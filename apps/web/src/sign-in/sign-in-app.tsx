import { Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { failureOf } from '../lib/errors.ts'
import { safePath } from '../lib/session/safe-path.ts'
import { api } from './api.ts'
import { EnrolStep } from './enrol-step.tsx'
import { FactorStep } from './factor-step.tsx'
import { Frame } from './frame.tsx'
import { InvitationStep } from './invitation-step.tsx'
import { takeInvitationToken } from './invitation-token.ts'
import { LostFactorStep } from './lost-factor-step.tsx'
import { PasswordStep } from './password-step.tsx'
import { ENDED_ELSEWHERE, SignedIn } from './signed-in.tsx'
import { Trouble } from './trouble.tsx'

/** `replaced`: full, and a session elsewhere has ended for it. */
export type Stage = 'password' | 'factor' | 'enrol' | 'invitation' | 'lost-factor' | 'full' | 'replaced'

const query = new URLSearchParams(window.location.search)
const LINKS: Readonly<Record<string, Stage>> = { '/invitation': 'invitation', '/lost-factor': 'lost-factor' }
const byLink = LINKS[window.location.pathname] ?? null
// Taken once, at load: the address bar and the history don't keep it.
const token = byLink === null ? null : takeInvitationToken(window.location, window.history)

const goOn = () => window.location.replace(safePath(query.get('next')))

/**
 * Password, factor, enrolment, and the links that lead here: everything before a session is full. Which step
 * it is, the server says.
 */
export const SignInApp = () => {
  const [stage, setStage] = useState<Stage | null>(byLink)
  const [trouble, setTrouble] = useState<unknown>(null)

  useEffect(() => {
    if (byLink !== null) return
    api.auth.session
      .query()
      .then((session) => {
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
        return <PasswordStep reason={query.get('reason')} onDone={advance} />
      case 'factor':
        return <FactorStep onDone={advance} onStartOver={startOver} />
      case 'enrol':
        return <EnrolStep onDone={advance} onStartOver={startOver} />
      case 'invitation':
        return <InvitationStep token={token} onDone={advance} />
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
