import type { RoleAssignment } from './decision.ts'
import type { UserId } from './ids.ts'
import type { Permission } from './permissions.ts'
import { definePolicy, type Policy, type Role, type RoleRef, type RowRule, refOf, roleOf } from './policy.ts'
import { administrator } from './roles/administrator.ts'
import { analyst } from './roles/analyst.ts'
import { auditor } from './roles/auditor.ts'
import { billing } from './roles/billing.ts'
import { clinician } from './roles/clinician.ts'
import { nurse } from './roles/nurse.ts'
import { patient } from './roles/patient.ts'
import { privacyOfficer } from './roles/privacy-officer.ts'
import { securityOfficer } from './roles/security-officer.ts'

export const ROLE_NAMES = Object.freeze([
  'administrator',
  'privacy-officer',
  'security-officer',
  'clinician',
  'nurse',
  'billing',
  'analyst',
  'patient',
  'auditor',
] as const)

export type RoleName = (typeof ROLE_NAMES)[number]

export const isRoleName = (value: string): value is RoleName => ROLE_NAMES.some((name) => name === value)

/** The roles that ship: whoever means one of them takes it from here, and names it nowhere else. */
export const builtInRoles = {
  administrator,
  privacyOfficer,
  securityOfficer,
  clinician,
  nurse,
  billing,
  analyst,
  patient,
  auditor,
} as const

const byName = {
  administrator,
  'privacy-officer': privacyOfficer,
  'security-officer': securityOfficer,
  clinician,
  nurse,
  billing,
  analyst,
  patient,
  auditor,
} satisfies Record<RoleName, Role>

/** The policy that ships. Custom roles make a policy of their own; this one never changes under a version. */
export const builtInPolicy: Policy = definePolicy({
  version: 'built-in/9',
  roles: byName,
  everyone: [
    {
      id: 'everyone/own-session',
      effect: 'allow',
      permissions: [
        'self:account:read',
        'self:notice:read',
        'self:session:read',
        'self:session:end',
        'self:break-glass:read',
        'self:break-glass:end',
        'self:factor:read',
        'self:factor:change',
        'self:work:follow',
        'home:summary:read',
      ],
    },
  ],
})

/** What a patient's account holds, and nothing besides: for being one, since nobody assigns it. */
export const heldByPatient = (account: UserId): RoleAssignment => ({
  name: builtInRoles.patient.name,
  version: null,
  assignmentId: account,
  startsAt: new Date(0),
  endsAt: null,
})

/** The role that the first people of an installation get: it can give every other. */
export const FIRST_ROLE = builtInRoles.administrator

/** How many people who can sign in must always hold a role that allows a permission; see `FLOORS`. */
export interface Floor {
  readonly permission: Permission
  readonly least: number
  /** Who they are, for a sentence that says that they would be too few. */
  readonly people: string
}

/**
 * What no act may take an installation below once it is there: whoever can give roles, of whom two are needed
 * for most of what they do, and whoever decides on releases and reviews.
 */
export const FLOORS: readonly Floor[] = Object.freeze([
  { permission: 'access:assignment:request', least: 2, people: 'two administrators' },
  { permission: 'export:request:decide', least: 1, people: 'one privacy officer' },
])

/** Every role that somebody may hold by the policy: each that can be given, and each version of one. */
const heldByPolicy = (policy: Policy): readonly Role[] => [
  ...new Set([...Object.values(policy.roles), ...Object.values(policy.versions ?? {}).flat()]),
]

/** The names of the policy's roles that take a second person, in one of their versions at least. */
export const privilegedRoles = (policy: Policy): string[] => [
  ...new Set(
    heldByPolicy(policy)
      .filter(({ privileged }) => privileged)
      .map(({ name }) => name),
  ),
]

/** Whether an assignment of this role shows something of a patient by break-glass. */
export const breaksGlass = (policy: Policy, ref: RoleRef): boolean =>
  roleOf(policy, ref)?.statements.some(
    ({ effect, rows, breakGlass }) => effect === 'allow' && rows === 'care' && breakGlass === true,
  ) ?? false

/**
 * Whether an assignment of this role takes a second person. Of a role that the policy does not have, it
 * does.
 */
export const takesSecondPerson = (policy: Policy, ref: RoleRef): boolean =>
  roleOf(policy, ref)?.privileged ?? true

/** What an assignment is called: by the role's name, or `name@version` where it names a version too. */
export const assignmentKey = ({ name, version }: RoleRef): string =>
  version == null ? name : `${name}@${version}`

/** Whether a role allows a permission, whichever patients that covers, or those of one row rule. */
export const roleAllows = ({ statements }: Role, permission: Permission, rows?: RowRule): boolean =>
  statements.some(
    (statement) =>
      statement.effect === 'allow' &&
      statement.permissions.includes(permission) &&
      (rows === undefined || statement.rows === rows),
  )

/** What assignments of the policy's roles are called (`assignmentKey`) that allow a permission. */
export const rolesAllowing = (policy: Policy, permission: Permission, rows?: RowRule): string[] =>
  heldByPolicy(policy)
    .filter((role) => roleAllows(role, permission, rows))
    .map((role) => assignmentKey(refOf(policy, role)))
