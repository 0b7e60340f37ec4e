import { schema } from '@chartward/db'
import { isNull } from 'drizzle-orm'
import type { App } from '../../../app.ts'
import { changeVouched } from '../../../testing/rows.ts'
import { type SignInOptions, signInAs } from '../../../testing/sign-in.ts'
import type { TestApp } from '../../../testing/test-app.ts'
import { callerOf, looking } from '../../auth/testing/person.ts'

/** Somebody of a role, signed in and enrolled, with the procedures about accounts. */
export const as = async (app: App, role: string | readonly string[], options: SignInOptions = {}) => {
  const { context, userId, signedIn } = await signInAs(app, role, options)
  const { auth, users, people, approvals } = callerOf(context)
  return {
    id: userId,
    auth,
    users,
    people,
    approvals: looking(approvals),
    /** The same without a look just before. */
    rawApprovals: approvals,
    /** The assignment that they began with. */
    assignmentId: signedIn.assignments[0]?.assignmentId ?? '',
  }
}

export type Somebody = Awaited<ReturnType<typeof as>>

/** The request that an act waits with, or a failure where it did not have to wait. */
export const waitingOf = async (act: Promise<{ outcome: string; approvalId?: string }>): Promise<string> => {
  const { outcome, approvalId } = await act
  if (outcome !== 'pending-approval' || approvalId === undefined) throw new Error(`nothing waits: ${outcome}`)
  return approvalId
}

/** Ends every role that anybody holds: the people of one test are none of the next one's. */
export const endAllRoles = ({ app, now }: TestApp): Promise<void> =>
  changeVouched(app, 'role-assignment', isNull(schema.roleAssignments.endedBy), {
    endsAt: new Date(now.getTime() - 86_400_000),
  })
