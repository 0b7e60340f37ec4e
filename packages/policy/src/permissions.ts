/**
 * What a permission is about. `none`: no patient; `patient`: a patient's care relationships, but none of
 * their data; `record`: a patient's data. Only a `record` permission can yield fields, and neither of the
 * latter two is ever allowed for a request that names no patient and no list of them.
 */
export type PermissionSubject = 'none' | 'patient' | 'record'

export interface PermissionSpec {
  readonly description: string
  readonly subject: PermissionSubject
  /** Needs a factor given within the last `STEP_UP_SECONDS`. */
  readonly stepUp: boolean
  /** A role that holds it is privileged: assigning that role needs a second approver. */
  readonly privileged: boolean
  /** Separation of duties: refused where the user whom the act is about is the actor. */
  readonly forOthers: boolean
}

/** Age of a factor, in seconds, up to which it counts as fresh. */
export const STEP_UP_SECONDS = 300

type Trait = 'step-up' | 'privileged' | 'for-others'

const define = (subject: PermissionSubject, description: string, ...traits: Trait[]): PermissionSpec =>
  Object.freeze({
    description,
    subject,
    stepUp: traits.includes('step-up'),
    privileged: traits.includes('privileged'),
    forOthers: traits.includes('for-others'),
  })

/** Every permission there is, `domain:entity:verb`. What is not named here is denied to everyone. */
export const PERMISSIONS = Object.freeze({
  'account:user:list': define('none', 'List the users'),
  'account:user:read': define('none', 'Open a user: roles, factors enrolled, state'),
  'account:user:invite': define('none', 'Invite a user', 'step-up', 'privileged'),
  'account:user:deactivate': define('none', 'Deactivate a user', 'step-up', 'privileged'),
  'account:practitioner:link': define(
    'none',
    'Request the link of a user to a FHIR Practitioner by NPI',
    'step-up',
    'privileged',
    'for-others',
  ),
  'access:assignment:request': define(
    'none',
    'Request a role assignment for a user',
    'step-up',
    'privileged',
    'for-others',
  ),
  'access:assignment:end': define('none', 'End a role assignment', 'step-up', 'privileged'),
  'access:approval:list': define('none', 'List what waits for a second person'),
  'access:approval:decide': define(
    'none',
    'Approve or reject what another user requested',
    'step-up',
    'privileged',
    'for-others',
  ),
  'vault:patient:list': define('record', 'List the patients with whom one has a care relationship'),
  'vault:patient:search': define('record', 'Search patients by exact identifier or name'),
  'vault:patient:read': define('record', 'Open a patient'),
  'vault:record:list': define('record', "List a patient's records"),
  'vault:record:read': define('record', "Open one of a patient's records"),
  'care:relationship:list': define('patient', "List a patient's care relationships"),
  'care:relationship:create': define('patient', 'Make a care relationship for another user', 'for-others'),
  'care:relationship:end': define('patient', "End another user's care relationship", 'for-others'),
  'export:request:create': define('none', 'Request a de-identified export'),
  'export:request:list': define('none', 'List the export requests'),
  'export:request:read': define('none', 'Open an export request'),
  'export:request:decide': define(
    'none',
    'Approve or reject an export that another user requested',
    'step-up',
    'privileged',
    'for-others',
  ),
  'export:release:download': define('none', 'Download an approved release', 'step-up'),
  'audit:entry:search': define('none', 'Search the audit log', 'privileged'),
  'audit:entry:read': define('none', 'Open an audit entry', 'privileged'),
  'audit:log:verify': define('none', 'Verify the audit log and fetch proofs', 'privileged'),
  'audit:log:export': define('none', 'Export the audit log', 'step-up', 'privileged'),
  'home:summary:read': define('none', 'See the landing page'),
  'home:accounts:read': define('none', 'See the figures about accounts on the landing page'),
  'home:oversight:read': define('none', 'See the figures about oversight on the landing page'),
  'self:session:read': define('none', "See one's own session"),
} as const satisfies Readonly<Record<`${string}:${string}:${string}`, PermissionSpec>>)

export type Permission = keyof typeof PERMISSIONS

export const isPermission = (value: string): value is Permission => Object.hasOwn(PERMISSIONS, value)

export const ALL_PERMISSIONS: readonly Permission[] = Object.freeze(
  Object.keys(PERMISSIONS).filter(isPermission),
)

/** The declaration of a permission, or undefined for one that is not on the list: to policy, a deny. */
export const permissionOf = (value: string): PermissionSpec | undefined =>
  isPermission(value) ? PERMISSIONS[value] : undefined
