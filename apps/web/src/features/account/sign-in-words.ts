import type { Outputs } from '../../lib/trpc.ts'

type SignIn = Outputs['account']['signIns']['items'][number]

const STEPS: Readonly<Record<string, string>> = {
  'auth.sign-in.password': 'Password',
  'auth.sign-in.totp': 'Code of the authenticator app',
  'auth.sign-in.passkey': 'Passkey',
  'auth.passkey.suspected': 'Passkey that may have been copied',
  'auth.factor-reset.viewed': 'Link for another second factor opened',
  'auth.factor-reset.accepted': 'Link for another second factor used',
  'auth.sign-in.recovery-code': 'Recovery code',
  'auth.step-up': 'Fresh factor for an act that asks for one',
  'auth.sign-out': 'Signed out',
  'auth.session.ended': 'Session ended',
  'sessions.ended': 'Sessions ended',
  'auth.authenticator.refused': 'Refused on unknown devices after a hundred wrong guesses',
  'auth.authenticator.rebound': 'Counted anew after a change',
  'auth.lockout': 'Locked after wrong guesses',
  'auth.password.set': 'Password set',
  'auth.password.changed': 'Password changed',
  'auth.password.reset-asked': 'New password asked for',
  'auth.password.reset-started': 'New password asked for by an administrator',
  'auth.password.reset-viewed': 'Link for a new password opened',
  'auth.password.reset': 'Password reset',
  'auth.factor.enrol-start': 'Second factor begun',
  'auth.factor.enrolled': 'Second factor set up',
  'auth.invitation.viewed': 'Invitation opened',
  'auth.invitation.accepted': 'Invitation accepted',
}

/** What was done. An action that has no words here is said by its name, as the log has it. */
export const stepOf = ({ action }: Pick<SignIn, 'action'>): string => STEPS[action] ?? action

const WHY: Readonly<Record<string, string>> = {
  WRONG_CREDENTIALS: 'the password was wrong',
  WRONG_CODE: 'the code was wrong',
  CODE_ALREADY_USED: 'the code had been used before',
  LOCKED_OUT: 'it was locked after wrong guesses',
}

/** How it came out, and how alarming that is. */
export const outcomeOf = ({
  action,
  outcome,
  reason,
}: Pick<SignIn, 'action' | 'outcome' | 'reason'>): {
  readonly words: string
  readonly tone: 'good' | 'warn' | 'quiet'
} => {
  const why = reason === null ? undefined : WHY[reason]
  if (action === 'auth.lockout') return { words: 'Locked', tone: 'warn' }
  if (outcome === 'success') return { words: 'Done', tone: 'good' }
  if (outcome === 'asked') return { words: 'Asked for a code', tone: 'quiet' }
  const words = outcome === 'refused' ? 'Refused' : 'Failed'
  return { words: why === undefined ? words : `${words}: ${why}`, tone: 'warn' }
}
