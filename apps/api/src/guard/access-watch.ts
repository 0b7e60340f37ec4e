import { ACTIONS, type Action, type ActionSpec, isAction } from '@chartward/audit'
import type { Database } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { ChartwardError } from '../core/errors.ts'

const HOUR_MS = 60 * 60_000
/** For so long a process goes by what it knows of a person before it asks the log what others have shown. */
const FRESH_MS = 10_000
/** An entry is in the log so long after its moment at the latest: as far back what is known is read again. */
const SETTLED_MS = 60_000
const SECOND_MS = 1_000

export interface AccessLimits {
  /** Patients of whom somebody may open something in an hour, before they are asked why. */
  readonly patientsPerHour: number
  /**
   * Records that somebody may be shown in an hour, the rows of lists among them, before they are asked why.
   */
  readonly recordsPerHour: number
}

/**
 * A ward has some thirty beds and an emergency department sees fewer in a shift than twice that: sixty
 * patients opened within an hour is no usual hour of anybody. A chart read to its end is some hundred
 * records.
 */
export const USUAL_ACCESS: AccessLimits = { patientsPerHour: 60, recordsPerHour: 6000 }

/** Actions that show something of a patient. */
const VIEWS: readonly Action[] = Object.keys(ACTIONS)
  .filter(isAction)
  .filter((action) => {
    const { category, change, records }: ActionSpec = ACTIONS[action]
    return (category === 'patients' || category === 'records') && change === 'none' && records === undefined
  })
const counts: ReadonlySet<Action> = new Set(VIEWS)
const COUNTED: string[] = [...VIEWS, 'access.explained', 'access.exceeded']

/** What one person was shown within the last hour, and when they last said why it was so much. */
class Seen {
  readAt = 0
  /** When each patient was last opened, by the log. */
  readonly opened = new Map<PatientId, number>()
  /** When this process last let a patient be opened: that may have no entry yet. */
  readonly admitted = new Map<PatientId, number>()
  /** How many records were shown in each second, by its start. */
  readonly records = new Map<number, number>()
  /** No less than the sum of `records`: where that is not much, there is nothing to add up. */
  total = 0
  /** By a reason with a fresh code: counts for everything. */
  explainedAt = 0
  /** By a reason alone: counts for patients in the person's own care. */
  saidAt = 0
  /** When the officer was last told. */
  toldAt = 0

  get isTold(): boolean {
    return this.toldAt > Math.max(this.explainedAt, this.saidAt)
  }

  showed(at: number, count: number): void {
    const second = secondOf(at)
    this.records.set(second, (this.records.get(second) ?? 0) + count)
    this.total += count
  }

  /** Records shown after `since`, where they may be `enough`; else no more than that. */
  shownSince(since: number, enough: number): number {
    if (this.total < enough) return this.total
    let shown = 0
    for (const [second, count] of this.records) if (second > since) shown += count
    return shown
  }

  openedAt(patientId: PatientId): number {
    return Math.max(this.opened.get(patientId) ?? 0, this.admitted.get(patientId) ?? 0)
  }

  /** The same of patients opened. */
  openedSince(since: number, enough: number): number {
    const most = this.opened.size + this.admitted.size
    if (most < enough) return most
    const all = new Set([...this.opened.keys(), ...this.admitted.keys()])
    return [...all].filter((patientId) => this.openedAt(patientId) > since).length
  }

  /** Forgets what is out of the hour, and what is about to be read again from the log, from `from` on. */
  leave(now: number, from: number): void {
    for (const [patientId, at] of this.opened) if (at <= now - HOUR_MS) this.opened.delete(patientId)
    for (const [patientId, at] of this.admitted) if (at <= now - FRESH_MS) this.admitted.delete(patientId)
    this.total = 0
    for (const [second, count] of this.records) {
      if (second <= now - HOUR_MS || second >= from) this.records.delete(second)
      else this.total += count
    }
  }
}

const secondOf = (at: number): number => Math.floor(at / SECOND_MS) * SECOND_MS

interface Asked {
  readonly userId: UserId
  readonly action: Action
  readonly patientId: PatientId | null
  readonly isInCare: boolean
}

/**
 * Counts patients and records for each person and hour, from the entries of the log: so it holds for all
 * processes together, and nothing is written for it. A process remembers what it knows for ten seconds; what
 * others show meanwhile counts from then on.
 */
export class AccessWatch {
  readonly #db: Database
  readonly #clock: () => Date
  readonly #limits: AccessLimits
  readonly #seen = new Map<UserId, Seen>()
  readonly #reading = new Map<UserId, Promise<Seen>>()

  constructor(db: Database, clock: () => Date, limits: AccessLimits) {
    this.#db = db
    this.#clock = clock
    this.#limits = limits
  }

  /**
   * Counts what is about to be shown. Throws REASON_REQUIRED where it is more than is usual and the person
   * has not said why; `onFirst` is waited for before the first such refusal.
   */
  async admit({ userId, action, patientId, isInCare }: Asked, onFirst: () => Promise<void>): Promise<void> {
    if (!counts.has(action)) return
    const now = this.#clock().getTime()
    const seen = await this.#known(userId, now)
    const isOwn = patientId !== null && isInCare
    const since = Math.max(now - HOUR_MS, seen.explainedAt, isOwn ? seen.saidAt : 0)
    if (this.#isUsual(seen, patientId, since)) {
      if (patientId !== null) seen.admitted.set(patientId, now)
      return
    }
    if (!seen.isTold) {
      seen.toldAt = now
      await onFirst()
    }
    throw new ChartwardError('REASON_REQUIRED')
  }

  /** Counts the records of an answer whose entry is committed. */
  showed(userId: UserId, action: Action, count: number): void {
    if (counts.has(action)) this.#seen.get(userId)?.showed(this.#clock().getTime(), count)
  }

  /** That the person has just said why: this process need not ask the log. */
  forget(userId: UserId): void {
    this.#seen.delete(userId)
  }

  #isUsual(seen: Seen, patientId: PatientId | null, since: number): boolean {
    const { patientsPerHour, recordsPerHour } = this.#limits
    if (seen.shownSince(since, recordsPerHour) >= recordsPerHour) return false
    if (patientId === null || seen.openedAt(patientId) > since) return true
    return seen.openedSince(since, patientsPerHour) < patientsPerHour
  }

  async #known(userId: UserId, now: number): Promise<Seen> {
    const seen = this.#seen.get(userId)
    if (seen !== undefined && now - seen.readAt < FRESH_MS) return seen
    const reading = this.#reading.get(userId) ?? this.#read(userId, now)
    this.#reading.set(userId, reading)
    try {
      return await reading
    } finally {
      this.#reading.delete(userId)
    }
  }

  /** Reads what the log has of the person's last hour, or what it may have more than is known already. */
  async #read(userId: UserId, now: number): Promise<Seen> {
    const known = this.#seen.get(userId)
    const from = secondOf(Math.max(now - HOUR_MS, (known?.readAt ?? 0) - SETTLED_MS))
    const since = new Date(from).toISOString()
    const { sql } = this.#db
    const rows = await sql<
      { action: string; patient_id: PatientId | null; at: string; shown: number | null }[]
    >`
      with own as (
        select action, patient_id, at,
          action = 'access.explained' and encode(bytes, 'escape') like '%"factor":true%' as factor,
          substring(encode(bytes, 'escape') from '"count":([0-9]{1,9})')::integer as shown
        from audit_entries
        where actor_id = ${userId} and id >= uuid_v7_floor(${since}) and at >= ${since} and outcome = 'success'
          and action in ${sql(COUNTED)}
      )
      select 'opened' as action, patient_id, max(at) as at, null::integer as shown from own
        where patient_id is not null group by patient_id
      union all
      select 'shown', null, date_trunc('second', at), sum(shown)::integer from own
        where action like 'patient.%' or action like 'record.%' group by date_trunc('second', at)
      union all
      select case when action = 'access.explained' and not factor then 'said' else action end, null, max(at), null
        from own where action like 'access.%' group by 1`
    // What is known was forgotten meanwhile: then this is not all of the hour.
    if (this.#seen.get(userId) !== known) return this.#read(userId, now)
    const seen = known ?? new Seen()
    seen.leave(now, from)
    for (const { action, patient_id: patientId, at, shown } of rows) {
      const moment = new Date(at).getTime()
      if (action === 'opened' && patientId !== null)
        seen.opened.set(patientId, Math.max(moment, seen.opened.get(patientId) ?? 0))
      else if (action === 'shown') seen.showed(moment, shown ?? 0)
      else if (action === 'access.explained') seen.explainedAt = Math.max(moment, seen.explainedAt)
      else if (action === 'said') seen.saidAt = Math.max(moment, seen.saidAt)
      else if (action === 'access.exceeded') seen.toldAt = Math.max(moment, seen.toldAt)
    }
    seen.readAt = now
    this.#seen.set(userId, seen)
    this.#sweep(now)
    return seen
  }

  /** Who has asked for nothing within an hour is forgotten. */
  #sweep(now: number): void {
    for (const [userId, { readAt }] of this.#seen) if (now - readAt > HOUR_MS) this.#seen.delete(userId)
  }
}
