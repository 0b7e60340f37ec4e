import { UsageError } from './usage-error.ts'

/** `Ada Byron <ada@clinic.example>`. Throws UsageError. */
export const parsePerson = (text: string): { displayName: string; email: string } => {
  const match = /^\s*(.+?)\s*<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text)
  if (match?.[1] === undefined || match[2] === undefined)
    throw new UsageError(
      'Give each administrator as "Name <address>": --admin "Ada Byron <ada@clinic.example>".',
    )
  return { displayName: match[1], email: match[2] }
}
