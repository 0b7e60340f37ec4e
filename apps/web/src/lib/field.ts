import type * as z from 'zod/mini'
import { formatCount } from './format.ts'

/**
 * What a person is told of a text that a schema of the contract does not take; null for one that it takes.
 * `form` says what it should look like, where its length is not what is wrong.
 */
export const troubleWith = (rule: z.ZodMiniType, text: string, form: string): string | null => {
  const issue = rule.safeParse(text).error?.issues[0]
  switch (issue?.code) {
    case undefined:
      return null
    case 'too_small':
      return issue.minimum === 1
        ? 'This can’t be left empty.'
        : `At least ${formatCount(Number(issue.minimum))} characters.`
    case 'too_big':
      return `At most ${formatCount(Number(issue.maximum))} characters.`
    case 'custom': {
      const says: unknown = issue.params?.says
      return typeof says === 'string' ? says.charAt(0).toUpperCase() + says.slice(1) : form
    }
    default:
      return form
  }
}
