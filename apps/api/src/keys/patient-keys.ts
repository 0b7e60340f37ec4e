import { classKey, type DataKey, type SealingKey, wipeKey } from '@chartward/crypto'
import type { FieldClass } from '@chartward/policy'

/**
 * A patient's DEKs, by the id that an envelope names: the primary one seals, and older ones open what they
 * sealed. Class keys are derived when first needed. Lent by the cache, wiped on eviction.
 */
export class PatientKeys {
  readonly primary: DataKey
  readonly #deks: ReadonlyMap<string, DataKey>
  readonly #classKeys = new Map<string, SealingKey>()

  constructor(primary: DataKey, older: readonly DataKey[] = []) {
    this.primary = primary
    this.#deks = new Map([primary, ...older].map((dek) => [dek.id, dek]))
  }

  /** The key that new versions' envelopes of a class are sealed with. */
  sealingKey(fieldClass: FieldClass): SealingKey {
    return this.#derived(this.primary, fieldClass)
  }

  /** The key that an envelope of a class names by `keyId`, or undefined where it is none of these. */
  openingKey(fieldClass: FieldClass, keyId: string): SealingKey | undefined {
    const dek = this.#deks.get(keyId)
    return dek === undefined ? undefined : this.#derived(dek, fieldClass)
  }

  wipe(): void {
    for (const { key } of [...this.#deks.values(), ...this.#classKeys.values()]) wipeKey(key)
    this.#classKeys.clear()
  }

  #derived(dek: DataKey, fieldClass: FieldClass): SealingKey {
    const name = `${dek.id} ${fieldClass}`
    let key = this.#classKeys.get(name)
    if (key === undefined) {
      key = classKey(dek, fieldClass)
      this.#classKeys.set(name, key)
    }
    return key
  }
}
