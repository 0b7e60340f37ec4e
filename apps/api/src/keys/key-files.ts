import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { formatVerifierKey } from '@chartward/audit'
import { createKeyFile, ed25519PublicKey, LocalKms, readKeyFile } from '@chartward/crypto'

/** The key files of an installation. All are mode 0600, and none ever enters the database. */
export interface KeyFiles {
  /** The KMS root of the local provider: wraps KEKs. The application's. */
  readonly kms: string
  /** The MAC key of audit entries. The application's and the sequencer's. */
  readonly append: string
  /** The Ed25519 seed that signs checkpoints; later ones stand beside it. The sequencer's alone. */
  readonly signing: string
  /** The Ed25519 seed that signs bundles; later ones stand beside it. The application's. */
  readonly bundle: string
  /** The log's verifier key, public: what an auditor pins. A line for each later key, where it is kept up. */
  readonly verifier: string
}

export const keyFiles = (folder: string): KeyFiles => ({
  kms: join(folder, 'kms.key'),
  append: join(folder, 'append.key'),
  signing: join(folder, 'signing.key'),
  bundle: join(folder, 'bundle.key'),
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
  if (!existsSync(files.bundle)) createKeyFile(files.bundle, randomBytes(32))
  return files
}

/** The verifier key that belongs to a signing key, in C2SP's text form. */
export const verifierKeyOf = (signingSeed: Uint8Array, origin: string): string =>
  formatVerifierKey(origin, ed25519PublicKey(signingSeed))

export const readSigningSeed = (files: KeyFiles): Buffer => readKeyFile(files.signing, 32)
export const readAppendKey = (files: KeyFiles): Buffer => readKeyFile(files.append, 32)

/**
 * Which of its kind a key file is: `signing.key` is the first, `signing-2.key` the second; null for another.
 */
const generationOf = (path: string, name: string): number | null => {
  const own = basename(path, '.key')
  if (name === `${own}.key`) return 1
  const number = name.startsWith(`${own}-`) ? name.slice(own.length + 1, -'.key'.length) : ''
  return name.endsWith('.key') && /^[1-9]\d{0,3}$/.test(number) && number !== '1' ? Number(number) : null
}

const generations = (path: string): number[] =>
  readdirSync(dirname(path))
    .flatMap((name) => generationOf(path, name) ?? [])
    .sort((a, b) => a - b)

const generationPath = (path: string, generation: number): string =>
  generation === 1 ? path : join(dirname(path), `${basename(path, '.key')}-${generation}.key`)

/**
 * The seeds of a signing key that are there, oldest first: of `files.signing` or `files.bundle`. One that was
 * handed over from and is needed no more may be gone. Throws CryptoError for a file that can't be used.
 */
export const readSeeds = (path: string): Buffer[] =>
  generations(path).map((generation) => readKeyFile(generationPath(path, generation), 32))

/**
 * Makes the next seed of a signing key, durably, and gives its path. A file that is there is never replaced.
 */
export const createNextSeed = (path: string): string => {
  const next = generationPath(path, (generations(path).at(-1) ?? 0) + 1)
  createKeyFile(next, randomBytes(32))
  return next
}

/** What signs bundles: seeds in the key folder, read when they are needed, and kept nowhere else. */
export interface BundleSeeds {
  /**
   * Oldest first, 32 bytes each; none where there is none. Throws CryptoError for a file that can't be used.
   */
  read(): readonly Uint8Array[]
  /** Makes the next, durably. */
  makeNext(): void
}

/** The seeds beside a file, `bundle.key` in a key folder. */
export const bundleSeedsOf = ({ bundle }: Pick<KeyFiles, 'bundle'>): BundleSeeds => ({
  read: () => readSeeds(bundle),
  makeNext: () => void createNextSeed(bundle),
})

/** Keeps what an auditor pins, durably, in the place of what was kept before. */
export const writePins = (files: KeyFiles, pins: string): void => {
  const unfinished = `${files.verifier}.${randomBytes(8).toString('hex')}.tmp`
  writeFileSync(unfinished, `${pins}\n`, { mode: 0o644, flush: true })
  renameSync(unfinished, files.verifier)
}

/** What is pinned of the log in this folder: from the published file, or from the first signing key. */
export const readPins = (files: KeyFiles, origin: string): string | null => {
  if (existsSync(files.verifier)) return readFileSync(files.verifier, 'utf8').trim()
  return existsSync(files.signing) ? verifierKeyOf(readSigningSeed(files), origin) : null
}
