import { errorField } from '@chartward/contract'
import { TRPCError } from '@trpc/server'
import { $ZodError } from 'zod/v4/core'
import { ChartwardError } from '../core/errors.ts'
import { knownError } from '../core/known-error.ts'

/**
 * The one place where an error becomes what a caller is told. Ours keep their code and sentence; input that
 * does not fit a schema names the schema's own field; everything else says nothing of itself, but for whether
 * it is an outage.
 */
export const toChartwardError = (error: unknown): ChartwardError => {
  if (error instanceof TRPCError) {
    const { cause } = error
    if (cause instanceof ChartwardError) return cause
    // Also where the cause is a schema's: then it is an answer that does not fit, or the schema of
    // another thing.
    if (error.code === 'INTERNAL_SERVER_ERROR') return knownError(cause ?? error)
    if (error.code === 'NOT_FOUND') return new ChartwardError('NOT_FOUND', undefined, { cause: error })
    if (!(cause instanceof $ZodError)) return new ChartwardError('INVALID_INPUT', undefined, { cause: error })
    const field = errorField.safeParse(cause.issues[0]?.path[0]).data
    const details = { cause: error, ...(field === undefined ? {} : { field }) }
    return new ChartwardError('INVALID_INPUT', describe(cause), details)
  }
  return knownError(error)
}

/**
 * Says which field does not fit, without repeating what was sent: a value or an unknown key could
 * hold anything.
 */
const describe = (error: $ZodError): string => {
  const issue = error.issues[0]
  const path = issue === undefined || issue.path.length === 0 ? 'the request' : issue.path.join('.')
  if (issue?.code === 'unrecognized_keys') return `There are unknown keys in ${path}.`
  const says = issue?.code === 'custom' ? issue.params?.says : undefined
  if (typeof says === 'string') return `Check ${path}: ${says}`
  return `Check ${path}: it is missing or not of the expected form.`
}
