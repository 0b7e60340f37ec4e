import type { UserId } from '@chartward/policy'
import { ChartwardError } from '../../../core/errors.ts'

/** Why a passkey was not accepted, and what its owner does about it. None of it says whose it is. */
const WORDS = {
  challenge: 'This took too long, or was sent before. Try again.',
  unknown:
    'This passkey is none of this account, or was removed. Use another one, or another way to sign in.',
  origin: 'This passkey was used on another site. Open Chartward by its own address, and try again there.',
  'relying-party': 'This passkey belongs to another site. Choose the one of Chartward.',
  'not-verified':
    'Your device has not made sure that it is you. Use its fingerprint, face or PIN, and try again.',
  signature: 'What your device has signed does not fit. Try again, or use another way.',
  copied:
    'This passkey has counted backwards, as a copy of it would. It was refused: use another factor, and remove this one in My account.',
  'taken-already': 'This passkey is registered already. Use another device, or the one that is there.',
} as const

export type PasskeyProblem = keyof typeof WORDS

interface Details extends ErrorOptions {
  /** Whose it is, where it is known to be theirs. */
  readonly owner?: UserId
}

/** A passkey that is refused; its problem goes into the entry. */
export class PasskeyRefused extends ChartwardError {
  readonly problem: PasskeyProblem
  readonly owner: UserId | null

  constructor(problem: PasskeyProblem, { owner, ...options }: Details = {}) {
    super('PASSKEY_REFUSED', WORDS[problem], { ...options, field: 'passkey' })
    this.problem = problem
    this.owner = owner ?? null
  }
}

export const refused = (problem: PasskeyProblem, cause?: unknown): PasskeyRefused =>
  new PasskeyRefused(problem, cause === undefined ? {} : { cause })
