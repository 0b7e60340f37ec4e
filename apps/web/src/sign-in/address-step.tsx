import { Button } from '@mantine/core'
import { useState } from 'react'
import { Notice } from '../components/notice.tsx'
import { api } from './api.ts'
import { BadLink } from './bad-link.tsx'
import classes from './sign-in.module.css'
import { StepHeading } from './step-heading.tsx'
import { useSubmit } from './use-submit.ts'

/** A person says that the address is theirs which the link came to; opening the link alone says nothing. */
export const AddressStep = ({ token, onSignIn }: { token: string | null; onSignIn: () => void }) => {
  const [email, setEmail] = useState<string | null>(null)
  const { pending, failure, submit } = useSubmit()
  const confirm = () =>
    void submit(async () => {
      if (token === null) return
      const confirmed = await api.auth.confirmAddress.mutate({ token })
      setEmail(confirmed.email)
    })
  if (token === null || failure !== null) {
    return (
      <BadLink failure={failure} onRetry={confirm} onSignIn={onSignIn}>
        Ask the administrator who changes your address for another link.
      </BadLink>
    )
  }
  if (email !== null) {
    return (
      <div className={classes.step}>
        <StepHeading title="The address is confirmed" />
        <Notice tone="good">
          From now on the account signs in with {email}. The earlier address was told.
        </Notice>
        <Button onClick={onSignIn} data-autofocus>
          Go to sign-in
        </Button>
      </div>
    )
  }
  return (
    <div className={classes.step}>
      <StepHeading title="Confirm your address">
        The address that this link was sent to becomes the one that your account signs in with, and that mail
        about it goes to.
      </StepHeading>
      <Button loading={pending} onClick={confirm} data-autofocus>
        Confirm this address
      </Button>
    </div>
  )
}
