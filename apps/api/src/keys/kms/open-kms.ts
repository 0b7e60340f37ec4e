import { type KmsProvider, LocalKms, PassphraseKms } from '@chartward/crypto'
import { AwsKms } from './aws.ts'
import { KmsError } from './kms-error.ts'
import { Pkcs11Kms } from './pkcs11.ts'
import { readSecret } from './secret-file.ts'
import type { KmsSettings } from './settings.ts'
import { VaultKms } from './vault.ts'

/** Asks whoever starts the process for a passphrase; null where nobody is there to be asked. */
export type AskPassphrase = ((file: string) => Promise<string>) | null

/**
 * Opens the key store of the settings. A network's is not asked yet: the first KEK does that. Rejects as
 * `readKeyFile` and `PassphraseKms.open`, and with KmsError `credentials` where there is no passphrase.
 */
export const openKms = async (settings: KmsSettings, ask: AskPassphrase = null): Promise<KmsProvider> => {
  switch (settings.kind) {
    case 'local':
      return LocalKms.open(settings.file)
    case 'passphrase':
      return PassphraseKms.open(settings.file, await passphraseOf(settings, ask))
    case 'aws':
      return new AwsKms(settings)
    case 'vault':
      return new VaultKms(settings)
    case 'pkcs11':
      return new Pkcs11Kms(settings)
  }
}

export const passphraseOf = async (
  { file, passphraseFile }: Extract<KmsSettings, { kind: 'passphrase' }>,
  ask: AskPassphrase,
): Promise<string> => {
  if (passphraseFile !== undefined) return readSecret(passphraseFile)
  if (ask === null) throw new KmsError('credentials')
  return ask(file)
}

/** The provider that wraps now, and one that KEKs are moved to: what either has wrapped is unwrapped. */
export class KmsPair implements KmsProvider {
  readonly name: string
  readonly current: KmsProvider
  readonly next: KmsProvider

  constructor(current: KmsProvider, next: KmsProvider) {
    this.name = current.name
    this.current = current
    this.next = next
  }

  named(name: string): KmsProvider | undefined {
    return this.current.named(name) ?? this.next.named(name)
  }

  wrap: KmsProvider['wrap'] = (plain, place) => this.current.wrap(plain, place)
  unwrap: KmsProvider['unwrap'] = (wrapped, place) => this.current.unwrap(wrapped, place)
}
