import type { ResourceType } from './catalog/index.ts'
import type { PatientId, UserId } from './ids.ts'
import type { Permission } from './permissions.ts'
import type { Policy, RoleRef } from './policy.ts'
import type { RefusalReason } from './reasons.ts'
import type { Scope } from './scope.ts'

/** In force from `startsAt` on and until just before `endsAt`; null: without an end. */
export interface Interval {
  readonly startsAt: Date
  readonly endsAt: Date | null
}

export interface RoleAssignment extends Interval, RoleRef {
  readonly assignmentId: string
}

export interface Actor {
  readonly kind: 'user'
  readonly id: UserId
  readonly roles: readonly RoleAssignment[]
  /** The patient that this user is, if any. */
  readonly patientId: PatientId | null
}

export type DecisionResource =
  | { readonly kind: 'none' }
  /** One patient; of `types`, what of them there is to see, with the directory that they refer to. */
  | { readonly kind: 'patient'; readonly patientId: PatientId; readonly types?: readonly ResourceType[] }
  /** A list or a search over many patients. */
  | { readonly kind: 'patients' }

export interface DecisionContext {
  readonly now: Date
  /** When the session's last factor was given. */
  readonly factorAt: Date | null
  /** The care relationship of this actor with this patient, as it is stored: decide() looks at its dates. */
  readonly relationship: (Interval & { readonly id: string }) | null
  /**
   * This actor's break-glass grant for this patient, as it is stored: decide() looks at its dates, and at the
   * assignment that it was opened by. It need not be asked for where a relationship is in force.
   */
  readonly breakGlass?: (Interval & { readonly id: string; readonly assignmentId: string }) | null
  /**
   * The user whom the act is about: who gets the relationship, the role or the link. Pass it for each
   * permission marked for others by its input; without it decide() cannot refuse an act for oneself.
   */
  readonly aboutUserId?: UserId | null
}

export interface DecisionRequest {
  readonly actor: Actor
  readonly permission: Permission
  readonly resource: DecisionResource
  readonly context: DecisionContext
  readonly policy: Policy | null
}

/** What it takes to decide the request again, for the audit entry: opaque ids, names and numbers. */
export type DecisionFacts = {
  policy: string | null
  permission: string
  resource: 'none' | 'patient' | 'patients'
  types: string[] | null
  /** Roles in force with their versions, `clinician@1`; `name@?` for one that the policy does not have. */
  roles: string[]
  assignments: string[]
  relationship: string | null
  relationshipInForce: boolean
  breakGlass: string | null
  breakGlassInForce: boolean
  self: boolean
  aboutSelf: boolean | null
  factorAgeSeconds: number | null
}

export type Decision =
  | {
      readonly effect: 'allow'
      readonly scope: Scope
      readonly statement: string
      readonly reason: 'allowed'
      readonly facts: DecisionFacts
    }
  | {
      readonly effect: 'deny' | 'needs-step-up' | 'needs-break-glass'
      /** The statement that denied, or that would have allowed had its condition been met. */
      readonly statement: string | null
      readonly reason: RefusalReason
      readonly facts: DecisionFacts
    }
