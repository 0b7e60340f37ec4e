import type { Composition } from '@chartward/contract'
import { newId } from '../../../core/ids.ts'
import { type SignInOptions, signInAs } from '../../../testing/sign-in.ts'
import type { TestApp } from '../../../testing/test-app.ts'
import { createCallerFactory, router } from '../../../trpc/trpc.ts'
import { approvalsRouter } from '../../approvals/router.ts'
import { looking } from '../../auth/testing/person.ts'
import { exportsRouter } from '../../exports/router.ts'
import { noticesRouter } from '../../notices/router.ts'
import { usersRouter } from '../../users/router.ts'
import { rolesRouter } from '../router.ts'

const callerOf = createCallerFactory(
  router({
    roles: rolesRouter,
    users: usersRouter,
    approvals: approvalsRouter,
    exports: exportsRouter,
    notices: noticesRouter,
  }),
)

/** Somebody of a role, with the procedures about roles. */
export const as = async (t: TestApp, role: string | readonly string[], options: SignInOptions = {}) => {
  const { context, userId } = await signInAs(t.app, role, options)
  const { roles, users, approvals, exports, notices } = callerOf(context)
  return { id: userId, context, roles, users, exports, notices, approvals: looking(approvals) }
}

export type Somebody = Awaited<ReturnType<typeof as>>

/** A composition of these permissions, none of which is about patients, and of what else is said. */
export const composed = (permissions: readonly string[], more: Partial<Composition> = {}): Composition => ({
  permissions: permissions.map((permission) => ({ permission, rows: null })),
  clear: [],
  partly: [],
  masked: [],
  hidden: [],
  labels: [],
  breakGlass: false,
  ...more,
})

export const newName = (): string => `role-${newId().slice(-12)}`
export const reason = 'for a test'

/** Saves a version of a role, on top of the newest. */
export const draft = async (
  by: Somebody,
  name: string,
  permissions: readonly string[],
  basedOn: number | null = null,
  more: Partial<Composition> = {},
): Promise<number> => {
  const { version } = await by.roles.saveDraft({
    name,
    basedOn,
    title: `Title of ${name}`,
    description: 'For a test',
    ...composed(permissions, more),
    reason,
  })
  return version
}

/** Asks that a version comes into force, as it is shown. */
export const force = async (by: Somebody, name: string, version: number, people?: Somebody['id'][]) => {
  const wanted = { name, version, ...(people === undefined ? {} : { people }) }
  const { hash } = await by.roles.compare(wanted)
  return by.roles.putInForce({ ...wanted, hash, reason })
}

/** The same with a second person where it takes one. */
export const forceByTwo = async (
  [first, second]: readonly [Somebody, Somebody],
  name: string,
  version: number,
  people?: Somebody['id'][],
): Promise<void> => {
  const asked = await force(first, name, version, people)
  if (asked.outcome === 'pending-approval') await second.approvals.approve({ id: asked.approvalId })
}

/** Gives somebody a role, with a second person where it takes one. */
export const give = async (
  [first, second]: readonly [Somebody, Somebody],
  userId: Somebody['id'],
  role: string,
): Promise<void> => {
  const asked = await first.users.assignRole({ userId, role, reason })
  if (asked.outcome === 'pending-approval') await second.approvals.approve({ id: asked.approvalId })
}
