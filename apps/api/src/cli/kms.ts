import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { type KmsProvider, LocalKms, PassphraseKms } from '@chartward/crypto'
import type { Environment } from '../env.ts'
import type { KeyFiles } from '../keys/key-files.ts'
import { KmsPair, openKms, passphraseOf } from '../keys/kms/open-kms.ts'
import type { KmsSettings } from '../keys/kms/settings.ts'
import { UsageError } from './usage-error.ts'

/** The key store that is set, with the root's file of the key folder that is meant. */
const settingsFor = ({ kms }: Environment, files: KeyFiles): KmsSettings =>
  kms.current ?? { kind: 'local', file: files.kms }

/** Whether this machine can open what the root wraps: a file that is not there opens nothing. */
export const hasRoot = (environment: Environment, files: KeyFiles): boolean => {
  const settings = settingsFor(environment, files)
  return (settings.kind !== 'local' && settings.kind !== 'passphrase') || existsSync(settings.file)
}

/**
 * Opens the key store that is set, beside it the one that KEKs are moved to. Throws UsageError for twice the
 * same.
 */
export const kmsFor = async (environment: Environment, files: KeyFiles): Promise<KmsProvider> => {
  const current = await openKms(settingsFor(environment, files), askPassphrase)
  return environment.kms.next === null
    ? current
    : paired(current, await openKms(environment.kms.next, askPassphrase))
}

/** The same for whoever moves KEKs: both of them, the next one's file made where it is a new one. */
export const kmsToMove = async (environment: Environment, files: KeyFiles): Promise<KmsPair> => {
  const { next } = environment.kms
  if (next === null)
    throw new UsageError('Set CHARTWARD_KMS_NEXT to the key store that keys are to be moved to.')
  const current = await openKms(settingsFor(environment, files), askPassphrase)
  return paired(current, await createdKms(next))
}

/** The key store of an installation that is being set up: a root's file that is not there is made. */
export const newKms = (environment: Environment, files: KeyFiles): Promise<KmsProvider> =>
  createdKms(settingsFor(environment, files))

const createdKms = async (settings: KmsSettings): Promise<KmsProvider> => {
  if (settings.kind === 'local' && !existsSync(settings.file)) return LocalKms.create(settings.file)
  if (settings.kind === 'passphrase' && !existsSync(settings.file))
    return PassphraseKms.create(settings.file, await passphraseOf(settings, askNewPassphrase))
  return openKms(settings, askPassphrase)
}

const paired = (current: KmsProvider, next: KmsProvider): KmsPair => {
  if (current.name === next.name)
    throw new UsageError('CHARTWARD_KMS_NEXT names the same key as CHARTWARD_KMS: give another.')
  return new KmsPair(current, next)
}

const askPassphrase = async (file: string): Promise<string> => askHidden(`Passphrase for ${file}: `)

const askNewPassphrase = async (file: string): Promise<string> => {
  const first = await askHidden(`New passphrase for ${file}, 20 characters or more: `)
  if ((await askHidden('The same again: ')) !== first)
    throw new UsageError('The two are not the same. Nothing was made: start again.')
  return first
}

/** Asks on the terminal, and shows nothing of what is typed. */
const askHidden = (question: string): Promise<string> => {
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new UsageError(
      'The root key is under a passphrase, and there is no terminal to ask for it: start from one, or set CHARTWARD_KMS_SECRET_FILE to a file that holds it, of mode 0600.',
    )
  process.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  return new Promise((resolve, reject) => {
    terminal.once('line', (line) => {
      process.stderr.write('\n')
      resolve(line)
      terminal.close()
    })
    terminal.once('close', () => reject(new UsageError('No passphrase was given.')))
  })
}
