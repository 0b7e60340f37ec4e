import type { ErrorField } from '@chartward/contract'

/**
 * Everything that a caller may be told, and nothing else: a code, a sentence that says what to do, an HTTP
 * status. The sentences hold no PHI, no SQL and no stack; details stand in the log under the request's id.
 */
export const ERRORS = {
  UNAUTHENTICATED: [401, 'Sign in to go on.'],
  FACTOR_REQUIRED: [401, 'Finish signing in with your second factor.'],
  ENROLMENT_REQUIRED: [401, 'Set up your second factor first.'],
  STEP_UP_REQUIRED: [403, 'Confirm with a code from your authenticator app.'],
  REASON_REQUIRED: [403, 'You have opened more than is usual in an hour. Say why, and confirm with a code.'],
  FORBIDDEN: [403, 'Your role does not permit this.'],
  NO_CARE_RELATIONSHIP: [403, 'You have no care relationship with this patient.'],
  SECOND_PERSON_REQUIRED: [403, 'This needs a decision by somebody else than the person who asked for it.'],
  NOT_FOUND: [404, 'There is nothing here, or nothing that you may see.'],
  MISDIRECTED: [421, 'This server does not answer to that name.'],
  INVALID_INPUT: [400, 'The request is not understood.'],
  PASSWORD_POLICY: [400, 'The password does not meet the policy.'],
  CONFLICT: [409, 'Something has changed meanwhile. Load the page again.'],
  WRONG_CREDENTIALS: [401, 'The address or the password is wrong.'],
  WRONG_CODE: [401, 'The code is wrong.'],
  CODE_ALREADY_USED: [401, 'This code has been used. Wait for the next one.'],
  PASSKEY_REFUSED: [401, 'This passkey was not accepted. Try again, or use another way.'],
  LOCKED_OUT: [429, 'Too many failed attempts. Try again in 30 minutes.'],
  INVITATION_INVALID: [
    400,
    'This invitation has expired, was used, or never was. Ask whoever invited you for a new one.',
  ],
  LINK_INVALID: [400, 'This link has expired, was used, or never was. Ask for a new one.'],
  RESET_INVALID: [
    400,
    'This link has expired, was used or withdrawn, or never was. Ask an administrator for a new one.',
  ],
  EXPIRED: [410, 'This has expired.'],
  DESTROYED: [410, 'The keys of this patient were destroyed: nothing of the record can be read any more.'],
  TOO_MANY_REQUESTS: [429, 'Too many requests. Try again in a minute.'],
  INTEGRITY: [500, 'A stored record failed its integrity check. The privacy officer has to look at it.'],
  UNAVAILABLE: [503, 'The service can not do this now. Try again in a moment.'],
  NO_SPACE: [
    503,
    'The database is nearly full, so imports and exports have stopped. An administrator has to make room.',
  ],
  INTERNAL: [500, 'Something went wrong on our side.'],
} as const satisfies Record<string, readonly [number, string]>

export type ChartwardCode = keyof typeof ERRORS

interface Details extends ErrorOptions {
  /** The key of the input that it is about, where it is about one: the caller's form says it there. */
  readonly field?: ErrorField
}

/**
 * An error whose code and message may reach the caller. `detail` replaces the code's own sentence; never
 * put input in it.
 */
export class ChartwardError extends Error {
  readonly code: ChartwardCode
  readonly status: number
  readonly field: ErrorField | null

  constructor(code: ChartwardCode, detail?: string, { field, ...options }: Details = {}) {
    super(detail ?? ERRORS[code][1], options)
    this.name = 'ChartwardError'
    this.code = code
    this.status = ERRORS[code][0]
    this.field = field ?? null
  }
}
