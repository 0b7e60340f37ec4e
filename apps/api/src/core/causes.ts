import { getSystemErrorMap } from 'node:util'
import { AuditError } from '@chartward/audit'
import { CryptoError } from '@chartward/crypto'
import { CONNECTION_CODES, databaseFault } from '@chartward/db'
import { DeidError } from '@chartward/deid'
import { FhirError } from '@chartward/fhir'
import { ChartwardError } from './errors.ts'
import { framesOf } from './frames.ts'

/**
 * What may be said of one error: names of our own code, codes of closed lists and places in files.
 * Never its message.
 */
export interface Cause {
  /** The name of its class. */
  readonly name: string
  readonly code?: string
  readonly sqlState?: string
  readonly constraint?: string
  readonly table?: string
  /** Where it was made and by what way, as `file:line`, the innermost first. */
  readonly at: readonly string[]
}

/** Errors whose code is of a closed list. */
const CODED = [ChartwardError, CryptoError, AuditError, DeidError, FhirError] as const

/** Codes of the operating system, and of the database's client where there is no connection. */
const SYSTEM_CODES: ReadonlySet<unknown> = new Set([
  ...[...getSystemErrorMap().values()].map(([name]) => name),
  ...CONNECTION_CODES,
])

const CLASS_NAME = /^[A-Z]\w{0,63}$/
const IDENTIFIER = /^[a-z]\w{0,62}$/
const MOST_CAUSES = 6

/** By its class, since `name` is a property that anybody can write into. */
const nameOf = (error: Error): string => {
  const name: unknown = Object.getPrototypeOf(error)?.constructor?.name
  return typeof name === 'string' && CLASS_NAME.test(name) ? name : 'Error'
}

const codeOf = (error: Error): { code?: string } => {
  const known = CODED.find((kind) => error instanceof kind)
  if (!('code' in error) || typeof error.code !== 'string') return {}
  return known !== undefined || SYSTEM_CODES.has(error.code) ? { code: error.code } : {}
}

/** Told once, by the database's own error and not by what wraps it. */
const faultOf = (error: Error): Pick<Cause, 'sqlState' | 'constraint' | 'table'> => {
  const fault = databaseFault(error)
  if (fault === null || databaseFault(error.cause) !== null) return {}
  const { sqlState, constraint, table } = fault
  return {
    ...(/^[0-9A-Z]{5}$/.test(sqlState) ? { sqlState } : {}),
    ...(constraint !== null && IDENTIFIER.test(constraint) ? { constraint } : {}),
    ...(table !== null && IDENTIFIER.test(table) ? { table } : {}),
  }
}

const causeOf = (error: unknown): Cause =>
  error instanceof Error
    ? { name: nameOf(error), ...codeOf(error), ...faultOf(error), at: framesOf(error) }
    : { name: 'unknown', at: [] }

const chainOf = (error: unknown): unknown[] => {
  const chain: unknown[] = []
  const next = [error]
  while (next.length > 0 && chain.length < MOST_CAUSES) {
    const current = next.shift()
    if (chain.includes(current)) continue
    chain.push(current)
    if (current instanceof AggregateError) next.push(...current.errors)
    if (current instanceof Error && current.cause !== undefined && current.cause !== null)
      next.push(current.cause)
  }
  return chain
}

/**
 * What may be said of whatever was thrown: of the error, then of what caused it, six at most. Messages and
 * properties are left out, since they can quote a statement's parameters. Never throws.
 */
export const causesOf = (error: unknown): readonly Cause[] => {
  try {
    return chainOf(error).map(causeOf)
  } catch {
    return [{ name: 'unreadable', at: [] }]
  }
}

/** The same for a person at a terminal, a line each. */
export const causeLines = (error: unknown): string[] =>
  causesOf(error).flatMap(({ at, ...facts }, index) => [
    `${index === 0 ? '' : 'caused by '}${Object.values(facts).join(' ')}`,
    ...at.map((place) => `    at ${place}`),
  ])
