import { parseEntry } from '@chartward/audit'
import type { Transaction } from '@chartward/db'
import type { EntryId, PatientId, RecordId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { patientRecordId } from '../../vault/version.ts'

/** A version of a record, as far as it tells which import it is of. */
interface WrittenVersion {
  readonly record_id: RecordId
  readonly version: number
  readonly entry_id: EntryId
}

/** What a withdrawal of an upload has said of a patient already. */
export interface Withdrawal {
  readonly request: string
  readonly counts: WithdrawnCounts
  readonly patientId: PatientId
}

export interface WithdrawnCounts {
  /** Records that say from now on that they were withdrawn. */
  readonly withdrawn: number
  /** Records that are again what they were before. */
  readonly restored: number
  /** Records that another import has changed since, or that others' stand under: left as they are. */
  readonly kept: number
  /** Care relationships that ended with them. */
  readonly careEnded: number
}

/**
 * Which versions of a patient's records count, by the entries that wrote them: an upload's entries name the
 * request that brought it, a withdrawal's the request whose versions count no more. Entries that the
 * application did not write say nothing.
 */
export class PatientHistory {
  readonly #patientRecord: RecordId
  readonly #requestOf: ReadonlyMap<EntryId, string | null>
  readonly #versions: ReadonlyMap<RecordId, readonly WrittenVersion[]>
  readonly withdrawals: readonly Withdrawal[]

  constructor(
    patientId: PatientId,
    requestOf: ReadonlyMap<EntryId, string | null>,
    versions: readonly WrittenVersion[],
    withdrawals: readonly Withdrawal[],
  ) {
    this.#patientRecord = patientRecordId(patientId)
    this.#requestOf = requestOf
    this.#versions = Map.groupBy(versions, ({ record_id }) => record_id)
    this.withdrawals = withdrawals
  }

  static async read(
    tx: Transaction,
    { audit }: Pick<App, 'audit'>,
    patientId: PatientId,
  ): Promise<PatientHistory> {
    const entries = await tx.sql<{ id: EntryId; action: string; bytes: Buffer; mac: Buffer }[]>`
      select id, action, bytes, mac from audit_entries
      where patient_id = ${patientId} and action in ('record.imported', 'record.withdrawn') and outcome = 'success'
      order by id`
    const requestOf = new Map<EntryId, string | null>()
    const withdrawals: Withdrawal[] = []
    for (const { id, action, bytes, mac } of entries) {
      if (!audit.isOwn(bytes, mac)) continue
      const { requestId, facts } = parseEntry(bytes)
      if (action === 'record.imported') requestOf.set(id, requestId)
      else if (typeof facts.withdrew === 'string')
        withdrawals.push({ request: facts.withdrew, counts: countsIn(facts), patientId })
    }
    const versions = await tx.sql<WrittenVersion[]>`
      select record_id, version, entry_id from record_versions
      where patient_id = ${patientId} order by record_id, version desc`
    return new PatientHistory(patientId, requestOf, versions, withdrawals)
  }

  get records(): Iterable<RecordId> {
    return this.#versions.keys()
  }

  /** Whether the request has ever written a version of the record. */
  isOf(record: RecordId, request: string): boolean {
    return this.#imported(record).some((one) => this.#requestOf.get(one.entry_id) === request)
  }

  /** Which import wrote a version: null where no request asked for it. */
  requestOf(record: RecordId, version: number): string | null {
    const found = this.#imported(record).find((one) => one.version === version)
    return found === undefined ? null : (this.#requestOf.get(found.entry_id) ?? null)
  }

  currentOf(record: RecordId): number {
    return this.#versions.get(record)?.[0]?.version ?? 0
  }

  /**
   * The version that counts once these requests' do not: the latest of another's, or null. The Patient record
   * stays as long as another record of the patient does.
   */
  counting(record: RecordId, without: ReadonlySet<string>): number | null {
    const own = this.#latest(record, without)
    if (own !== null || record !== this.#patientRecord) return own
    const others = [...this.#versions.keys()].some(
      (id) => id !== record && this.#latest(id, without) !== null,
    )
    return others ? (this.#imported(record)[0]?.version ?? null) : null
  }

  #latest(record: RecordId, without: ReadonlySet<string>): number | null {
    const found = this.#imported(record).find((one) => {
      const request = this.#requestOf.get(one.entry_id) ?? null
      return request === null || !without.has(request)
    })
    return found?.version ?? null
  }

  #imported(record: RecordId): readonly WrittenVersion[] {
    return (this.#versions.get(record) ?? []).filter(({ entry_id }) => this.#requestOf.has(entry_id))
  }
}

const countsIn = (facts: Readonly<Record<string, unknown>>): WithdrawnCounts => {
  const of = (name: keyof WithdrawnCounts): number => {
    const value = facts[name]
    return typeof value === 'number' ? value : 0
  }
  return {
    withdrawn: of('withdrawn'),
    restored: of('restored'),
    kept: of('kept'),
    careEnded: of('careEnded'),
  }
}
