import * as z from 'zod/mini'
import { count, instant, nothing } from './forms.ts'

/** Why a key store gave no key. */
export const kmsProblem = z.enum([
  'unreachable',
  /** Its address is not of the internet, or is spoken to without TLS, and nobody has named it. */
  'not-admitted',
  'certificate',
  'late',
  'throttled',
  'failing',
  'denied',
  /** Ours can't be read. */
  'credentials',
  'disabled',
  /** The code that speaks to it is not on this machine. */
  'not-built',
  'wrong-answer',
  'other-key',
  'other-installation',
  'unwrap-failed',
  /** A KEK was wrapped by one that this process does not know. */
  'not-set-up',
])
export const kmsKind = z.enum(['local', 'passphrase', 'aws', 'vault', 'pkcs11', 'unknown'])

export const keyProviderInput = nothing
/** As the process that answers sees it: each has a way to the key store of its own. */
export const keyProviderOutput = z.strictObject({
  providers: z.array(
    z.strictObject({
      kind: kmsKind,
      /**
       * 16 hex digits that tell this root from any other, and say nothing of it; empty where it is unknown.
       */
      root: z.string().check(z.regex(/^([0-9a-f]{16})?$/)),
      /** Whether new KEKs are wrapped by it. */
      wraps: z.boolean(),
      /** How long it took the last time that it was asked, in milliseconds. */
      latencyMs: count,
      lastAnswerAt: z.nullable(instant),
      problem: z.nullable(kmsProblem),
      /** Since when it answers, or has this problem. */
      since: instant,
    }),
  ),
  /** For how long a KEK is used that its key store has not confirmed. */
  holdHours: z.number().check(z.positive()),
  /** When the first of them can't be used any more, unless it is confirmed before. */
  heldUntil: z.nullable(instant),
  /** How many can't be used now. */
  lapsed: count,
})

export type KmsProblem = z.output<typeof kmsProblem>
export type KmsKind = z.output<typeof kmsKind>
export type KeyProviderOutput = z.output<typeof keyProviderOutput>
