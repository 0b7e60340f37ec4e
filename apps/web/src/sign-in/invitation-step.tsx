import { Button } from '@mantine/core'
import type { FormEvent } from 'react'
import { FailureText } from '../components/failure-text.tsx'
import { formatExact } from '../lib/format.ts'
import { api } from './api.ts'
import { NewPasswordFields, useNewPassword } from './new-password-fields.tsx'
import { OpenedLink } from './opened-link.tsx'
import classes from './sign-in.module.css'
import type { Stage } from './sign-in-app.tsx'
import { StepHeading } from './step-heading.tsx'
import { useSubmit } from './use-submit.ts'

const open = async (token: string) => {
  const [invitation, rules] = await Promise.all([
    api.auth.invitation.query({ token }),
    api.auth.passwordRules.query(),
  ])
  return { invitation, rules }
}

type OnDone = (stage: Stage) => void

/** A person takes over the account that was made for them: they choose a password, then bind a factor. */
export const InvitationStep = ({
  token,
  onDone,
  onSignIn,
}: {
  token: string | null
  onDone: OnDone
  onSignIn: () => void
}) => (
  <OpenedLink
    what="invitation"
    token={token}
    open={open}
    another="An invitation works once and for 3 days. Ask whoever invited you for a new one."
    onSignIn={onSignIn}
  >
    {(opened, given) => <ChoosePassword token={given} onDone={onDone} {...opened} />}
  </OpenedLink>
)

type Props = Awaited<ReturnType<typeof open>> & { token: string; onDone: OnDone }

const ChoosePassword = ({ token, invitation, rules, onDone }: Props) => {
  const typed = useNewPassword(rules)
  const { pending, failure, submit } = useSubmit()

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!typed.ready) return
    void submit(async () => {
      const { stage } = await api.auth.acceptInvitation.mutate({ token, password: typed.password })
      onDone(stage)
    })
  }

  return (
    <form className={classes.step} noValidate onSubmit={onSubmit}>
      <StepHeading title={`Welcome, ${invitation.displayName}`}>
        Choose the password for {invitation.email}. The invitation is good until{' '}
        {formatExact(invitation.expiresAt)}.
      </StepHeading>
      {failure === null ? null : <FailureText failure={failure} />}
      <input type="hidden" autoComplete="username" value={invitation.email} readOnly />
      <NewPasswordFields typed={typed} />
      <Button type="submit" loading={pending} disabled={!typed.ready}>
        Set the password
      </Button>
    </form>
  )
}
