import type * as z from 'zod/mini'
import { formatCount } from './format.ts'

/** Of a field by its key: what it should hold, told where its length is not what is wrong. */
export type Says = Readonly<Partial<Record<string, string>>>

type Issue = z.core.$ZodIssue

const EMPTY = 'This can’t be left empty.'

/**
 * What a person is told, by field, of what a schema of the contract does not take; nothing for what it takes.
 * The contract's own messages are for callers: its rules, numbers and sentences become words here.
 */
export const troublesIn = (rule: z.ZodMiniType, given: unknown, says: Says = {}): Record<string, string> => {
  const troubles: Record<string, string> = {}
  for (const issue of rule.safeParse(given).error?.issues ?? []) {
    const key = String(issue.path[0] ?? '')
    troubles[key] ??= troubleOf(issue, Object(given)[key], says[key] ?? 'This is not of the expected form.')
  }
  return troubles
}

const troubleOf = (issue: Issue, given: unknown, form: string): string => {
  if (typeof given === 'string' && given.trim() === '') return EMPTY
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'array'
        ? 'Choose at least one.'
        : `At least ${formatCount(Number(issue.minimum))} characters.`
    case 'too_big':
      return `At most ${formatCount(Number(issue.maximum))} characters.`
    case 'custom': {
      const said: unknown = issue.params?.says
      return typeof said === 'string' ? said.charAt(0).toUpperCase() + said.slice(1) : form
    }
    default:
      return form
  }
}
