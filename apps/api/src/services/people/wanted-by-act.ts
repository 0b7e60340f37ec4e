import type { BulkAct } from '@chartward/contract'
import { assignableRoles, type Policy, type UserId } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import { wantedRole } from '../users/ask-for-role.ts'
import type { Wanted, WantedRole } from './wanted.ts'

/**
 * What the same act wants of each of those who were chosen. A role that is none any more, or an end that has
 * passed while it waited, is a problem of each: whoever decides still has to see it.
 */
export const wantedByAct = (
  { act, people }: { readonly act: BulkAct; readonly people: readonly UserId[] },
  { policy, now }: { readonly policy: Policy; readonly now: Date },
): Wanted[] => {
  const { problems, ...wants } = tried(act, policy, now)
  return [...new Set(people)].map((id, at) => ({
    line: at + 1,
    who: { is: 'known', id },
    displayName: '',
    email: '',
    rename: false,
    problems,
    ...wants,
  }))
}

const tried = (act: BulkAct, policy: Policy, now: Date): Wants & Pick<Wanted, 'problems'> => {
  try {
    return { ...wantsOf(act, policy, now), problems: [] }
  } catch (error) {
    if (!(error instanceof ChartwardError)) throw error
    return { problems: [{ column: 'roles', says: error.message }] }
  }
}

type Wants = Partial<Pick<Wanted, 'department' | 'manager' | 'employeeNumber' | 'roles' | 'status'>>

/** What an act wants. Throws INVALID_INPUT or NOT_FOUND at its field where it can't be wanted. */
export const wantsOf = (act: BulkAct, policy: Policy, now: Date): Wants => {
  const known = (given: { role: string; endsAt?: Date | undefined }): WantedRole => {
    const { role, endsAt } = wantedRole(now, given)
    if (!assignableRoles(policy).some(({ name }) => name === role))
      throw new ChartwardError('NOT_FOUND', 'There is no such role.', { field: 'role' })
    return { role, startsAt: null, endsAt }
  }
  switch (act.act) {
    case 'give-role':
      return { roles: { mode: 'give', roles: [known(act)] } }
    case 'end-role':
      return { roles: { mode: 'end', role: known({ role: act.role }).role } }
    case 'deactivate':
      return { status: 'deactivated' }
    case 'transfer': {
      const { department, managerId, employeeNumber, roles } = act
      const wanted = roles?.map(known)
      if (wanted !== undefined && new Set(wanted.map(({ role }) => role)).size !== wanted.length)
        throw new ChartwardError('INVALID_INPUT', 'The same role is named twice.', { field: 'role' })
      return {
        ...(department === undefined ? {} : { department }),
        ...(employeeNumber === undefined ? {} : { employeeNumber }),
        ...(managerId === undefined
          ? {}
          : { manager: managerId === null ? null : { by: 'user', id: managerId } }),
        ...(wanted === undefined ? {} : { roles: { mode: 'exactly', roles: wanted } }),
      }
    }
  }
}
