import { randomBytes } from 'node:crypto'
import { formatVerifierKey, signNote } from '@chartward/audit'
import { CryptoError, createKeyFile, ed25519PublicKey, ed25519Sign, readKeyFile } from '@chartward/crypto'

/** Signs what is handed out: the ledger of destructions, and certificates. */
export interface BundleKey {
  /** In C2SP's text form. */
  readonly verifierKey: string
  /** The same of every key that has signed before, the present one first. */
  readonly verifierKeys: readonly string[]
  /** A signed note (C2SP) over a text that ends with a newline. */
  sign(text: string): string
}

const seedOf = (file: string): Buffer => {
  try {
    return readKeyFile(file, 32)
  } catch (error) {
    if (!(error instanceof CryptoError) || error.code !== 'key-file-missing') throw error
    createKeyFile(file, randomBytes(32))
    return readKeyFile(file, 32)
  }
}

/** The key of a file, named after the installation; made where there is none yet. Throws CryptoError. */
export const bundleKey = (file: string, logOrigin: string): BundleKey => {
  const seed = seedOf(file)
  const name = `${logOrigin}/bundles`
  const publicKey = ed25519PublicKey(seed)
  const verifierKey = formatVerifierKey(name, publicKey)
  return {
    verifierKey,
    verifierKeys: [verifierKey],
    sign: (text) => signNote(text, name, (message) => ed25519Sign(seed, message), publicKey),
  }
}
