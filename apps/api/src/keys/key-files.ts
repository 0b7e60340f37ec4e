import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { formatVerifierKey } from '@chartward/audit'
import { createKeyFile, ed25519PublicKey, LocalKms, readKeyFile } from '@chartward/crypto'

/** The key files of an installation. All are mode 0600, and none ever enters the database. */
export interface KeyFiles {
  /** The KMS root of the local provider: wraps KEKs. The application's. */
  readonly kms: string
  /** The MAC key of audit entries. The application's and the sequencer's. */
  readonly append: string
  /** The Ed25519 seed that signs checkpoints. The sequencer's alone. */
  readonly signing: string
  /** The log's verifier key, public: what an auditor pins. */
  readonly verifier: string
}

export const keyFiles = (folder: string): KeyFiles => ({
  kms: join(folder, 'kms.key'),
  append: join(folder, 'append.key'),
  signing: join(folder, 'signing.key'),
  verifier: join(folder, 'log-verifier.pub'),
})

/**
 * Makes the key files that are missing. A file that is there is never replaced: what it protects
 * would be lost. `root`: whether the root is to be among them, which it is unless told otherwise.
 */
export const createKeyFiles = (
  folder: string,
  { root = true }: { readonly root?: boolean } = {},
): KeyFiles => {
  const files = keyFiles(folder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (root && !existsSync(files.kms)) LocalKms.create(files.kms)
  if (!existsSync(files.append)) createKeyFile(files.append, randomBytes(32))
  if (!existsSync(files.signing)) createKeyFile(files.signing, randomBytes(32))
  return files
}

/** The verifier key that belongs to a signing key, in C2SP's text form. */
export const verifierKeyOf = (signingSeed: Uint8Array, origin: string): string =>
  formatVerifierKey(origin, ed25519PublicKey(signingSeed))

export const readSigningSeed = (files: KeyFiles): Buffer => readKeyFile(files.signing, 32)
export const readAppendKey = (files: KeyFiles): Buffer => readKeyFile(files.append, 32)
