import { classKey, type DataKey, type SealingKey, wipeKey } from '@chartward/crypto'
import type { FieldClass } from '@chartward/policy'

/**
 * A patient's DEKs, by the id that an envelope names: the primary one seals, and older ones open what they
 * sealed. Class keys are derived when first needed. Lent by the cache, wiped on eviction.
 */
export class PatientKeys {
  readonly primary: DataKey
  readonly #deks: ReadonlyMap<string, Dek>

  constructor(primary: DataKey, older: readonly DataKey[] = []) {
    this.primary = primary
    this.#deks = new Map([primary, ...older].map((key) => [key.id, { key, classKeys: new Map() }]))
  }

  /** The key that new versions' envelopes of a class are sealed with. */
  sealingKey(fieldClass: FieldClass): SealingKey {
    return derived(this.#deks.get(this.primary.id) ?? { key: this.primary, classKeys: new Map() }, fieldClass)
  }

  /** The key that an envelope of a class names by `keyId`, or undefined where it is none of these. */
  openingKey(fieldClass: FieldClass, keyId: string): SealingKey | undefined {
    const dek = this.#deks.get(keyId)
    return dek === undefined ? undefined : derived(dek, fieldClass)
  }

  wipe(): void {
    for (const { key, classKeys } of this.#deks.values()) {
      wipeKey(key.key)
      for (const { key: derivedKey } of classKeys.values()) wipeKey(derivedKey)
      classKeys.clear()
    }
  }
}

/** A DEK with the keys of classes that were derived from it so far. */
interface Dek {
  readonly key: DataKey
  readonly classKeys: Map<FieldClass, SealingKey>
}

const derived = ({ key, classKeys }: Dek, fieldClass: FieldClass): SealingKey => {
  let found = classKeys.get(fieldClass)
  if (found === undefined) {
    found = classKey(key, fieldClass)
    classKeys.set(fieldClass, found)
  }
  return found
}
