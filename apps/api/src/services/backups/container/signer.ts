import { join } from 'node:path'
import { formatVerifierKey, signingKeyName, signNote } from '@chartward/audit'
import { ed25519PublicKey, ed25519Sign } from '@chartward/crypto'
import { createNextSeed, readSeeds } from '../../../keys/key-files.ts'

/** Signs backups: the bundle keys of the application's key folder. */
export interface BackupSigner {
  /** Of each, in C2SP's text form, the newest first: what an earlier one has signed is still its own. */
  readonly verifierKeys: readonly string[]
  /** The text, which ends with a newline, as a signed note (C2SP signed-note) by the newest. */
  sign(text: string): string
}

const FILE = 'bundle.key'

const signersOf = (keyFolder: string, logOrigin: string) => {
  const name = signingKeyName('bundle', logOrigin)
  return readSeeds(join(keyFolder, FILE))
    .toReversed()
    .map((seed) => {
      const publicKey = ed25519PublicKey(seed)
      return {
        verifierKey: formatVerifierKey(name, publicKey),
        sign: (text: string) => signNote(text, name, (message) => ed25519Sign(seed, message), publicKey),
      }
    })
}

/** The signer of the key folder; its first key is made where none is there yet. Throws CryptoError. */
export const bundleSigner = (keyFolder: string, logOrigin: string): BackupSigner => {
  if (readSeeds(join(keyFolder, FILE)).length === 0) createNextSeed(join(keyFolder, FILE))
  const signers = signersOf(keyFolder, logOrigin)
  return {
    verifierKeys: signers.map(({ verifierKey }) => verifierKey),
    sign: (text) => {
      const [newest] = signers
      if (newest === undefined) throw new Error('the bundle key is gone')
      return newest.sign(text)
    },
  }
}

/** The verifier keys that belong to the keys in a folder, the newest first. Throws CryptoError. */
export const bundleVerifierKeys = (keyFolder: string, logOrigin: string): string[] =>
  signersOf(keyFolder, logOrigin).map(({ verifierKey }) => verifierKey)
