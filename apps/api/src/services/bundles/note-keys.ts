import { AuditError, signNote, verifyNote } from '@chartward/audit'
import type { BundleSeeds } from '../../keys/key-files.ts'
import { BundleKeyMissing, bundleKeysIn } from './bundle-key.ts'

/**
 * Signs what leaves the installation in files of its own, and not in a bundle: backups, the ledger of
 * destructions, and certificates.
 */
export interface NoteKeys {
  /** Of every key at hand, in C2SP's text form, the newest first: an earlier one's notes stay its own. */
  readonly verifierKeys: readonly string[]
  /** The text, which ends with a newline, as a signed note (C2SP signed-note) by the newest. */
  sign(text: string): string
}

/** The bundle keys of a key folder; the first is made where none is there yet. Throws CryptoError. */
export const noteKeysOf = (seeds: BundleSeeds, logOrigin: string): NoteKeys => {
  if (seeds.read().length === 0) seeds.makeNext()
  const [newest, ...earlier] = bundleKeysIn(seeds, logOrigin).toReversed()
  if (newest === undefined) throw new BundleKeyMissing()
  const { name, publicKey, sign } = newest
  return {
    verifierKeys: [newest, ...earlier].map(({ verifierKey }) => verifierKey),
    sign: (text) => signNote(text, name, sign, publicKey),
  }
}

/** What a note says, and by which of the keys; null where none of them has signed it. */
export const openNote = async (
  note: string,
  verifierKeys: readonly string[],
): Promise<{ readonly text: string; readonly verifierKey: string } | null> => {
  for (const verifierKey of verifierKeys) {
    try {
      return { text: await verifyNote(note, verifierKey), verifierKey }
    } catch (error) {
      if (!(error instanceof AuditError)) throw error
    }
  }
  return null
}
