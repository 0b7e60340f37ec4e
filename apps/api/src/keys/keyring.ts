import {
  type Binding,
  CryptoError,
  constantTimeEqual,
  type DataKey,
  envelopeKeyId,
  hmacSha256,
  KeyCache,
  type KmsProvider,
  newDataKey,
  open,
  seal,
  unwrapKey,
  unwrapSystemKey,
  wipeKey,
  wrapKey,
  wrapSystemKey,
} from '@chartward/crypto'
import { type Connection, type Database, selectInScope } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { ChartwardError } from '../core/errors.ts'
import { type KekOptions, type KekState, Keks, type NewKek } from './keks.ts'
import { LentKeys } from './lent-keys.ts'
import { type LeftOut, leftOutOnce, loadSystemKeys, unwrapped, unwrappedOr } from './load-system-keys.ts'
import { PatientKeys } from './patient-keys.ts'
import type { PurposeFor, SystemKey, SystemKeyPurpose, SystemKeys } from './system-keys.ts'

/** How many patients' keys stay unwrapped, and for how long. */
const CACHED_PATIENTS = 20_000
const CACHE_MS = 15 * 60 * 1000
const SWEEP_MS = 60_000
/**
 * How often each process looks which keys others have made, promoted, retired or shredded: what was let go
 * is wiped from its memory so soon.
 */
export const REFRESH_MS = 5_000
const NOTE_USE_MS = 3_600_000
/** A transaction that changes keys takes no longer: what it says it changed within that time is looked at. */
const LONGEST_CHANGE_MS = 300_000
/**
 * For how long an id that names no key is not looked for again, and how many such are remembered: a row that
 * was tampered with must not cost statements with every request.
 */
const MISSING_MS = 60_000
const MOST_MISSING = 1000

/** What is sealed for these opens no record: they are used on while no KEK may be. */
const OF_SIGNING_IN: ReadonlySet<PurposeFor<'seal'>> = new Set(['factor-secrets', 'credential-hashes'])

/**
 * All keys of the running process: KEKs unwrapped by the KMS, system keys and patient DEKs unwrapped
 * locally under them. What is made is made with the key in force; what is opened or checked names its key,
 * which is found by that id and purpose, also where another process has made it since. Nothing here is ever
 * logged or printed.
 */
export class Keyring {
  readonly #db: Database
  readonly #keks: Keks
  readonly #patients: KeyCache<PatientId, PatientKeys>
  /** When each id was found to name no key. */
  readonly #missing = new Map<string, number>()
  readonly #sweeping: NodeJS.Timeout
  readonly #looking: NodeJS.Timeout
  /** Of patients whose keys have changed their state, when: each is forgotten once. */
  readonly #changed = new Map<PatientId, number>()
  /** When this process last noted each key's use. */
  readonly #noted = new Map<string, number>()
  /** The database's time of the last look that came to an end, in milliseconds since 1970. */
  #lookedAt: number | null = null
  #refreshing: Promise<void> | null = null
  readonly #leftOut: LeftOut
  #system: SystemKeys

  constructor(db: Database, keks: Keks, system: SystemKeys, leftOut: LeftOut) {
    this.#db = db
    this.#keks = keks
    this.#system = system
    this.#leftOut = leftOut
    this.#patients = new KeyCache({
      maxEntries: CACHED_PATIENTS,
      ttlMs: CACHE_MS,
      now: () => performance.now(),
      load: (patientId) => this.#load(patientId),
      dispose: (keys) => keys.wipe(),
    })
    keks.onLapse(() => this.#patients.clear())
    // What nobody asks for any more would otherwise stay unwrapped for as long as the process runs.
    this.#sweeping = setInterval(() => this.#patients.sweep(), SWEEP_MS).unref()
    // Without the database nothing is read either; what is cached then lives no longer than CACHE_MS.
    this.#looking = setInterval(() => void this.refresh().catch(() => undefined), REFRESH_MS).unref()
  }

  /** Seals for one place under the purpose's key in force. Throws UNAVAILABLE where there is none. */
  seal(purpose: PurposeFor<'seal'>, binding: Binding, plaintext: Uint8Array): Buffer {
    this.#requireKek(purpose)
    return seal(this.#system.inForce(purpose), binding, plaintext)
  }

  /**
   * Opens an envelope in its place. Rejects with a CryptoError, `decrypt-failed` also where the key that it
   * names is not the purpose's.
   */
  async open(purpose: PurposeFor<'seal'>, binding: Binding, envelope: Uint8Array): Promise<Buffer> {
    this.#requireKek(purpose)
    const id = envelopeKeyId(envelope)
    if (this.#system.byId(purpose, id) === undefined) await this.#lookAgain(id)
    const key = this.#system.byId(purpose, id)
    if (key === undefined)
      throw new CryptoError('decrypt-failed', 'no key of this purpose opens the envelope')
    return open(key, binding, envelope)
  }

  /** HMAC-SHA-256 under the purpose's key in force. */
  mac(purpose: PurposeFor<'mac'>, text: string): Buffer {
    return hmacSha256(this.#system.inForce(purpose).key, text)
  }

  /** The same under every key of the purpose that still counts, the one in force first. */
  macs(purpose: PurposeFor<'mac'>, text: string): Buffer[] {
    return this.#system.all(purpose).map(({ key }) => hmacSha256(key, text))
  }

  /** The id of the key that new envelopes are made with, also where another process has made it since. */
  async sealKeyId(purpose: PurposeFor<'seal'>): Promise<string> {
    await this.#readSystemKeys()
    return this.#system.inForce(purpose).id
  }

  /** The key that new MACs are made with, for a MAC that names its key. */
  macKey(purpose: PurposeFor<'mac'>): SystemKey {
    return this.#system.inForce(purpose)
  }

  /** Whether a key may still be used, as far as this process knows. */
  knowsKey(purpose: PurposeFor<'mac'>, id: string): boolean {
    return this.#system.byId(purpose, id) !== undefined
  }

  /** Whether a key of the system unwrapped when this process last looked. */
  holdsSystemKey(id: string): boolean {
    return [...this.#system.values()].some((key) => key.id === id)
  }

  /** The key that a MAC names, or undefined where the purpose has none of that id. */
  async macKeyById(purpose: PurposeFor<'mac'>, id: string): Promise<SystemKey | undefined> {
    const known = this.#system.byId(purpose, id)
    if (known !== undefined) return known
    await this.#lookAgain(id)
    return this.#system.byId(purpose, id)
  }

  /** The key that new tokens are made with, and its version, which is kept beside them. */
  tokenKey(purpose: PurposeFor<'token'>): SystemKey {
    return this.#system.inForce(purpose)
  }

  /**
   * Every key that stored tokens may have been made with, the one in force first: what is looked for is
   * looked for under each.
   */
  tokenKeys(purpose: PurposeFor<'token'>): readonly SystemKey[] {
    return this.#system.all(purpose)
  }

  /**
   * Makes a new patient's DEK, with id `id`, for the caller to store. Wrapped, it is bound to the patient.
   */
  newPatientKeys(patientId: PatientId, id: string): { keys: PatientKeys; kekId: string; wrapped: Buffer } {
    const kek = this.#keks.primary
    const dek = newDataKey(id)
    return { keys: new PatientKeys(dek), kekId: kek.id, wrapped: wrapKey(kek, dek, patientId) }
  }

  /**
   * Lends a patient's keys to `use`, which must not keep them, loading them first where needed. Where it
   * asks for one that is not among them they are read anew and `use` is run again, so it changes nothing but
   * what it returns. Rejects NOT_FOUND where there are none, and INTEGRITY where a stored key is not one
   * that was made for this patient. Whoever asks has a Scope that covers the patient: that is decided before
   * any key is touched.
   */
  async withPatientKeys<T>(patientId: PatientId, use: (keys: LentKeys) => T | Promise<T>): Promise<T> {
    const lend = () =>
      this.#patients.use(patientId, async (keys) => {
        const lent = new LentKeys(keys, this.#system)
        return { result: await use(lent), unknown: [...lent.unknown] }
      })
    const first = await lend()
    if (first.unknown.every((id) => this.#isMissing(id))) return first.result
    this.#patients.evict(patientId)
    await this.#readSystemKeys()
    const second = await lend()
    for (const id of second.unknown) this.#miss(id)
    return second.result
  }

  /** The same at once where the keys are at hand, and every one that is asked for, else undefined. */
  withCachedPatientKeys<T>(patientId: PatientId, use: (keys: LentKeys) => T): T | undefined {
    return this.#patients.useSync(patientId, (keys) => {
      const lent = new LentKeys(keys, this.#system)
      const result = use(lent)
      return [...lent.unknown].every((id) => this.#isMissing(id)) ? result : undefined
    })
  }

  /**
   * Lends the keys in a patient's rows as they are stored now, and keeps none: for whoever goes through all
   * patients. Rejects as `withPatientKeys`.
   */
  async withStoredKeys<T>(
    patientId: PatientId,
    rows: readonly StoredPatientKey[],
    use: (keys: LentKeys) => T,
  ): Promise<T> {
    const keys = await this.#opened(patientId, rows)
    try {
      const first = new LentKeys(keys, this.#system)
      const result = use(first)
      if ([...first.unknown].every((id) => this.#isMissing(id))) return result
      await this.#readSystemKeys()
      const second = new LentKeys(keys, this.#system)
      const again = use(second)
      for (const id of second.unknown) this.#miss(id)
      return again
    } finally {
      keys.wipe()
    }
  }

  /** Lends keys that are not stored yet: those of a patient who is being made. */
  lend(keys: PatientKeys): LentKeys {
    return new LentKeys(keys, this.#system)
  }

  /** Which key of a purpose is in force, as far as this process knows. */
  keyInForce(purpose: SystemKeyPurpose): { readonly id: string; readonly version: number } {
    const { id, version } = this.#system.inForce(purpose)
    return { id, version }
  }

  /** The id of the KEK that new keys are wrapped with. */
  get kekId(): string {
    return this.#keks.primary.id
  }

  /** Makes a KEK, with id `id`, for the caller to store. It wraps once the keyring has read it. */
  newKek(id: string): Promise<NewKek> {
    return this.#keks.make(id)
  }

  /**
   * Whether this process holds a KEK, and what is wrapped under it unwraps. Rejects UNAVAILABLE while the key
   * store does not give it.
   */
  async canWrapUnder(id: string): Promise<boolean> {
    const kek = await this.#keks.byId(id)
    if (kek === undefined) return false
    const trial = newDataKey(id)
    const back = unwrapSystemKey(kek, id, wrapSystemKey(kek, trial, 'trial'), 'trial')
    const fits = constantTimeEqual(back.key, trial.key)
    wipeKey(trial.key)
    wipeKey(back.key)
    return fits
  }

  /** Makes a key of a purpose, with id `id`, for the caller to store. */
  newSystemKey(purpose: SystemKeyPurpose, id: string): { kekId: string; wrapped: Buffer } {
    const kek = this.#keks.primary
    const key = newDataKey(id)
    try {
      return { kekId: kek.id, wrapped: wrapSystemKey(kek, key, purpose) }
    } finally {
      wipeKey(key.key)
    }
  }

  /**
   * A patient's key as it is wrapped under the KEK in force, from what is wrapped under another. Rejects
   * INTEGRITY where it is not one that was made for this patient, UNAVAILABLE where its KEK may not be used.
   */
  async rewrapPatientKey(
    patientId: PatientId,
    { id, kek_id, wrapped }: Omit<StoredPatientKey, 'state'>,
  ): Promise<Buffer> {
    const kek = await this.#usableKek(kek_id)
    const dek = unwrapped(() => unwrapKey(kek, id, wrapped, patientId))
    try {
      return wrapKey(this.#keks.primary, dek, patientId)
    } finally {
      wipeKey(dek.key)
    }
  }

  /** The same of a key of the system. */
  async rewrapSystemKey(
    purpose: string,
    { id, kek_id, wrapped }: Omit<StoredPatientKey, 'state'>,
  ): Promise<Buffer> {
    const kek = await this.#usableKek(kek_id)
    const key = unwrapped(() => unwrapSystemKey(kek, id, wrapped, purpose))
    try {
      return wrapSystemKey(this.#keks.primary, key, purpose)
    } finally {
      wipeKey(key.key)
    }
  }

  /**
   * Looks which keys there are now, and lets go of what others have retired or shredded. Done every few
   * seconds; whoever has changed keys need not wait for it.
   */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#look().finally(() => {
      this.#refreshing = null
    })
    return this.#refreshing
  }

  /** Forgets a patient's keys: they are read anew when they are next asked for. */
  forgetPatientKeys(patientId: PatientId): void {
    this.#patients.evict(patientId)
  }

  /** Keeps keys that were just made, once the transaction that stored them has committed. */
  keepPatientKeys(patientId: PatientId, keys: PatientKeys): void {
    this.#patients.put(patientId, keys)
  }

  /** How the providers of the KEKs answer, and until when KEKs are held. */
  kekState(): KekState {
    return this.#keks.state()
  }

  /**
   * Throws UNAVAILABLE where the provider has not confirmed the KEK in force for too long. Signing in goes
   * on: whoever has to mend it must see what is wrong.
   */
  #requireKek(purpose: PurposeFor<'seal'>): void {
    if (!OF_SIGNING_IN.has(purpose)) void this.#keks.primary
  }

  close(): void {
    clearInterval(this.#sweeping)
    clearInterval(this.#looking)
    this.#patients.clear()
    this.#keks.wipe()
    for (const { key } of this.#system.values()) wipeKey(key)
  }

  async #usableKek(id: string): Promise<DataKey> {
    const kek = await this.#keks.byId(id)
    if (kek === undefined) throw new ChartwardError('UNAVAILABLE', 'A key is wrapped under a retired KEK.')
    return kek
  }

  async #look(): Promise<void> {
    await this.#keks.refresh()
    const { used } = this.#system
    await this.#readSystemKeys()
    await this.#forgetChanged()
    await this.#noteUse(used)
  }

  /** Notes when keys were last used, to the hour. */
  async #noteUse(used: ReadonlySet<string>): Promise<void> {
    const now = performance.now()
    const ids = [...used].filter((id) => now - (this.#noted.get(id) ?? -NOTE_USE_MS) >= NOTE_USE_MS)
    if (ids.length === 0) return
    for (const id of ids) this.#noted.set(id, now)
    await this.#db.sql`
      update system_keys set used_at = now()
      where id = any(${ids}::uuid[]) and (used_at is null or used_at < now() - interval '1 hour')`
  }

  /**
   * Forgets patients whose keys have changed their state. The change has its time before it is committed, so
   * each look goes back by as long as that may take.
   */
  async #forgetChanged(): Promise<void> {
    const [time] = await this.#db.sql<
      { ms: number }[]
    >`select (extract(epoch from now()) * 1000)::float8 as ms`
    const now = time?.ms ?? 0
    const since = (this.#lookedAt ?? now) - LONGEST_CHANGE_MS
    const rows = await selectInScope<{ patient_id: PatientId; ms: number }>(
      this.#db,
      'all',
      `select patient_id, (extract(epoch from max(state_at)) * 1000)::float8 as ms from patient_keys
       where state_at > created_at and state_at > $1::timestamptz group by 1`,
      [new Date(since).toISOString()],
    )
    for (const { patient_id: patientId, ms } of rows) {
      if ((this.#changed.get(patientId) ?? 0) >= ms) continue
      this.#changed.set(patientId, ms)
      this.#patients.evict(patientId)
    }
    for (const [patientId, at] of this.#changed) if (at <= since) this.#changed.delete(patientId)
    this.#lookedAt = now
  }

  /** Reads the system keys that another process has made since, for an id that is not known. */
  async #lookAgain(id: string): Promise<void> {
    if (this.#isMissing(id)) return
    await this.#readSystemKeys()
    if (!this.holdsSystemKey(id)) this.#miss(id)
  }

  async #readSystemKeys(): Promise<void> {
    const before = this.#system
    this.#system = await loadSystemKeys(this.#db, this.#keks, this.#leftOut, before)
    // One that has been disabled since is in no list any more: nothing else would wipe it.
    const kept = new Set([...this.#system.values()].map(({ key }) => key))
    for (const { key } of before.values()) if (!kept.has(key)) wipeKey(key)
  }

  #isMissing(id: string): boolean {
    const since = this.#missing.get(id)
    return since !== undefined && performance.now() - since < MISSING_MS
  }

  #miss(id: string): void {
    if (this.#missing.size >= MOST_MISSING) this.#missing.clear()
    this.#missing.set(id, performance.now())
  }

  async #load(patientId: PatientId): Promise<PatientKeys> {
    const rows = await selectInScope<StoredPatientKey>(
      this.#db,
      [patientId],
      `select id, kek_id, wrapped, state from patient_keys
       where patient_id = $1 and state in ('primary', 'decrypt-only')`,
      [patientId],
    )
    return this.#opened(patientId, rows)
  }

  async #opened(patientId: PatientId, rows: readonly StoredPatientKey[]): Promise<PatientKeys> {
    const opened = await Promise.all(
      rows.map(async ({ id, kek_id, wrapped, state }) => {
        const kek = await this.#keks.byId(kek_id)
        if (kek === undefined) return []
        const unwrap = () => [{ state, dek: unwrapKey(kek, id, wrapped, patientId) }]
        // An earlier one that was tampered with takes nothing from what the key in force opens.
        return state === 'primary' ? unwrapped(unwrap) : unwrappedOr([], unwrap, this.#leftOut)
      }),
    )
    const deks = opened.flat()
    const primary = deks.find(({ state }) => state === 'primary')
    if (primary === undefined) throw new ChartwardError('NOT_FOUND')
    return new PatientKeys(
      primary.dek,
      deks.filter((one) => one !== primary).map(({ dek }) => dek),
    )
  }
}

/** A row of patient_keys whose key may be used. */
export interface StoredPatientKey {
  readonly id: string
  readonly kek_id: string
  readonly wrapped: Buffer
  readonly state: string
}

/**
 * Unwraps all KEKs by the KMS and all system keys under them. Rejects where the KMS can't unwrap, or no KEK
 * is primary. They are read through `connection`: the transaction that has just made them, or the database
 * that patients' keys are read from later.
 */
export const loadKeyring = async (
  db: Database,
  kms: KmsProvider,
  connection: Connection = db,
  options: KekOptions = {},
): Promise<Keyring> => {
  const keks = await Keks.load(db, kms, connection, options)
  // Asked for now, so that an installation without one is told at its start.
  void keks.primary
  const leftOut = leftOutOnce(options.log)
  return new Keyring(db, keks, await loadSystemKeys(connection, keks, leftOut), leftOut)
}
