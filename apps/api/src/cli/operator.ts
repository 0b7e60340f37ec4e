import { hostname, userInfo } from 'node:os'
import type { Command } from 'commander'
import { UsageError } from './usage-error.ts'

/** What a name can be that stands in the audit log for good: one line, and no more than a name. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} .,'@_-]{0,99}$/u

/** Adds the option by which a command is told who gives it; see `operatorOf`. */
export const withOperator = (command: Command): Command =>
  command.option('--operator <name>', 'who does this, for the audit log (else the account on this machine)')

const machineAccount = (): string => {
  try {
    return `${userInfo().username}@${hostname()}`
  } catch {
    // An account without a name, as in a container.
    return `uid-${process.getuid?.() ?? 'unknown'}@${hostname()}`
  }
}

/** Who gives a command: whom they say, or else the account that it runs under. Throws UsageError. */
export const operatorOf = ({ operator }: { readonly operator?: string }): string => {
  if (operator === undefined) return machineAccount()
  if (NAME.test(operator)) return operator
  throw new UsageError(
    "The operator's name is up to 100 letters, digits, spaces and . , ' @ _ -, a letter or digit first.",
  )
}
