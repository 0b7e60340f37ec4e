import { AuditError, signNote, verifyNote } from '@chartward/audit'
import type { App } from '../../app.ts'
import { BundleKeyMissing, bundleKeysAtHand } from '../bundles/bundle-key.ts'

/** Signs what is handed out of a destruction: the ledger, and certificates. */
export interface LedgerKey {
  /** Of every bundle key of the key folder, in C2SP's text form, the newest first. */
  readonly verifierKeys: readonly string[]
  /** A signed note (C2SP) over a text that ends with a newline, by the newest. */
  sign(text: string): string
}

/**
 * The bundle keys of the key folder: the newest signs, and what earlier ones have signed is still theirs. The
 * first is made where there is none yet.
 */
export const ledgerKeyOf = (app: Pick<App, 'bundleSeeds' | 'settings'>): LedgerKey => {
  if (bundleKeysAtHand(app).length === 0) app.bundleSeeds.makeNext()
  const keys = bundleKeysAtHand(app).toReversed()
  const [newest] = keys
  if (newest === undefined) throw new BundleKeyMissing()
  const { name, publicKey, sign } = newest
  return {
    verifierKeys: keys.map(({ verifierKey }) => verifierKey),
    sign: (text) => signNote(text, name, sign, publicKey),
  }
}

/** Which of the keys has signed a note; null where none has. */
export const signerOf = async (note: string, verifierKeys: readonly string[]): Promise<string | null> => {
  for (const key of verifierKeys) {
    try {
      await verifyNote(note, key)
      return key
    } catch (error) {
      if (!(error instanceof AuditError)) throw error
    }
  }
  return null
}
