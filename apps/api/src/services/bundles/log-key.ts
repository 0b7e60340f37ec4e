import {
  AuditError,
  countersignNote,
  formatVerifierKey,
  type KeyStatement,
  type NoteSigner,
  proposedKey,
  signingKeyName,
  signKeyStatement,
  verifyKeyStatement,
} from '@chartward/audit'
import { ed25519PublicKey, ed25519Sign } from '@chartward/crypto'
import { type Connection, withTransaction } from '@chartward/db'
import type { App } from '../../app.ts'
import { enrolmentIn, readLogKeys } from '../../audit/log/enrolments.ts'
import { createNextSeed, type KeyFiles, readSeeds } from '../../keys/key-files.ts'

/** A handover that can't be made, or not be entered in the log. The message says why. */
export class HandoverRefused extends Error {
  override readonly name = 'HandoverRefused'
}

/**
 * The statement by which the log's key hands over to a new one, which is made in the folder of the signing
 * key where none is there that waits for it. Nothing has changed until it is entered in the log; done again,
 * it is the same statement. `sql` is of any login that reads the log. Rejects with HandoverRefused and
 * CryptoError.
 */
export const prepareHandover = async (
  sql: Connection['sql'],
  { files, origin, pinned }: { readonly files: KeyFiles; readonly origin: string; readonly pinned: string },
): Promise<string> => {
  const { newest } = await readLogKeys(sql, pinned)
  const atHand = () => readSeeds(files.signing).map((seed) => signerOf(seed, origin))
  const previous = atHand().find(({ verifierKey }) => verifierKey === newest)
  if (previous === undefined)
    throw new HandoverRefused('The key folder lacks the key that signs the log now: run this where it is.')
  if (atHand().at(-1)?.verifierKey === newest) createNextSeed(files.signing)
  const key = atHand().at(-1)
  if (key === undefined) throw new HandoverRefused('The new key is gone again: run this anew.')
  return signKeyStatement({ purpose: 'checkpoint', origin, key: key.verifierKey, previous: newest }, [
    key,
    previous,
  ])
}

const signerOf = (seed: Uint8Array, origin: string): NoteSigner & { readonly verifierKey: string } => {
  const publicKey = ed25519PublicKey(seed)
  const name = signingKeyName('checkpoint', origin)
  return {
    name,
    publicKey,
    sign: (message) => ed25519Sign(seed, message),
    verifierKey: formatVerifierKey(name, publicKey),
  }
}

/**
 * The proposal of a bundle key (`proposeBundleKey`) with the signature of the log's key, in the place of a
 * bundle key that is lost. Rejects with HandoverRefused.
 */
export const countersignBundleKey = async (
  sql: Connection['sql'],
  note: string,
  { files, origin, pinned }: { readonly files: KeyFiles; readonly origin: string; readonly pinned: string },
): Promise<string> => {
  const { newest } = await readLogKeys(sql, pinned)
  const { purpose, previous, ...proposed } = await proposedBy(note)
  if (purpose !== 'bundle' || proposed.origin !== origin || previous !== newest)
    throw new HandoverRefused('This proposes no bundle key to the key that signs this log now.')
  const signer = readSeeds(files.signing)
    .map((seed) => signerOf(seed, origin))
    .find(({ verifierKey }) => verifierKey === newest)
  if (signer === undefined)
    throw new HandoverRefused('The key folder lacks the key that signs the log now: run this where it is.')
  return countersignNote(note, signer)
}

const proposedBy = async (note: string): Promise<KeyStatement> => {
  try {
    return await proposedKey(note)
  } catch (error) {
    if (error instanceof AuditError) throw new HandoverRefused('This is no proposal that its key has signed.')
    throw error
  }
}

/**
 * Enters a handover of the log's key in the log, or one by it to a bundle key; false where it is there
 * already. From this entry on the new key signs. Rejects with HandoverRefused for what the key in force has
 * not signed.
 */
export const enrolLogKey = async (
  app: Pick<App, 'db' | 'audit' | 'settings'>,
  note: string,
  operator: string,
): Promise<boolean> => {
  const { purpose, origin, key, previous } = await stated(note)
  if (previous === null || origin !== app.settings.logOrigin)
    throw new HandoverRefused('This hands over something else than the key of this log.')
  return withTransaction(app.db, 'none', async (tx) => {
    await tx.sql`select from installation for update`
    if (await isAppended(tx.sql, key)) return false
    const keys = await readLogKeys(tx.sql, app.settings.logVerifierKey)
    if (keys.newest !== previous)
      throw new HandoverRefused('This was not signed by the key that signs the log now: make it anew.')
    await app.audit.append(tx, {
      action: 'signing-key.enrolled',
      outcome: 'success',
      actor: { kind: 'system', name: 'operator' },
      resource: { type: 'SigningKey', id: null },
      facts: { purpose, operator },
      change: { before: { key: previous }, after: { key, statement: note } },
    })
    return true
  })
}

const stated = async (note: string): Promise<KeyStatement> => {
  try {
    return await verifyKeyStatement(note)
  } catch (error) {
    if (error instanceof AuditError)
      throw new HandoverRefused('This is no handover that both keys have signed.')
    throw error
  }
}

/** Whether an entry enrols this key that is in the log, or waits for it. */
const isAppended = async (sql: Connection['sql'], key: string): Promise<boolean> => {
  const rows = await sql<{ bytes: Buffer }[]>`
    select bytes from audit_entries e where action = 'signing-key.enrolled'
      and not exists (select from audit_quarantine q where q.entry_id = e.id)`
  for (const { bytes } of rows) if ((await enrolmentIn(bytes))?.statement?.key === key) return true
  return false
}
