import { withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { addConfirmedFactor } from '../auth/factors.ts'
import { hashNewPassword, storePassword } from '../auth/passwords.ts'
import { otpauthUri, secretText } from '../auth/totp.ts'
import { insertAccountUser, newAccountRow } from './rows.ts'

const BY = { actor: { kind: 'system', name: 'demo' }, outcome: 'success' } as const

interface DemoPatient {
  readonly patientId: PatientId
  readonly displayName: string
  readonly email: string
  readonly password: string
}

/**
 * Makes a patient's account that can sign in at once, with a password and a factor that its maker knows: for
 * the demo and for tests, and reached by no procedure.
 */
export const createDemoPatientAccount = async (
  app: App,
  { patientId, password, ...called }: DemoPatient,
): Promise<{ totpSecret: string; otpauthUri: string }> => {
  const { owner, row } = await newAccountRow(app, patientId, called)
  const { userId } = owner
  const hash = await hashNewPassword(app, { id: userId, ...called }, password)
  await withTransaction(app.db, [patientId], async (tx) => {
    const now = app.clock()
    const opened = { ...row, state: 'open', createdAt: now, openedAt: now } as const
    await app.vouching.insert(tx, 'patient-account', [opened])
    await insertAccountUser(tx, app, owner, 'active')
    await app.audit.append(tx, {
      ...BY,
      action: 'patient-account.opened',
      resource: { type: 'PatientAccount', id: row.id },
      patientId,
      change: { before: null, after: { user: userId, status: 'active' } },
    })
  })
  const secret = await withTransaction(app.db, 'none', async (tx) => {
    await storePassword(tx, app, { id: userId, kind: 'patient', email: called.email }, hash)
    const made = await addConfirmedFactor(tx, app, userId)
    for (const action of ['auth.password.set', 'auth.factor.enrolled'] as const)
      await app.audit.append(tx, { ...BY, action, resource: { type: 'user', id: userId } })
    return made
  })
  return { totpSecret: secretText(secret), otpauthUri: otpauthUri(secret, called.email) }
}
