import { withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import { addConfirmedFactor } from '../auth/factors.ts'
import { hashNewPassword, storePassword } from '../auth/passwords.ts'
import { otpauthUri, secretText } from '../auth/totp.ts'
import { grantRole } from './grant-role.ts'
import { insertUser } from './user-row.ts'

const BY = { actor: { kind: 'system', name: 'demo' } } as const

interface DemoUser {
  readonly email: string
  readonly displayName: string
  readonly role: string
  readonly password: string
  readonly practitionerId?: string
}

/**
 * Makes an account that can sign in at once, with a password and a factor that its maker knows: for the
 * demo and for tests, and reached by no procedure. It takes no second person, so the entries name the
 * demo as the actor.
 */
export const createDemoUser = async (
  app: App,
  { email, displayName, role, password, practitionerId }: DemoUser,
): Promise<{ id: UserId; totpSecret: string; otpauthUri: string }> => {
  const id: UserId = newId()
  const hash = await hashNewPassword(app, { id, email, displayName }, password)
  const secret = await withTransaction(app.db, 'none', async (tx) => {
    const now = app.clock()
    await insertUser(tx, app, {
      id,
      email,
      displayName,
      status: 'active',
      practitionerId: practitionerId ?? null,
      createdAt: now,
    })
    await app.audit.append(tx, {
      ...BY,
      action: 'user.invited',
      outcome: 'success',
      resource: { type: 'user', id },
      change: { before: null, after: { status: 'active', practitioner: practitionerId ?? null } },
    })
    const grant = {
      userId: id,
      role,
      reason: 'Demo account',
      endsAt: null,
      grantedBy: null,
      approvalId: null,
    }
    await grantRole(tx, app, BY, grant)
    await storePassword(tx, app, { id, kind: 'workforce', email }, hash)
    const made = await addConfirmedFactor(tx, app, id)
    for (const action of ['auth.password.set', 'auth.factor.enrolled'] as const) {
      await app.audit.append(tx, { ...BY, action, outcome: 'success', resource: { type: 'user', id } })
    }
    return made
  })
  return { id, totpSecret: secretText(secret), otpauthUri: otpauthUri(secret, email) }
}
