import { IconCheck, IconCircleDashed } from '@tabler/icons-react'
import { passwordRules } from '../lib/password-rules.ts'
import classes from './password-rules.module.css'

/** What a password still lacks while it is typed. The field says `aria-describedby` with this id. */
export const PasswordRules = ({ id, password }: { id: string; password: string }) => (
  <ul className={classes.rules} id={id}>
    {passwordRules(password).map(({ label, met }) => (
      <li key={label} data-met={met}>
        {met ? (
          <IconCheck size={15} aria-label="Met:" />
        ) : (
          <IconCircleDashed size={15} aria-label="Not yet:" />
        )}
        {label}
      </li>
    ))}
  </ul>
)
