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
  /**
   * Separation of duties: refused where the user whom the act is about is the actor. Null: it may be oneself.
   */
  readonly forOthers: ForOthers | null
}

/**
 * Where it is seen whom an act is about: in what is asked for (`input`: decide() is told and refuses), or in
 * a row that only the verb reads (`row`: the verb asks, and its success without having asked is an error).
 */
export type ForOthers = 'input' | 'row'

/** Age of a factor, in seconds, up to which it counts as fresh. */
export const STEP_UP_SECONDS = 300

type Trait = 'step-up' | 'privileged' | 'for-others-by-input' | 'for-others-by-row'

type ForOthersOf<T extends Trait> = 'for-others-by-input' extends T
  ? 'input'
  : 'for-others-by-row' extends T
    ? 'row'
    : null

const define = <T extends Trait = never>(subject: PermissionSubject, description: string, ...traits: T[]) => {
  const has = (trait: Trait): boolean => traits.some((one) => one === trait)
  const forOthers = has('for-others-by-input') ? 'input' : has('for-others-by-row') ? 'row' : null
  return Object.freeze({
    description,
    subject,
    stepUp: has('step-up'),
    privileged: has('privileged'),
    forOthers,
  }) as PermissionSpec & { readonly forOthers: ForOthersOf<T> }
}

/** Every permission there is, `domain:entity:verb`. What is not named here is denied to everyone. */
export const PERMISSIONS = Object.freeze({
  'account:user:list': define('none', 'List the users'),
  'account:user:read': define('none', 'Open a user: roles, factors enrolled, state'),
  'account:user:invite': define('none', 'Invite a user', 'step-up', 'privileged'),
  'account:user:deactivate': define(
    'none',
    'Deactivate a user',
    'step-up',
    'privileged',
    'for-others-by-row',
  ),
  'account:user:reactivate': define(
    'none',
    'Request that an account which was closed is opened again',
    'step-up',
    'privileged',
    'for-others-by-input',
  ),
  'account:people:list': define('none', 'See imports and changes of several people, and what came of them'),
  'account:people:change': define(
    'none',
    'Change department, manager, number, roles and state of one or several people in one act',
    'step-up',
    'privileged',
    'for-others-by-row',
  ),
  'account:people:import': define(
    'none',
    'Read in a file of people, of which nothing is done before two have agreed',
    'step-up',
    'privileged',
  ),
  'account:lockdown:start': define(
    'none',
    'Lock an account down at once: its sessions end, and nobody signs in with it',
    'step-up',
    'privileged',
    'for-others-by-input',
  ),
  'account:password:reset': define(
    'none',
    'Have a link sent by which a user chooses a new password',
    'step-up',
    'privileged',
    'for-others-by-input',
  ),
  'account:user:change': define(
    'none',
    "Change another user's name or address",
    'step-up',
    'privileged',
    'for-others-by-input',
  ),
  'account:factor:reset': define(
    'none',
    'Request that a user who has lost their factor enrols another, and hand the link over',
    'step-up',
    'privileged',
    'for-others-by-input',
  ),
  'account:session:list': define('none', 'List the sessions of users'),
  'account:session:end': define(
    'none',
    "End another user's sessions",
    'step-up',
    'privileged',
    'for-others-by-input',
  ),
  'account:practitioner:link': define(
    'none',
    'Request the link of a user to a FHIR Practitioner by NPI',
    'step-up',
    'privileged',
    'for-others-by-input',
  ),
  'account:patient:read': define('patient', 'See whether a patient has an account'),
  'account:patient:request': define(
    'patient',
    'Request an account for a patient, and invite the patient to it',
    'step-up',
  ),
  'account:patient:decide': define(
    'patient',
    'Decide on an account that another user requested for a patient',
    'step-up',
    'for-others-by-row',
  ),
  'account:patient:end': define('patient', "End a patient's account", 'step-up'),
  'access:assignment:request': define(
    'none',
    'Request a role assignment for a user',
    'step-up',
    'privileged',
    'for-others-by-input',
  ),
  'access:assignment:end': define(
    'none',
    "End another user's role assignment",
    'step-up',
    'privileged',
    'for-others-by-row',
  ),
  'access:approval:list': define('none', 'List what waits for a second person'),
  'access:approval:decide': define(
    'none',
    'Approve or reject what another user requested',
    'step-up',
    'privileged',
    'for-others-by-row',
  ),
  'access:decision:explain': define('none', 'Ask why somebody may, or may not, do something'),
  'access:patient:explain': define('patient', 'Ask who can see a patient, and why somebody may or may not'),
  'access:role:draft': define('none', 'Draft a version of a custom role', 'privileged', 'for-others-by-row'),
  'access:role:put-in-force': define(
    'none',
    'Put a version of a custom role in force, or retire the role',
    'step-up',
    'privileged',
    'for-others-by-row',
  ),
  'vault:patient:list': define('record', 'List the patients with whom one has a care relationship'),
  'vault:patient:search': define('record', 'Search patients by exact identifier or name'),
  'vault:claim:search': define('record', 'Find claims by number, payer, month of service or MRN'),
  'vault:patient:read': define('record', 'Open a patient'),
  'vault:record:list': define('record', "List a patient's records"),
  'vault:record:read': define('record', "Open one of a patient's records"),
  'vault:hold:set': define('patient', 'Put a legal hold on a patient', 'step-up', 'privileged'),
  'vault:hold:lift': define(
    'patient',
    'Request that a legal hold on a patient is lifted',
    'step-up',
    'privileged',
  ),
  'vault:hold:decide': define(
    'patient',
    'Decide on the lifting of a legal hold that another user requested',
    'step-up',
    'privileged',
    'for-others-by-row',
  ),
  'vault:shred:read': define(
    'patient',
    "See a patient's legal holds, and whether the patient's keys are to be or were destroyed",
    'privileged',
  ),
  'vault:shred:request': define(
    'patient',
    "Request that a patient's keys are destroyed, which nobody can undo",
    'step-up',
    'privileged',
  ),
  'vault:shred:decide': define(
    'patient',
    "Decide on the destruction of a patient's keys that another user requested",
    'step-up',
    'privileged',
    'for-others-by-row',
  ),
  'vault:shred:list': define(
    'none',
    'List legal holds, destructions of keys and their certificates',
    'privileged',
  ),
  'care:relationship:list': define('patient', "List a patient's care relationships"),
  'care:relationship:create': define(
    'patient',
    'Make a care relationship for another user',
    'step-up',
    'for-others-by-input',
  ),
  'care:relationship:end': define('patient', "End another user's care relationship", 'for-others-by-row'),
  'care:break-glass:search': define(
    'record',
    "Find somebody outside one's care, by the whole MRN or by full name and birth date, to break the glass",
  ),
  'care:break-glass:open': define('none', 'Break the glass for one patient, for a time', 'step-up'),
  'care:break-glass:list': define('none', 'See uses of break-glass, and what was read in them', 'privileged'),
  'care:break-glass:end': define(
    'none',
    "End another user's use of break-glass",
    'privileged',
    'for-others-by-row',
  ),
  'care:break-glass:review': define(
    'none',
    "Say whether another user's use of break-glass was appropriate",
    'step-up',
    'privileged',
    'for-others-by-row',
  ),
  'care:cover:list': define('patient', 'List who covers for whom'),
  'care:cover:give': define(
    'patient',
    'Hand patients to colleagues for some days',
    'step-up',
    'for-others-by-row',
  ),
  'care:cover:end': define('patient', 'End a cover', 'for-others-by-row'),
  'care:window:read': define('none', 'See how many care relationships end by the care window'),
  'export:request:create': define('none', 'Request a de-identified export'),
  'export:request:list': define('none', 'List the export requests'),
  'export:request:read': define('none', 'Open an export request'),
  'export:request:decide': define(
    'none',
    'Approve or reject an export that another user requested',
    'step-up',
    'privileged',
    'for-others-by-row',
  ),
  'export:release:download': define('none', 'Download an approved release', 'step-up'),
  'import:upload:create': define('none', 'Upload a file of records, which counts as untrusted', 'privileged'),
  'import:upload:list': define('none', 'List what was uploaded and what became of it', 'privileged'),
  'import:upload:withdraw': define('none', 'Take back what an upload has brought', 'step-up', 'privileged'),
  'import:upload:trust': define(
    'none',
    'Ask that the care an upload tells of counts',
    'step-up',
    'privileged',
  ),
  'audit:entry:search': define('none', 'Search the audit log', 'privileged'),
  'audit:entry:read': define('none', 'Open an audit entry', 'privileged'),
  'audit:log:verify': define('none', 'Verify the audit log and fetch proofs', 'privileged'),
  'audit:log:export': define('none', 'Export the audit log', 'step-up', 'privileged'),
  'system:backup:read': define('none', 'See which backups there are, and what became of the drills'),
  'audit:access:list': define('patient', 'List who saw a patient, by the audit log'),
  'audit:access:export': define('patient', 'Download the list of who saw a patient', 'step-up'),
  'system:key:read': define('none', 'See the keys: versions, ages, rotation and the provider'),
  'system:key:rotate': define('none', 'Rotate keys, pause and resume rotations', 'step-up', 'privileged'),
  'system:key:rotate-patient': define('patient', "Rotate a patient's own key on suspicion", 'step-up'),
  'home:summary:read': define('none', 'See the landing page'),
  'home:accounts:read': define('none', 'See the figures about accounts on the landing page'),
  'home:oversight:read': define('none', 'See the figures about oversight on the landing page'),
  'home:security:read': define('none', 'See the figures about security on the landing page'),
  'home:log:read': define('none', 'See the figures about the audit log on the landing page'),
  'self:account:read': define('none', "See one's own sign-ins, and what one's roles permit"),
  'self:notice:read': define('none', "See what one was told of one's own account"),
  'self:session:read': define('none', "See one's own sessions"),
  'self:session:end': define('none', "End one's own other sessions", 'step-up'),
  'self:break-glass:read': define('none', "See one's own uses of break-glass, and whether they are reviewed"),
  'self:break-glass:end': define('none', "End one's own use of break-glass"),
  'self:factor:read': define('none', 'See what one signs in with'),
  'self:factor:change': define('none', 'Change what one signs in with', 'step-up'),
  'self:record:export': define('record', "Take one's own whole record away", 'step-up'),
  'self:access:list': define('patient', "See who saw one's own record"),
  'self:work:follow': define('none', "Follow, and cancel, the long work that one's roles show"),
} as const satisfies Readonly<Record<`${string}:${string}:${string}`, PermissionSpec>>)

export type Permission = keyof typeof PERMISSIONS

/** The permissions for others whose subject is seen there. */
export type PermissionForOthers<Where extends ForOthers> = {
  [P in Permission]: (typeof PERMISSIONS)[P]['forOthers'] extends Where ? P : never
}[Permission]

export const isPermission = (value: string): value is Permission => Object.hasOwn(PERMISSIONS, value)

export const ALL_PERMISSIONS: readonly Permission[] = Object.freeze(
  Object.keys(PERMISSIONS).filter(isPermission),
)

/** The declaration of a permission, or undefined for one that is not on the list: to policy, a deny. */
export const permissionOf = (value: string): PermissionSpec | undefined =>
  isPermission(value) ? PERMISSIONS[value] : undefined
