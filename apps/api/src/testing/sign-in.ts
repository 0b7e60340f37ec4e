import { withTransaction } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import type { App } from '../app.ts'
import { takeCommitments } from '../audit/commitments.ts'
import { newId } from '../core/ids.ts'
import type { RequestContext } from '../guard/request-context.ts'
import { addConfirmedFactor } from '../services/auth/factors.ts'
import { insertAssignment } from '../services/users/assignment-row.ts'
import { insertUser } from '../services/users/user-row.ts'
import type { SignedIn } from '../sessions/session.ts'
import { findSignedIn, startSession } from '../sessions/sessions.ts'
import { newAddress } from './test-app.ts'

export interface SignInOptions {
  readonly displayName?: string
  readonly email?: string
  readonly practitionerId?: string
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

/**
 * Somebody with these roles and a real, full session, made quickly: no password, no entries. Names
 * and addresses are minted, so that tests share nothing.
 */
export const signInAs = async (
  app: App,
  roles: string | readonly string[],
  options: SignInOptions = {},
): Promise<TestSignIn> => {
  const userId: UserId = newId()
  const now = app.clock()
  const from = { ip: options.ip ?? '127.0.0.1', userAgent: 'test' }
  const held = typeof roles === 'string' ? [roles] : roles
  const { token } = await withTransaction(app.db, 'none', async (tx) => {
    await insertUser(tx, app, {
      id: userId,
      email: options.email ?? `${userId}@example.test`,
      displayName: options.displayName ?? `Test ${held.join(' ')} ${userId.slice(-4)}`,
      status: 'active',
      practitionerId: options.practitionerId ?? null,
      patientId: options.patientId ?? null,
      createdAt: now,
    })
    // Who signs in has a factor: without one they would not count as enrolled.
    await addConfirmedFactor(tx, app, userId)
    for (const role of held) {
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
