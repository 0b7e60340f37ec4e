import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { formatVerifierKey, signNote } from '@chartward/audit'
import { createKeyFile, ed25519PublicKey, ed25519Sign, readKeyFile } from '@chartward/crypto'

/** Signs what leaves the installation in files: an Ed25519 key of the application's, in its key folder. */
export interface BackupSigner {
  readonly verifierKey: string
  /** The text, which ends with a newline, as a signed note (C2SP signed-note). */
  sign(text: string): string
}

const FILE = 'bundle.key'

const nameOf = (logOrigin: string): string => `${logOrigin}/bundle`

/** The signer of the key folder; its key is made where it is not there yet. */
export const bundleSigner = (keyFolder: string, logOrigin: string): BackupSigner => {
  const path = join(keyFolder, FILE)
  if (!existsSync(path)) createKeyFile(path, randomBytes(32))
  const seed = readKeyFile(path, 32)
  const publicKey = ed25519PublicKey(seed)
  const name = nameOf(logOrigin)
  return {
    verifierKey: formatVerifierKey(name, publicKey),
    sign: (text) => signNote(text, name, (message) => ed25519Sign(seed, message), publicKey),
  }
}

/** The verifier key that belongs to the key in a folder. Throws CryptoError where there is none. */
export const bundleVerifierKey = (keyFolder: string, logOrigin: string): string =>
  formatVerifierKey(nameOf(logOrigin), ed25519PublicKey(readKeyFile(join(keyFolder, FILE), 32)))
