import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { PasswordRules } from '../components/password-rules.tsx'
import { passwordRules } from '../lib/password-rules.ts'
import type { api } from './api.ts'

type Rules = Awaited<ReturnType<typeof api.auth.passwordRules.query>>

/** A password and the same again; `ready` once they are the same and as the rules ask. */
export const useNewPassword = (rules: Rules) => {
  const [password, setPassword] = useState('')
  const [repeated, setRepeated] = useState('')
  const ready = passwordRules(password, rules).every((rule) => rule.met) && repeated === password
  return { rules, password, setPassword, repeated, setRepeated, ready }
}

const COMMON = {
  autoComplete: 'new-password',
  required: true,
  withAsterisk: false,
  visibilityToggleButtonProps: { 'aria-label': 'Show the password' },
}

/** The fields of `useNewPassword`, for a form that says in a field of its own whose password it is. */
export const NewPasswordFields = ({ typed }: { typed: ReturnType<typeof useNewPassword> }) => {
  const { rules, password, setPassword, repeated, setRepeated } = typed
  const differs = repeated !== '' && repeated !== password
  return (
    <>
      <PasswordInput
        label="New password"
        maxLength={rules.longest}
        data-autofocus
        aria-describedby="password-rules"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        {...COMMON}
      />
      <PasswordRules id="password-rules" password={password} asked={rules} />
      <PasswordInput
        label="The same again"
        maxLength={rules.longest}
        error={differs ? 'The two are not the same.' : null}
        value={repeated}
        onChange={(event) => setRepeated(event.currentTarget.value)}
        {...COMMON}
      />
    </>
  )
}
