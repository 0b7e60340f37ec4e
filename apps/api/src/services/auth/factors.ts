import { bytesToUuid, CryptoError, uuidToBytes } from '@chartward/crypto'
import { type Connection, schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, desc, eq, isNull, lt, ne, or } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { Keyring } from '../../keys/keyring.ts'
import { factorAttempts, rebind } from './attempts.ts'
import { voidPasskeys } from './passkeys/rows.ts'
import { matchingStep, newTotpSecret } from './totp.ts'
import { usableFactors } from './usable-factors.ts'

const { totpFactors } = schema
type FactorRow = typeof totpFactors.$inferSelect

const UUID_BYTES = 16

const bindingOf = (factorId: string) => ({
  purpose: 'totp-secret',
  table: 'totp_factors',
  fieldClass: 'factor',
  rowId: factorId,
  rowVersion: 1,
})

/**
 * The owner is sealed in with the secret: a factor whose row is handed to another account does
 * not open there.
 */
const sealSecret = (keyring: Keyring, factorId: string, userId: UserId, secret: Uint8Array): Buffer =>
  keyring.seal('factor-secrets', bindingOf(factorId), Buffer.concat([uuidToBytes(userId), secret]))

const openSecret = async (keyring: Keyring, factor: FactorRow): Promise<Uint8Array> => {
  const content = await keyring.open('factor-secrets', bindingOf(factor.id), factor.secret)
  if (bytesToUuid(content.subarray(0, UUID_BYTES)) !== factor.userId) throw new ChartwardError('INTEGRITY')
  return content.subarray(UUID_BYTES)
}

/** The same secret under the key in force. Rejects INTEGRITY for one that does not open, or is another's. */
export const resealedSecret = async (keyring: Keyring, factor: FactorRow): Promise<Buffer> => {
  try {
    return sealSecret(keyring, factor.id, factor.userId, await openSecret(keyring, factor))
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    throw new ChartwardError('INTEGRITY', undefined, { cause: error })
  }
}

const stepOf = async ({ keyring, clock }: App, factor: FactorRow, code: string): Promise<number | null> =>
  matchingStep(await openSecret(keyring, factor), code, clock())

const enrollingOf = (userId: UserId) =>
  and(eq(totpFactors.userId, userId), isNull(totpFactors.confirmedAt), eq(totpFactors.disabled, false))

/**
 * Makes a TOTP factor that counts for nothing until a code of it has been given, in place of an earlier one
 * of that kind. Gives its secret, which is never shown again.
 */
export const startFactor = async (
  tx: Transaction,
  { keyring, clock, vouching }: App,
  userId: UserId,
): Promise<Uint8Array> => {
  const unconfirmed = and(eq(totpFactors.userId, userId), isNull(totpFactors.confirmedAt))
  await vouching.end(tx, 'factor', unconfirmed, { disabled: true })
  const secret = newTotpSecret()
  const id = newId()
  const sealed = sealSecret(keyring, id, userId, secret)
  await vouching.insert(tx, 'factor', [{ id, userId, secret: sealed, createdAt: clock(), disabled: false }])
  return secret
}

/**
 * A factor whose secret is known to whoever makes it, in force at once: the demo's accounts have
 * nobody to enrol one.
 */
export const addConfirmedFactor = async (tx: Transaction, app: App, userId: UserId): Promise<Uint8Array> => {
  const secret = await startFactor(tx, app, userId)
  await app.vouching.change(tx, 'factor', enrollingOf(userId), { confirmedAt: app.clock() })
  return secret
}

/**
 * Takes what a person signs in with out of force, and nothing else: that they had it is known, so no password
 * alone leads to the enrolment of another.
 */
export const disableFactors = async (
  tx: Transaction,
  { vouching }: Pick<App, 'vouching'>,
  userId: UserId,
): Promise<void> => {
  const standing = and(eq(totpFactors.userId, userId), eq(totpFactors.disabled, false))
  await vouching.end(tx, 'factor', standing, { disabled: true })
  await voidPasskeys(tx, { vouching }, userId)
}

/**
 * Takes every factor from an account but `keptId`, also those that were disabled: its owner enrols anew, and
 * none of them counts as one that there has been.
 */
export const voidFactors = async (
  tx: Transaction,
  { vouching }: Pick<App, 'vouching'>,
  userId: UserId,
  keptId: string | null = null,
): Promise<void> => {
  const others = and(eq(totpFactors.userId, userId), keptId === null ? undefined : ne(totpFactors.id, keptId))
  await vouching.end(tx, 'factor', others, { disabled: true, confirmedAt: null })
  await voidPasskeys(tx, { vouching }, userId, keptId)
}

/** Confirms the factor that enrolment began, by a code of it, which is spent thereby. Throws WRONG_CODE. */
export const confirmFactor = async (
  tx: Transaction,
  app: App,
  userId: UserId,
  code: string,
): Promise<string> => {
  const [factor] = await tx.orm
    .select()
    .from(totpFactors)
    .where(enrollingOf(userId))
    .orderBy(desc(totpFactors.id))
    .limit(1)
    .for('update')
  const step = factor === undefined ? null : await stepOf(app, factor, code)
  if (factor === undefined || step === null)
    throw new ChartwardError('WRONG_CODE', undefined, { field: 'code' })
  const confirmed = { confirmedAt: app.clock(), lastStep: step }
  await app.vouching.change(tx, 'factor', eq(totpFactors.id, factor.id), confirmed)
  // Guesses at the one before say nothing of this one.
  await rebind(tx, app, userId, 'factor', (device) => factorAttempts(app, userId, device))
  return factor.id
}

/**
 * Spends a TOTP code: each time step counts once, also for two requests at the same moment, because the row's
 * last step is compared and set in one statement (RFC 6238 section 5.2). Throws WRONG_CODE or
 * CODE_ALREADY_USED.
 */
export const spendTotpCode = async (
  tx: Transaction,
  app: App,
  userId: UserId,
  code: string,
): Promise<void> => {
  for (const factor of await confirmedFactors(tx, app, userId)) {
    const step = await stepOf(app, factor, code)
    if (step === null) continue
    const unspent = and(
      eq(totpFactors.id, factor.id),
      eq(totpFactors.disabled, false),
      or(isNull(totpFactors.lastStep), lt(totpFactors.lastStep, step)),
    )
    const spent = await app.vouching.change(tx, 'factor', unspent, { lastStep: step })
    if (spent.length === 0) throw new ChartwardError('CODE_ALREADY_USED', undefined, { field: 'code' })
    return
  }
  throw new ChartwardError('WRONG_CODE', undefined, { field: 'code' })
}

/**
 * The factors that a person signs in with. None counts where one of theirs was forged, put back or taken
 * away.
 */
const confirmedFactors = async (
  connection: Connection,
  app: App,
  userId: UserId,
): Promise<readonly FactorRow[]> => {
  const usable = await usableFactors(connection, app, userId)
  if (usable === null) throw new ChartwardError('INTEGRITY')
  return usable.totp
}
