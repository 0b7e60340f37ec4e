import type { SealingKey } from '@chartward/crypto'
import type { FieldClass } from '@chartward/policy'
import type { PatientKeys } from './patient-keys.ts'
import type { SystemKey, SystemKeys } from './system-keys.ts'

/**
 * A patient's keys as they are lent to whoever seals or opens records, with the integrity keys. It notes what
 * was asked for and is not among them, so that the keyring can look again.
 */
export class LentKeys {
  readonly #keys: PatientKeys
  readonly #system: SystemKeys
  readonly #unknown = new Set<string>()

  constructor(keys: PatientKeys, system: SystemKeys) {
    this.#keys = keys
    this.#system = system
  }

  /** The ids that something named and no key here has. */
  get unknown(): ReadonlySet<string> {
    return this.#unknown
  }

  /** The id of the patient's key that is taken to be in force: others may have put another in its place. */
  get sealingKeyId(): string {
    return this.#keys.primary.id
  }

  /** The key that a new version's envelope of a class is sealed with. */
  sealingKey(fieldClass: FieldClass): SealingKey {
    return this.#keys.sealingKey(fieldClass)
  }

  /** The key that an envelope of a class names, or undefined. */
  openingKey(fieldClass: FieldClass, keyId: string): SealingKey | undefined {
    return this.#noted(keyId, this.#keys.openingKey(fieldClass, keyId))
  }

  /** The key in force for digests and MACs of record versions. Throws UNAVAILABLE where there is none. */
  integrityKey(): SystemKey {
    return this.#system.inForce('integrity')
  }

  /** The integrity key that a version names, or undefined. */
  integrityKeyById(keyId: string): SystemKey | undefined {
    return this.#noted(keyId, this.#system.byId('integrity', keyId))
  }

  #noted<K>(keyId: string, key: K | undefined): K | undefined {
    if (key === undefined) this.#unknown.add(keyId)
    return key
  }
}
