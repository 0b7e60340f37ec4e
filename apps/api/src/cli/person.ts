import { addressTrouble } from '@chartward/contract'
import { UsageError } from './usage-error.ts'

/** `Ada Byron <ada@clinic.example>`. Throws UsageError, also for an address that nobody can be invited at. */
export const parsePerson = (text: string): { displayName: string; email: string } => {
  const match = /^\s*(.+?)\s*<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text)
  if (match?.[1] === undefined || match[2] === undefined)
    throw new UsageError(
      'Give each administrator as "Name <address>": --admin "Ada Byron <ada@clinic.example>".',
    )
  const trouble = addressTrouble(match[2])
  if (trouble !== null) throw new UsageError(`Check the address of each administrator: ${trouble}`)
  return { displayName: match[1], email: match[2] }
}
