import type { SealingKey } from '@chartward/crypto'
import { ChartwardError } from '../core/errors.ts'

/** What keys that belong to no patient are for, and how each is used; every purpose has keys of its own. */
export const SYSTEM_KEYS = {
  'factor-secrets': 'seal',
  'credential-hashes': 'seal',
  'audit-notes': 'seal',
  reasons: 'seal',
  directory: 'seal',
  exports: 'seal',
  uploads: 'seal',
  mails: 'seal',
  'attempt-counters': 'mac',
  integrity: 'mac',
  'row-seals': 'mac',
  tokens: 'mac',
  'source-ids': 'token',
  'blind-index': 'token',
} as const satisfies Readonly<Record<string, 'seal' | 'mac' | 'token'>>

export type SystemKeyPurpose = keyof typeof SYSTEM_KEYS

/** The purposes of keys that are used in one way. */
export type PurposeFor<Use extends (typeof SYSTEM_KEYS)[SystemKeyPurpose]> = {
  [P in SystemKeyPurpose]: (typeof SYSTEM_KEYS)[P] extends Use ? P : never
}[SystemKeyPurpose]

export const SYSTEM_KEY_PURPOSES = Object.keys(SYSTEM_KEYS).filter(
  (name): name is SystemKeyPurpose => name in SYSTEM_KEYS,
)

export const isSystemKeyPurpose = (name: string): name is SystemKeyPurpose => Object.hasOwn(SYSTEM_KEYS, name)

/**
 * Whether a key is loaded: what was made with it is opened, checked and looked for. Of one that is pending
 * that is nothing yet; every process knows it before it comes into force.
 */
export const mayBeUsed = (state: string): boolean =>
  state === 'pending' || state === 'primary' || state === 'decrypt-only'

/** One version of a purpose's key. */
export interface SystemKey extends SealingKey {
  readonly purpose: SystemKeyPurpose
  readonly version: number
  /**
   * New things are made with it; of each purpose one is in force, and older ones still open what they made.
   */
  readonly inForce: boolean
}

/** The system keys that this process has unwrapped. */
export class SystemKeys {
  readonly #byId: ReadonlyMap<string, SystemKey>
  readonly #byPurpose: ReadonlyMap<SystemKeyPurpose, readonly SystemKey[]>
  /** The ids of those that something was made, opened or checked with. */
  readonly used = new Set<string>()

  constructor(keys: readonly SystemKey[]) {
    const newestFirst = keys.toSorted(
      (a, b) => Number(b.inForce) - Number(a.inForce) || b.version - a.version,
    )
    this.#byId = new Map(keys.map((key) => [key.id, key]))
    this.#byPurpose = Map.groupBy(newestFirst, ({ purpose }) => purpose)
  }

  /** The key that new things are made with. Throws UNAVAILABLE where there is none. */
  inForce(purpose: SystemKeyPurpose): SystemKey {
    const [first] = this.all(purpose)
    if (first?.inForce !== true) throw new ChartwardError('UNAVAILABLE', `There is no key for ${purpose}.`)
    this.used.add(first.id)
    return first
  }

  /** A key by the id that an envelope or a MAC names, if it is one of this purpose. */
  byId(purpose: SystemKeyPurpose, id: string): SystemKey | undefined {
    const key = this.#byId.get(id)
    if (key?.purpose !== purpose) return undefined
    this.used.add(id)
    return key
  }

  /** Every version that still counts, the one in force first. */
  all(purpose: SystemKeyPurpose): readonly SystemKey[] {
    return this.#byPurpose.get(purpose) ?? []
  }

  values(): Iterable<SystemKey> {
    return this.#byId.values()
  }
}
