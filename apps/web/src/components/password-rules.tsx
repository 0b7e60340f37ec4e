import { IconCheck, IconCircleDashed } from '@tabler/icons-react'
import { type Asked, passwordRules } from '../lib/password-rules.ts'
import classes from './password-rules.module.css'

interface Props {
  id: string
  password: string
  asked: Asked
}

/** What a password still lacks while it is typed. The field says `aria-describedby` with this id. */
export const PasswordRules = ({ id, password, asked }: Props) => (
  <ul className={classes.rules} id={id}>
    {passwordRules(password, asked).map(({ label, met }) => (
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
