import { ACTIONS, type Action, type ActionSpec, isAction } from '@chartward/audit'
import type { Database } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { ChartwardError } from '../core/errors.ts'

const HOUR_MS = 60 * 60_000
/** For so long a process goes by what it knows of a person before it asks the log what others have shown. */
const FRESH_MS = 10_000

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

interface Shown {
  readonly at: number
  readonly count: number
}

/** What one person was shown within the last hour, and when they last said why it was so much. */
interface Seen {
  readAt: number
  /** When each patient was last opened. */
  patients: Map<PatientId, number>
  records: Shown[]
  /** By a reason with a fresh code: counts for everything. */
  explainedAt: number
  /** By a reason alone: counts for patients in the person's own care. */
  saidAt: number
  isTold: boolean
}

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
      if (patientId !== null) seen.patients.set(patientId, now)
      return
    }
    if (!seen.isTold) {
      seen.isTold = true
      await onFirst()
    }
    throw new ChartwardError('REASON_REQUIRED')
  }

  /** Counts the records of an answer whose entry is committed. */
  showed(userId: UserId, action: Action, count: number): void {
    if (counts.has(action)) this.#seen.get(userId)?.records.push({ at: this.#clock().getTime(), count })
  }

  /** That the person has just said why: this process need not ask the log. */
  forget(userId: UserId): void {
    this.#seen.delete(userId)
  }

  #isUsual({ patients, records }: Seen, patientId: PatientId | null, since: number): boolean {
    const { patientsPerHour, recordsPerHour } = this.#limits
    let shown = 0
    for (const { at, count } of records) if (at > since) shown += count
    if (shown >= recordsPerHour) return false
    if (patientId === null || (patients.get(patientId) ?? 0) > since) return true
    let opened = 0
    for (const at of patients.values()) if (at > since) opened++
    return opened < patientsPerHour
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

  async #read(userId: UserId, now: number): Promise<Seen> {
    const since = new Date(now - HOUR_MS).toISOString()
    const { sql } = this.#db
    const rows = await sql<
      { action: string; patient_id: PatientId | null; at: string; shown: number | null }[]
    >`
      with own as (
        select action, patient_id, at, facts.factor,
          substring(encode(bytes, 'escape') from '"count":([0-9]{1,9})')::integer as shown
        from audit_entries, lateral (select encode(bytes, 'escape') like '%"factor":true%' as factor) facts
        where actor_id = ${userId} and id >= uuid_v7_floor(${since}) and at > ${since} and outcome = 'success'
          and action in ${sql(COUNTED)}
      )
      select 'opened' as action, patient_id, max(at) as at, null::integer as shown from own
        where patient_id is not null group by patient_id
      union all
      select 'shown', null, max(at), sum(shown)::integer from own
        where action like 'patient.%' or action like 'record.%' group by date_trunc('minute', at)
      union all
      select case when action = 'access.explained' and not factor then 'said' else action end, null, max(at), null
        from own where action like 'access.%' group by 1`
    const time = (action: string): number =>
      Math.max(0, ...rows.filter((row) => row.action === action).map(({ at }) => new Date(at).getTime()))
    const fresh: Seen = {
      readAt: now,
      patients: new Map(),
      records: [],
      explainedAt: time('access.explained'),
      saidAt: time('said'),
      isTold: false,
    }
    for (const { action, patient_id: patientId, at, shown } of rows) {
      const moment = new Date(at).getTime()
      if (action === 'opened' && patientId !== null) fresh.patients.set(patientId, moment)
      if (action === 'shown') fresh.records.push({ at: moment, count: shown ?? 0 })
    }
    fresh.isTold = time('access.exceeded') > Math.max(fresh.explainedAt, fresh.saidAt)
    // What this process has let through meanwhile may have no entry yet.
    for (const [patientId, at] of this.#seen.get(userId)?.patients ?? [])
      if (at > now - FRESH_MS && at > (fresh.patients.get(patientId) ?? 0)) fresh.patients.set(patientId, at)
    this.#seen.set(userId, fresh)
    this.#sweep(now)
    return fresh
  }

  /** Who has asked for nothing within an hour is forgotten. */
  #sweep(now: number): void {
    for (const [userId, { readAt }] of this.#seen) if (now - readAt > HOUR_MS) this.#seen.delete(userId)
  }
}
