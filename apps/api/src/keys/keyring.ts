import {
  CryptoError,
  classKey,
  type DataKey,
  KeyCache,
  type KmsProvider,
  newDataKey,
  type SealingKey,
  unwrapKey,
  wipeKey,
  wrapKey,
} from '@chartward/crypto'
import { type Connection, type Database, schema, selectInScope, type Transaction } from '@chartward/db'
import { FIELD_CLASSES, type FieldClass } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../core/errors.ts'

/** What keys that belong to no patient are for; each has a key of its own. */
export const SYSTEM_KEY_PURPOSES = [
  'factor-secrets',
  'password-pepper',
  'audit-notes',
  'directory',
  'source-ids',
  'blind-index',
  'attempt-counters',
  'integrity',
  'exports',
] as const
export type SystemKeyPurpose = (typeof SYSTEM_KEY_PURPOSES)[number]

/** A patient's DEK and its class keys, derived when first needed. Lent by the cache, wiped on eviction. */
export class PatientKeys {
  readonly dek: DataKey
  readonly #classKeys = new Map<FieldClass, SealingKey>()

  constructor(dek: DataKey) {
    this.dek = dek
  }

  classKey(fieldClass: FieldClass): SealingKey {
    let key = this.#classKeys.get(fieldClass)
    if (key === undefined) {
      key = classKey(this.dek, fieldClass)
      this.#classKeys.set(fieldClass, key)
    }
    return key
  }

  wipe(): void {
    wipeKey(this.dek.key)
    for (const key of this.#classKeys.values()) wipeKey(key.key)
    this.#classKeys.clear()
  }
}

/** How many patients' keys stay unwrapped, and for how long. */
const CACHED_PATIENTS = 20_000
const CACHE_MS = 15 * 60 * 1000

/**
 * All keys of the running process: KEKs unwrapped by the KMS at start, system keys and patient DEKs unwrapped locally
 * under them. Nothing here is ever logged or printed.
 */
export class Keyring {
  readonly #keks: ReadonlyMap<string, DataKey>
  readonly #primaryKek: DataKey
  readonly #system: ReadonlyMap<string, SealingKey>
  readonly #primary: ReadonlyMap<SystemKeyPurpose, SealingKey>
  readonly #patients: KeyCache<string, PatientKeys>

  constructor(
    db: Database,
    keks: ReadonlyMap<string, DataKey>,
    primaryKek: DataKey,
    system: LoadedSystemKeys,
  ) {
    this.#keks = keks
    this.#patients = new KeyCache({
      maxEntries: CACHED_PATIENTS,
      ttlMs: CACHE_MS,
      now: () => performance.now(),
      load: (patientId) => this.#load(db, patientId),
      dispose: (keys) => keys.wipe(),
    })
    this.#primaryKek = primaryKek
    this.#system = system.byId
    this.#primary = system.primary
  }

  /** The key in force for a purpose. */
  systemKey(purpose: SystemKeyPurpose): SealingKey {
    const key = this.#primary.get(purpose)
    if (key === undefined) throw new ChartwardError('UNAVAILABLE', `There is no key for ${purpose}.`)
    return key
  }

  /** A key by the id that an envelope or a MAC names, or undefined. */
  systemKeyById(id: string): SealingKey | undefined {
    return this.#system.get(id)
  }

  /** Makes a new patient's DEK, with id `id`, for the caller to store. Wrapped, it is bound to the patient. */
  newPatientKeys(patientId: string, id: string): { keys: PatientKeys; kekId: string; wrapped: Buffer } {
    const dek = newDataKey(id)
    const wrapped = wrapKey(this.#primaryKek, dek, patientId)
    return { keys: new PatientKeys(dek), kekId: this.#primaryKek.id, wrapped }
  }

  /**
   * Lends a patient's keys to `use`, which must not keep them, loading them first where needed. Rejects NOT_FOUND where
   * there are none, and INTEGRITY where the stored key is not one that was made for this patient. Whoever asks has a Scope that covers the patient: that is decided before any key is touched.
   */
  withPatientKeys<T>(patientId: string, use: (keys: PatientKeys) => T | Promise<T>): Promise<T> {
    return this.#patients.use(patientId, use)
  }

  /** The same at once where the keys are at hand, else undefined. */
  withCachedPatientKeys<T>(patientId: string, use: (keys: PatientKeys) => T): T | undefined {
    return this.#patients.useSync(patientId, use)
  }

  close(): void {
    this.#patients.clear()
    for (const key of [...this.#keks.values(), ...this.#system.values()]) wipeKey(key.key)
  }

  /** Keeps keys that were just made, once the transaction that stored them has committed. */
  keepPatientKeys(patientId: string, keys: PatientKeys): void {
    this.#patients.put(patientId, keys)
  }

  async #load(db: Database, patientId: string): Promise<PatientKeys> {
    const [row] = await selectInScope<{ id: string; kek_id: string; wrapped: Buffer }>(
      db,
      [patientId],
      `select id, kek_id, wrapped from patient_keys where patient_id = $1 and state = 'primary'`,
      [patientId],
    )
    const kek = row === undefined ? undefined : this.#keks.get(row.kek_id)
    if (row === undefined || kek === undefined) throw new ChartwardError('NOT_FOUND')
    try {
      return new PatientKeys(unwrapKey(kek, row.id, row.wrapped, patientId))
    } catch (error) {
      if (!(error instanceof CryptoError)) throw error
      throw new ChartwardError('INTEGRITY', undefined, { cause: error })
    }
  }
}

export interface LoadedSystemKeys {
  readonly byId: ReadonlyMap<string, SealingKey>
  readonly primary: ReadonlyMap<SystemKeyPurpose, SealingKey>
}

/** Field classes in catalog order: the order of the digests of a record version. */
export const CLASS_ORDER: readonly FieldClass[] = FIELD_CLASSES

/**
 * Unwraps all KEKs by the KMS and all system keys under them. Rejects where the KMS can't unwrap, or no KEK is primary. They are
 * read through `connection`: the transaction that has just made them, or the database that patients' keys are read from later.
 */
export const loadKeyring = async (
  db: Database,
  kms: KmsProvider,
  connection: Connection = db,
): Promise<Keyring> => {
  const keks = new Map<string, DataKey>()
  let primary: DataKey | undefined
  for (const row of await connection.orm.select().from(schema.keks)) {
    if (row.state === 'disabled' || row.state === 'destroyed') continue
    if (row.provider !== kms.name)
      throw new ChartwardError('UNAVAILABLE', `A KEK was wrapped by ${row.provider}, not by ${kms.name}.`)
    const kek = { id: row.id, key: await kms.unwrap(row.wrapped) }
    keks.set(row.id, kek)
    if (row.state === 'primary') primary = kek
  }
  if (primary === undefined)
    throw new ChartwardError('UNAVAILABLE', 'There is no primary KEK: run `chartward init` first.')
  const byId = new Map<string, SealingKey>()
  const inForce = new Map<SystemKeyPurpose, SealingKey>()
  for (const row of await connection.orm.select().from(schema.systemKeys)) {
    const kek = keks.get(row.kekId)
    if (kek === undefined || row.state === 'destroyed') continue
    const key = unwrapKey(kek, row.id, row.wrapped, null)
    byId.set(row.id, key)
    const purpose = SYSTEM_KEY_PURPOSES.find((name) => name === row.purpose)
    if (row.state === 'primary' && purpose !== undefined) inForce.set(purpose, key)
  }
  return new Keyring(db, keks, primary, { byId, primary: inForce })
}

export const hasPrimaryKek = async (connection: Connection): Promise<boolean> => {
  const rows = await connection.orm
    .select({ id: schema.keks.id })
    .from(schema.keks)
    .where(eq(schema.keks.state, 'primary'))
  return rows.length > 0
}

/** What `createKeys` made, for the audit log: ids and purposes, never a key. */
export interface CreatedKey {
  readonly id: string
  readonly purpose: string
}

/** Makes the first KEK and one system key per purpose, in the caller's transaction. */
export const createKeys = async (
  tx: Transaction,
  kms: KmsProvider,
  newId: () => string,
): Promise<CreatedKey[]> => {
  const kek = newDataKey(newId())
  const created: CreatedKey[] = [{ id: kek.id, purpose: 'kek' }]
  await tx.orm
    .insert(schema.keks)
    .values({ id: kek.id, provider: kms.name, wrapped: await kms.wrap(kek.key), state: 'primary' })
  for (const purpose of SYSTEM_KEY_PURPOSES) {
    const key = newDataKey(newId())
    await tx.orm.insert(schema.systemKeys).values({
      id: key.id,
      purpose,
      version: 1,
      kekId: kek.id,
      wrapped: wrapKey(kek, key, null),
      state: 'primary',
    })
    created.push({ id: key.id, purpose })
    wipeKey(key.key)
  }
  wipeKey(kek.key)
  return created
}
