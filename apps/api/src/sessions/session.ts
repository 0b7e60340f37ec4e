import type { schema } from '@chartward/db'
import type { PatientId, RoleAssignment, SessionId, UserId } from '@chartward/policy'
import type { Places } from './place.ts'

/** How far sign-in has come. Only `full` reaches anything but sign-in itself. */
export type SessionStage = 'enrol' | 'factor' | 'full'

/** Why a session has ended; the row keeps it. */
export type SessionEndReason = NonNullable<typeof schema.sessions.$inferSelect.endReason>

export interface Session {
  readonly id: SessionId
  readonly userId: UserId
  readonly stage: SessionStage
  readonly createdAt: Date
  /** When the last factor was given in this session; step-up renews it. */
  readonly factorAt: Date | null
  readonly idleExpiresAt: Date
  /** Whatever the person does, the session ends then. */
  readonly expiresAt: Date
  /** From where a factor was given in it. */
  readonly places: Places
  /** That the request comes from elsewhere: nothing is served before a factor has been given there too. */
  readonly elsewhere: boolean
}

export interface SessionUser {
  readonly id: UserId
  readonly kind: (typeof schema.users.$inferSelect)['kind']
  readonly email: string
  readonly displayName: string
  readonly practitionerId: string | null
  /** Of a patient's account alone: whose record is their own. */
  readonly patientId: PatientId | null
}

/**
 * A valid session, the person behind it, and every role assignment they have (decide() looks at the dates).
 */
export interface SignedIn {
  readonly session: Session
  readonly user: SessionUser
  readonly assignments: readonly RoleAssignment[]
}
