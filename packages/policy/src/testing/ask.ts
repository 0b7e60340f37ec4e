import type { ResourceType } from '../catalog/index.ts'
import { decide } from '../decide.ts'
import type { Decision, DecisionRequest, DecisionResource, RoleAssignment } from '../decision.ts'
import type { Id, PatientId, UserId } from '../ids.ts'
import type { Permission } from '../permissions.ts'
import type { Policy, Role, Statement } from '../policy.ts'
import { builtInPolicy } from '../roles.ts'
import type { Scope } from '../scope.ts'

export const NOW = new Date('2026-11-22T12:00:00.000Z')

/** An id of the kind that is wanted where it stands. */
const idOf = <T extends Id<string>>(text: string): T => text as T

export const PATIENT_ID: PatientId = idOf('0193511c-0000-7000-8000-00000000000a')
export const USER_ID: UserId = idOf('0193511c-0000-7000-8000-000000000001')
export const ANOTHER_PATIENT: PatientId = idOf('another')
export const ANOTHER_USER: UserId = idOf('another')

/** A moment so many seconds from NOW. */
export const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000)

export const assigned = (name: string, startsAt = at(-3600), endsAt: Date | null = null): RoleAssignment => ({
  name,
  assignmentId: `assignment-${name}`,
  startsAt,
  endsAt,
})

export const ONE_PATIENT: DecisionResource = { kind: 'patient', patientId: PATIENT_ID }
export const MANY_PATIENTS: DecisionResource = { kind: 'patients' }
export const NOTHING: DecisionResource = { kind: 'none' }

export const onTypes = (...types: ResourceType[]): DecisionResource => ({
  kind: 'patient',
  patientId: PATIENT_ID,
  types,
})

export interface Question {
  readonly roles: readonly (string | RoleAssignment)[]
  readonly permission: Permission
  readonly resource?: DecisionResource
  readonly patientId?: PatientId | null
  readonly factorAt?: Date | null
  readonly relationship?: DecisionRequest['context']['relationship']
  readonly breakGlass?: DecisionRequest['context']['breakGlass']
  readonly aboutUserId?: UserId | null
  readonly now?: Date
  readonly policy?: Policy | null
}

export const IN_CARE = { id: 'relationship-1', startsAt: at(-3600), endsAt: null }

/**
 * Asks decide(); what the question leaves out is the least favourable answer, but for the policy
 * and the clock.
 */
export const ask = (question: Question): Decision =>
  decide({
    actor: {
      kind: 'user',
      id: USER_ID,
      roles: question.roles.map((role) => (typeof role === 'string' ? assigned(role) : role)),
      patientId: question.patientId ?? null,
    },
    permission: question.permission,
    resource: question.resource ?? NOTHING,
    context: {
      now: question.now ?? NOW,
      factorAt: question.factorAt ?? null,
      relationship: question.relationship ?? null,
      breakGlass: question.breakGlass ?? null,
      ...(question.aboutUserId === undefined ? {} : { aboutUserId: question.aboutUserId }),
    },
    policy: question.policy === undefined ? builtInPolicy : question.policy,
  })

/** The scope of an allowed question; a refusal fails the test with its reason. */
export const scopeOf = (question: Question): Scope => {
  const decision = ask(question)
  if (decision.effect !== 'allow') throw new Error(`refused: ${decision.effect}, ${decision.reason}`)
  return decision.scope
}

/** One version of a custom role. */
export const versionOf = (name: string, version: number, statements: readonly Statement[]): Role => ({
  name,
  version,
  title: name,
  description: name,
  privileged: false,
  statements,
})

/** An assignment of a custom role in one of its versions. */
export const assignedVersion = (name: string, version: number | null): RoleAssignment => ({
  ...assigned(name),
  version,
})

export const policyOf = (statements: Readonly<Record<string, readonly Statement[]>>): Policy => ({
  version: 'test/1',
  roles: Object.fromEntries(
    Object.entries(statements).map(([name, list]): [string, Role] => [
      name,
      { name, version: 1, title: name, description: name, privileged: false, statements: list },
    ]),
  ),
})
