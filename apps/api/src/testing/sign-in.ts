import { schema, withTransaction } from '@chartward/db'
import { builtInRoles, type PatientId, type UserId } from '@chartward/policy'
import { and, eq } from 'drizzle-orm'
import type { App } from '../app.ts'
import { takeCommitments } from '../audit/commitments.ts'
import { newId } from '../core/ids.ts'
import type { RequestContext } from '../guard/request-context.ts'
import { addConfirmedFactor } from '../services/auth/factors.ts'
import { insertAccountUser, newAccountRow } from '../services/patient-accounts/rows.ts'
import { insertAssignment } from '../services/users/assignment-row.ts'
import { insertUser } from '../services/users/user-row.ts'
import type { SignedIn } from '../sessions/session.ts'
import { findSignedIn, startSession } from '../sessions/sessions.ts'
import { createPatient } from '../vault/create-patient.ts'
import { newAddress } from './test-app.ts'

const { patientAccounts } = schema

export interface SignInOptions {
  readonly displayName?: string
  readonly email?: string
  readonly practitionerId?: string
  /** Of a patient: whose record is their own. A new patient's, of whom nothing is known, unless told. */
  readonly patientId?: PatientId
  /** Null for a session in which no factor counts as fresh. Now, unless told. */
  readonly factorAt?: Date | null
  /** The address that the session is begun from; this machine's, unless told. */
  readonly ip?: string
  /** When the role assignments end. Never, unless told. */
  readonly endsAt?: Date
}

export interface TestSignIn {
  readonly userId: UserId
  /** The token the session began with. */
  readonly token: string
  /**
   * For a caller: like a browser, it keeps the token it is given, and each procedure looks the
   * session up anew.
   */
  readonly context: RequestContext
  /** What the session was at the beginning. */
  readonly signedIn: SignedIn
}

/** A patient with a key, of whom nothing is known, unless there is one of this id. */
export const patientOf = async (app: App, patientId: PatientId = newId()): Promise<PatientId> => {
  const made = await withTransaction(app.db, [patientId], async (tx) => {
    const known = await tx.sql`select from patients where id = ${patientId}`
    return known.length > 0 ? null : createPatient(tx, app.keyring, { patientId, source: 'test' })
  })
  if (made !== null) app.keyring.keepPatientKeys(patientId, made.keys)
  return patientId
}

/**
 * Somebody with these roles and a real, full session, made quickly: no password, no entries. Names
 * and addresses are minted, so that tests share nothing.
 */
export const signInAs = async (
  app: App,
  roles: string | readonly string[],
  options: SignInOptions = {},
): Promise<TestSignIn> => {
  const now = app.clock()
  const from = { ip: options.ip ?? '127.0.0.1', userAgent: 'test' }
  const held = typeof roles === 'string' ? [roles] : roles
  const patientId = held.includes(builtInRoles.patient.name) ? await patientOf(app, options.patientId) : null
  const called = {
    email: options.email ?? `${newId()}@example.test`,
    displayName: options.displayName ?? `Test ${held.join(' ')} ${newId().slice(-4)}`,
  }
  const account = patientId === null ? null : await newAccountRow(app, patientId, called)
  const userId: UserId = account?.owner.userId ?? newId()
  const { token } = await withTransaction(app.db, patientId === null ? 'none' : [patientId], async (tx) => {
    if (account === null) {
      await insertUser(tx, app, {
        id: userId,
        ...called,
        status: 'active',
        practitionerId: options.practitionerId ?? null,
        createdAt: now,
      })
    } else {
      // A patient has one: that of an earlier sign-in gives way.
      const earlier = and(
        eq(patientAccounts.patientId, account.row.patientId),
        eq(patientAccounts.state, 'open'),
      )
      await app.vouching.end(tx, 'patient-account', earlier, { state: 'ended', endedAt: now })
      const row = { ...account.row, state: 'open', createdAt: now, openedAt: now } as const
      await app.vouching.insert(tx, 'patient-account', [row])
      await insertAccountUser(tx, app, account.owner, 'active')
    }
    // Who signs in has a factor: without one they would not count as enrolled.
    await addConfirmedFactor(tx, app, userId)
    for (const role of account === null ? held : []) {
      await insertAssignment(tx, app, {
        id: newId(),
        userId,
        role,
        reason: 'for a test',
        startsAt: now,
        endsAt: options.endsAt ?? null,
      })
    }
    const started = await startSession(tx, app, {
      userId,
      stage: 'full',
      factorAt: options.factorAt === undefined ? now : options.factorAt,
      origin: from,
    })
    // No entry of what was made: it is a test's.
    takeCommitments(tx)
    return started
  })
  const signedIn = await findSignedIn(app, token, { background: true, from })
  if (signedIn === null) throw new Error('the session was not found')
  return { userId, token, context: browserOf(app, token, from.ip), signedIn }
}

/**
 * Requests of one browser, one after the other: it holds a token and takes each new one, as a
 * cookie jar would.
 */
export const browserOf = (app: App, token: string | null = null, ip = newAddress()): RequestContext => {
  let held = token
  let device: string | null = null
  const from = { ip, userAgent: 'test' }
  return {
    app,
    requestId: newId(),
    ...from,
    get token() {
      return held
    },
    get deviceToken() {
      return device
    },
    background: false,
    setToken: (next) => {
      held = next
    },
    setDeviceToken: (next) => {
      device = next
    },
    signedIn: async () => (held === null ? null : findSignedIn(app, held, { background: false, from })),
  }
}
