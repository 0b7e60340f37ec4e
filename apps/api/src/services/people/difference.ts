import type { PeopleChangeItem, PeopleLine } from '@chartward/contract'
import { type Policy, privilegedRoles, type UserId } from '@chartward/policy'
import type { Current, HeldRole } from './current.ts'
import type { Problem, Wanted, WantedRole } from './wanted.ts'

/** What is to be done to one person, exactly. */
export interface Step {
  readonly line: PeopleLine
  readonly gains: readonly WantedRole[]
  readonly losses: readonly HeldRole[]
}

interface Given {
  readonly policy: Policy
  readonly now: Date
  readonly askedBy: UserId
  /** The names of managers who have an account. */
  readonly names: ReadonlyMap<string, string>
}

const NOTHING = { ref: null, startsAt: null, endsAt: null, privileged: false } as const
const titleOf = ({ roles }: Policy, role: string): string => roles[role]?.title ?? role
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** The difference between what is wanted of a person and what they are; null for who has no account yet. */
export const stepOf = (wanted: Wanted, current: Current | null, given: Given): Step => {
  const problems: Problem[] = [...wanted.problems]
  const { gains, losses } = rolesOf(wanted, current)
  const changes = [
    ...detailsOf(wanted, current, given),
    ...stateOf(wanted, current),
    ...losses.map((held) => itemOfLoss(held, given)),
    ...gains.map((role) => itemOfGain(role, given)),
  ]
  const holdsPrivileged = (current?.held ?? []).some(({ role }) => isPrivileged(given.policy, role))
  if (changes.length > 0) problems.push(...troublesOf(wanted, current, { gains, changes }, given))
  const refused = problems.length > 0
  const needsSecond =
    changes.some(({ privileged }) => privileged) ||
    changes.some(({ what, to }) => what === 'state' && (to === 'invited' || holdsPrivileged))
  return {
    line: {
      line: wanted.line,
      userId: current?.id ?? null,
      displayName: current?.displayName ?? wanted.displayName,
      email: current?.email ?? wanted.email,
      outcome: refused
        ? 'refused'
        : wanted.who.is === 'new'
          ? 'create'
          : changes.length === 0
            ? 'same'
            : 'change',
      changes: refused ? [] : changes,
      problems,
      needsSecond: !refused && needsSecond,
    },
    gains: refused ? [] : gains,
    losses: refused ? [] : losses,
  }
}

const isPrivileged = (policy: Policy, role: string): boolean => privilegedRoles(policy).includes(role)

const detailsOf = (wanted: Wanted, current: Current | null, { names }: Given): PeopleChangeItem[] => {
  const items: PeopleChangeItem[] = []
  const add = (what: PeopleChangeItem['what'], from: string | null, to: string | null, ref?: string) => {
    items.push({ ...NOTHING, what, from, to, ref: ref ?? null })
  }
  const { department, employeeNumber, manager } = wanted
  if (wanted.rename && current !== null && wanted.displayName !== current.displayName)
    add('name', current.displayName, wanted.displayName)
  if (department !== undefined && department !== (current?.department ?? null))
    add('department', current?.department ?? null, department)
  if (employeeNumber !== undefined && employeeNumber !== (current?.employeeNumber ?? null))
    add('employee-number', current?.employeeNumber ?? null, employeeNumber)
  const managedBy = current?.managerId ?? null
  if (manager === null && managedBy !== null) add('manager', current?.managerName ?? null, null)
  if (manager?.by === 'line') add('manager', current?.managerName ?? null, manager.displayName)
  if (manager?.by === 'user' && manager.id !== managedBy)
    add('manager', current?.managerName ?? null, names.get(manager.id) ?? '', manager.id)
  return items
}

const stateOf = ({ status }: Wanted, current: Current | null): PeopleChangeItem[] => {
  if (current === null || status === undefined) return []
  const isClosed = current.status === 'deactivated'
  if (isClosed === (status === 'deactivated')) return []
  // An account that is opened again is invited anew: what it was opened by is void.
  return [{ ...NOTHING, what: 'state', from: current.status, to: isClosed ? 'invited' : 'deactivated' }]
}

/** Whoever is deactivated keeps what the log says they held, and whoever comes back holds nothing. */
const rolesOf = (
  { roles, status }: Wanted,
  current: Current | null,
): { readonly gains: readonly WantedRole[]; readonly losses: readonly HeldRole[] } => {
  const isReopened = current?.status === 'deactivated' && status === 'active'
  const held = current?.held ?? []
  if (status === 'deactivated') return { gains: [], losses: [] }
  if (roles === undefined) return { gains: [], losses: [] }
  if (roles.mode === 'end') return { gains: [], losses: held.filter(({ role }) => role === roles.role) }
  if (isReopened) return { gains: roles.roles, losses: [] }
  const isHeld = (wanted: WantedRole) =>
    held.some(({ role, endsAt }) => role === wanted.role && endsAt?.getTime() === wanted.endsAt?.getTime())
  const gains = roles.roles.filter((wanted) => !isHeld(wanted))
  const replaced = new Set(gains.map(({ role }) => role))
  const kept = new Set(roles.roles.map(({ role }) => role))
  return {
    gains,
    losses: held.filter(({ role }) => replaced.has(role) || (roles.mode === 'exactly' && !kept.has(role))),
  }
}

const itemOfLoss = ({ role, endsAt }: HeldRole, { policy }: Given): PeopleChangeItem => ({
  what: 'role-ended',
  from: titleOf(policy, role),
  to: null,
  ref: null,
  startsAt: null,
  endsAt: iso(endsAt),
  privileged: isPrivileged(policy, role),
})

const itemOfGain = ({ role, startsAt, endsAt }: WantedRole, { policy }: Given): PeopleChangeItem => ({
  what: 'role-given',
  from: null,
  to: titleOf(policy, role),
  ref: null,
  startsAt: iso(startsAt),
  endsAt: iso(endsAt),
  privileged: isPrivileged(policy, role),
})

/** Why what would be done is not. */
const troublesOf = (
  wanted: Wanted,
  current: Current | null,
  {
    gains,
    changes,
  }: { readonly gains: readonly WantedRole[]; readonly changes: readonly PeopleChangeItem[] },
  { policy, askedBy }: Given,
): Problem[] => {
  const troubles: Problem[] = []
  const add = (column: Problem['column'], says: string) => troubles.push({ column, says })
  if (current?.id === askedBy)
    add(null, 'This is about yourself. Somebody else has to ask for it; leave the line out.')
  if (current !== null && !current.vouched)
    add(null, 'What is stored of this person is not what Chartward wrote. Run chartward verify.')
  if (current?.status === 'suspended')
    add('status', 'This account is locked down. Confirm or lift the lockdown first.')
  const opens = changes.some(({ what, to }) => what === 'state' && to === 'invited')
  if (current?.status === 'deactivated' && gains.length > 0 && !opens)
    add('status', 'This account is deactivated. Write active as its status to open it again.')
  const privileged = gains.some(({ role }) => isPrivileged(policy, role))
  if (privileged && (current === null || !current.enrolled || opens))
    add('roles', 'A privileged role is given to nobody who has not enrolled. Leave it out, and give it then.')
  if (wanted.manager?.by === 'user' && wanted.manager.id === current?.id)
    add('manager', 'Nobody is their own manager.')
  return troubles
}
