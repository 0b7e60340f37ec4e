import { TRPCClientError } from '@trpc/client'
import { NoPasskey } from './no-passkey.ts'

/** What the console shows of a failure. Messages from the API are written for people and hold no PHI. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly requestId: string | null
  /** The key of the input that it is about, where it is about one. */
  readonly field: string | null
}

const UNREACHABLE = 'The server can not be reached. Check the connection and try again.'
const UNKNOWN = 'Something went wrong here, in the console itself. Reload the page and try again.'

/** Never throws: an error of any shape becomes a failure with a code, a sentence and perhaps a request id. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof NoPasskey)
    return { code: 'NO_PASSKEY', message: error.message, requestId: null, field: 'passkey' }
  if (!(error instanceof TRPCClientError))
    return { code: 'CONSOLE', message: UNKNOWN, requestId: null, field: null }
  const data: unknown = error.data
  const code = textAt(data, 'chartward')
  const requestId = textAt(data, 'requestId')
  if (code === null) return { code: 'UNREACHABLE', message: UNREACHABLE, requestId, field: null }
  return { code, message: error.message, requestId, field: textAt(data, 'field') }
}

const textAt = (value: unknown, key: string): string | null => {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null
  const text: unknown = Reflect.get(value, key)
  return typeof text === 'string' ? text : null
}

const NO_SESSION: ReadonlySet<string> = new Set(['UNAUTHENTICATED', 'FACTOR_REQUIRED', 'ENROLMENT_REQUIRED'])

/** Whether the person has to sign in before anything else can work. */
export const needsSignIn = (code: string): boolean => NO_SESSION.has(code)

/** Worth one more try without asking the person: a server that was busy or out of reach, never a decision. */
export const isTransient = (code: string): boolean => code === 'UNREACHABLE' || code === 'UNAVAILABLE'
