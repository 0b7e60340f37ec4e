import * as z from 'zod/mini'
import { backupKind } from './backups.ts'
import { count, done, id, instant, nothing, patientId, person, reason } from './forms.ts'

/** Keys that belong to no patient, by what they are for. */
export const systemKeyPurpose = z.enum([
  'factor-secrets',
  'credential-hashes',
  'audit-notes',
  'reasons',
  'directory',
  'exports',
  'uploads',
  'mails',
  'attempt-counters',
  'integrity',
  'row-seals',
  'tokens',
  'source-ids',
  'blind-index',
])
/** What can be rotated: the KEK, patients' own keys, and the key of each purpose. */
export const keyPurpose = z.enum(['kek', 'patients', ...systemKeyPurpose.options])
export const keyState = z.enum(['pending', 'primary', 'decrypt-only', 'disabled', 'destroyed'])
/** How near the end of a key's time is. */
export const keyClock = z.enum(['in-time', 'soon', 'due'])
/** What becomes of what was made with the key before. */
export const keyAfterlife = z.enum(['anew', 'passes', 'stays'])
export const rotationCause = z.enum(['schedule', 'hand', 'suspicion'])
export const rotationState = z.enum(['running', 'paused', 'done'])
export const rotationPhase = z.enum(['pending', 'rewriting', 'settling', 'retiring', 'ended'])
/** Why an earlier key is kept, or a rotation does not go on. */
export const rotationHold = z.enum(['no-login', 'in-use', 'canary', 'unreadable', 'passes', 'stays'])

const rotation = z.strictObject({
  id,
  purpose: keyPurpose,
  /** Of one patient's key alone; which patient that is the log says, to whoever may read it. */
  ofOne: z.boolean(),
  cause: rotationCause,
  askedBy: z.nullable(person),
  state: rotationState,
  phase: rotationPhase,
  startedAt: instant,
  endedAt: z.nullable(instant),
  /** Keys, ciphertexts, people or patients, whatever it goes through one by one. */
  done: count,
  /** Null while it is not known. */
  total: z.nullable(count),
  skipped: count,
  /** A second's worth of `done`; null while too little is known. */
  rate: z.nullable(z.number()),
  secondsLeft: z.nullable(count),
  hold: z.nullable(rotationHold),
})

const version = z.strictObject({
  id,
  version: count,
  state: keyState,
  createdAt: instant,
  /** Since when it has its state. */
  since: instant,
  /** To the hour; null for never, or not known. */
  usedAt: z.nullable(instant),
  /** How much stands that was made with it; null where that does not say by which key. */
  rows: z.nullable(count),
})

const key = z.strictObject({
  purpose: keyPurpose,
  afterlife: keyAfterlife,
  clock: keyClock,
  /** When it is rotated by itself. */
  dueAt: z.nullable(instant),
  /** Newest first. Of patients' own keys none: there are as many as patients. */
  versions: z.array(version),
  /** How many there are in each state. */
  counts: z.partialRecord(keyState, count),
  rotation: z.nullable(rotation),
})

export const listKeysInput = nothing
export const listKeysOutput = z.strictObject({
  items: z.array(key),
  days: count,
  patientDays: count,
})

export const keyCostInput = z.strictObject({ purpose: keyPurpose })
export const keyCostOutput = z.strictObject({
  /** So much is made anew. */
  things: count,
  /** At the rate of the last rotation of its kind; null where there was none. */
  seconds: z.nullable(count),
})

export const rotateKeyInput = z.strictObject({
  purpose: keyPurpose,
  cause: z.enum(['hand', 'suspicion']),
  reason,
})
export const rotateKeyOutput = z.strictObject({ id })

export const rotatePatientKeyInput = z.strictObject({ patientId, reason })
export const rotatePatientKeyOutput = z.strictObject({
  id,
  /** Kept copies of before, newest first: whoever has the earlier key reads the patient in each. */
  backups: z.array(z.strictObject({ id, kind: backupKind, startedAt: instant, expiresAt: instant })),
})

export const rotationInput = z.strictObject({ id })
export const rotationOutput = done

export const listRotationsInput = nothing
export const listRotationsOutput = z.strictObject({ items: z.array(rotation) })

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
export type KeyPurpose = z.output<typeof keyPurpose>
export type KeyState = z.output<typeof keyState>
export type KeyAfterlife = z.output<typeof keyAfterlife>
export type RotationHold = z.output<typeof rotationHold>
export type Rotation = z.output<typeof rotation>
export type KeyLine = z.output<typeof key>
export type ListKeysOutput = z.output<typeof listKeysOutput>
export type KeyCostInput = z.output<typeof keyCostInput>
export type KeyCostOutput = z.output<typeof keyCostOutput>
export type RotateKeyInput = z.output<typeof rotateKeyInput>
export type RotateKeyOutput = z.output<typeof rotateKeyOutput>
export type RotatePatientKeyInput = z.output<typeof rotatePatientKeyInput>
export type RotatePatientKeyOutput = z.output<typeof rotatePatientKeyOutput>
export type RotationInput = z.output<typeof rotationInput>
export type ListRotationsOutput = z.output<typeof listRotationsOutput>
