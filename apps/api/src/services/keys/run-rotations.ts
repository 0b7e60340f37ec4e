import { type Database, isOutage, type RowAccess, type Transaction, withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { and, eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { SystemKeyPurpose } from '../../keys/system-keys.ts'
import { lockChart } from '../../vault/chart/write-segments.ts'
import { resealPerson } from '../auth/reseal-hashes.ts'
import { promote } from './promote.ts'
import { retireKeks, retirePatientKeys, retireSystemKeys } from './retire.ts'
import type { Rewrite } from './rewrite/batch.ts'
import { resealDirectory, resealNotes } from './rewrite/envelopes.ts'
import { resealFactors } from './rewrite/factors.ts'
import { promotePatientKey, resealPatient } from './rewrite/patient.ts'
import { rewrapPatientKeys, rewrapSystemKeys } from './rewrite/rewrap.ts'
import { retokeniseDirectory, retokenisePatients } from './rewrite/tokens.ts'
import { keyRotations, type RotationRow } from './rotation-row.ts'
import { countToDo, dueBefore } from './to-do.ts'

const BY = { actor: { kind: 'system', name: 'rotate-keys' } } as const

/** What is gone through, one after the other, to make anew what was made with earlier keys of a purpose. */
const REWRITES: Readonly<Partial<Record<SystemKeyPurpose, readonly Rewrite[]>>> = {
  'factor-secrets': [resealFactors],
  'credential-hashes': [resealPerson],
  'audit-notes': [resealNotes],
  directory: [resealDirectory],
  'blind-index': [retokenisePatients, retokeniseDirectory],
}

/** How many patients whose keys are due are looked for at once. */
const DUE = 100

/** For so long one rotation works before another that waits has its turn, in milliseconds. */
const TURN_MS = 5_000

/** The rotation was paused, or ended elsewhere: what is done stays, and the rest is found again. */
class Interrupted extends Error {}

/** Another rotation waits: this one goes on when that has had its turn. */
class TurnOver extends Error {}

/**
 * Takes every rotation that runs as far as it comes: what was made with the earlier key is made anew in short
 * transactions, each with its entry, then it is waited until no process makes anything with that key any
 * more, what was made meanwhile is made anew too, and the key is retired. Killed anywhere it goes on at the
 * next call: what is left is found by the key that it names. Those of suspicion come first, and none keeps
 * another waiting for longer than its turn.
 */
export const runRotations = async (app: App, signal: AbortSignal, turnMs = TURN_MS): Promise<void> => {
  for (let isOver = false; !isOver; ) {
    isOver = true
    for (const row of (await runningRotations(app)).toSorted(byUrgency)) {
      signal.throwIfAborted()
      if (!(await hasItsTurn(new Run(app, row, signal, turnMs), app, signal))) isOver = false
    }
  }
}

const runningRotations = ({ db }: App): Promise<RotationRow[]> =>
  db.orm.select().from(keyRotations).where(eq(keyRotations.state, 'running'))

/** A suspicion first, one patient before all of them, and then the oldest. */
const byUrgency = (a: RotationRow, b: RotationRow): number => {
  const rank = ({ cause, subjectId }: RotationRow): number =>
    cause === 'suspicion' ? 0 : subjectId === null ? 2 : 1
  return rank(a) - rank(b) || (a.id < b.id ? -1 : 1)
}

/** Whether it came as far as it can: false where its turn was over before. */
const hasItsTurn = async (run: Run, app: App, signal: AbortSignal): Promise<boolean> => {
  try {
    await run.go()
  } catch (error) {
    if (error instanceof TurnOver) return false
    if (error instanceof Interrupted) return true
    // One that fails is not to keep the others: it is tried again at the next call.
    if (signal.aborted || isOutage(error)) throw error
    app.log.error({ err: error }, 'a rotation of keys did not go on')
  }
  return true
}

class Run {
  readonly #app: App
  readonly #signal: AbortSignal
  readonly #turnMs: number
  readonly #began = performance.now()
  #rotation: RotationRow
  /** Who was left as they are in this turn. */
  readonly #skippedPatients = new Set<PatientId>()
  /** Whether this turn has made anything anew. */
  #hasMade = false

  constructor(app: App, rotation: RotationRow, signal: AbortSignal, turnMs: number) {
    this.#app = app
    this.#rotation = rotation
    this.#signal = signal
    this.#turnMs = turnMs
  }

  async go(): Promise<void> {
    const rekey = this.#app.rekey
    if (rekey === null) return this.#block('no-login')
    await this.#app.keyring.refresh()
    if (this.#rotation.phase === 'pending') {
      if (!this.#settled()) return
      await this.#promote(rekey)
      await this.#app.keyring.refresh()
    }
    if (this.#rotation.phase === 'rewriting') {
      await this.#count()
      await this.#rewrite(rekey)
      await this.#enter('settling')
    }
    if (this.#rotation.phase === 'settling') {
      if (!this.#settled()) return
      // What processes made with the earlier key until they learned of this one. With a patient's nothing
      // was: whoever writes looks under the chart's lock which key is in force.
      if (this.#rotation.kind !== 'patient') await this.#rewrite(rekey)
      await this.#enter('retiring')
    }
    await this.#retire(rekey)
  }

  /** Whether this phase has lasted for so long that every process has looked which keys there are. */
  #settled(): boolean {
    const { clock, settings } = this.#app
    return clock().getTime() - this.#rotation.phaseAt.getTime() >= settings.keys.settleMs
  }

  async #promote(rekey: Database): Promise<void> {
    const { id, kind, toKey } = this.#rotation
    const phaseAt = this.#app.clock()
    await this.#step(rekey, 'none', async (tx) => {
      if (kind !== 'patient' && toKey !== null) await promote(tx, this.#app, kind, toKey)
      await tx.orm.update(keyRotations).set({ phase: 'rewriting', phaseAt }).where(eq(keyRotations.id, id))
      return NOTHING
    })
    this.#rotation = { ...this.#rotation, phase: 'rewriting', phaseAt }
  }

  /** In one transaction: what was made anew, its entry, and how far that is. */
  async #step(rekey: Database, rows: RowAccess, work: (tx: Transaction) => Promise<Progress>) {
    this.#signal.throwIfAborted()
    const began = performance.now()
    const isLong = this.#hasMade && began - this.#began > this.#turnMs
    const isMade = await withTransaction(rekey, rows, async (tx) => {
      const [row] = await tx.sql<{ state: string; waits: boolean }[]>`
        select state, exists (select from key_rotations o where o.state = 'running' and o.id <> r.id) as waits
        from key_rotations r where id = ${this.#rotation.id} for update of r`
      if (row?.state !== 'running') throw new Interrupted()
      if (isLong && row.waits) throw new TurnOver()
      const { done, skipped, isUnderWay = false } = await work(tx)
      const ms = Math.round(performance.now() - began)
      await tx.sql`
        update key_rotations set done = done + ${done}, skipped = skipped + ${skipped}, worked_ms = worked_ms + ${ms},
          blocked = case when ${done}::int > 0 then null else blocked end where id = ${this.#rotation.id}`
      return done > 0 || isUnderWay
    })
    this.#hasMade ||= isMade
  }

  async #rewrite(rekey: Database): Promise<void> {
    const { kind, purpose } = this.#rotation
    await this.#app.db.sql`update key_rotations set skipped = 0 where id = ${this.#rotation.id}`
    if (kind === 'kek') await this.#all(rekey, [rewrapSystemKeys, rewrapPatientKeys])
    else if (kind === 'patient') await this.#patients(rekey)
    else await this.#all(rekey, REWRITES[purpose as SystemKeyPurpose] ?? [])
  }

  async #all(rekey: Database, rewrites: readonly Rewrite[]): Promise<void> {
    for (const rewrite of rewrites)
      for (let after: string | null = null, more = true; more; more = after !== null)
        await this.#step(rekey, 'all', async (tx) => {
          const batch = await rewrite(tx, this.#app, after)
          after = batch.after
          if (batch.tell !== null)
            await this.#app.audit.append(tx, { ...BY, outcome: 'success', ...batch.tell })
          return batch
        })
  }

  /** One patient after the other: another key, then everything under it, before the next. */
  async #patients(rekey: Database): Promise<void> {
    const { subjectId } = this.#rotation
    if (subjectId !== null) return this.#patientOrSkip(rekey, subjectId as PatientId)
    // Those that were cut off between another key and the last of their records.
    await this.#eachPatient(rekey, (after) => this.#unfinished(after))
    await this.#eachPatient(rekey, (after) => this.#due(after))
  }

  async #eachPatient(rekey: Database, find: (after: string | null) => Promise<PatientId[]>): Promise<void> {
    for (let after: string | null = null; ; ) {
      const found: PatientId[] = await find(after)
      for (const patientId of found) await this.#patientOrSkip(rekey, patientId)
      after = found.at(-1) ?? null
      if (after === null) return
    }
  }

  /** One whose rows were changed outside Chartward is left as they are, and keeps nobody behind them. */
  async #patientOrSkip(rekey: Database, patientId: PatientId): Promise<void> {
    if (this.#skippedPatients.has(patientId)) return
    try {
      await this.#patient(rekey, patientId)
    } catch (error) {
      if (!(error instanceof ChartwardError) || error.code !== 'INTEGRITY') throw error
      this.#skippedPatients.add(patientId)
      await this.#app.db.sql`update key_rotations set skipped = skipped + 1 where id = ${this.#rotation.id}`
    }
  }

  async #patient(rekey: Database, patientId: PatientId): Promise<void> {
    let isTouched = false
    for (let more = true; more; )
      await this.#step(rekey, [patientId], async (tx) => {
        // Of two who come to this at once the second finds a key that is of this rotation.
        await lockChart(tx, patientId)
        if (await this.#isDue(tx, patientId))
          isTouched = (await promotePatientKey(tx, this.#app, patientId)) || isTouched
        const resealed = await resealPatient(tx, this.#app, patientId)
        isTouched ||= resealed.done > 0
        more = resealed.more
        // It counts patients, each once, whatever their records are; and what does not open likewise.
        return more
          ? { ...NOTHING, isUnderWay: resealed.done > 0 }
          : { done: isTouched ? 1 : 0, skipped: resealed.skipped }
      })
  }

  /** Whether the key in force was made before this rotation began. */
  async #isDue({ sql }: Transaction, patientId: PatientId): Promise<boolean> {
    const rows = await sql`
      select from patient_keys where patient_id = ${patientId} and state = 'primary' and id < ${this.#before}`
    return rows.length > 0
  }

  /** Keys whose ids, which have their time in them, are before this one are rotated. */
  get #before(): string {
    const { id, subjectId, startedAt } = this.#rotation
    return subjectId === null ? dueBefore(this.#app, startedAt) : id
  }

  #due(after: string | null): Promise<PatientId[]> {
    return withTransaction(this.#app.db, 'all', async ({ sql }) => {
      const rows = await sql<{ patient_id: PatientId }[]>`
        select patient_id from patient_keys
        where state = 'primary' and id < ${this.#before} and (${after}::uuid is null or patient_id > ${after}::uuid)
        order by patient_id limit ${DUE}`
      return rows.map(({ patient_id }) => patient_id)
    })
  }

  #unfinished(after: string | null): Promise<PatientId[]> {
    return withTransaction(this.#app.db, 'all', async ({ sql }) => {
      const rows = await sql<{ patient_id: PatientId }[]>`
        select distinct patient_id from patient_keys
        where state = 'decrypt-only' and patient_key_in_use(patient_id, id) and (${after}::uuid is null or patient_id > ${after}::uuid)
        order by patient_id limit ${DUE}`
      return rows.map(({ patient_id }) => patient_id)
    })
  }

  async #retire(rekey: Database): Promise<void> {
    const { kind, purpose, subjectId } = this.#rotation
    const blocked =
      kind === 'kek'
        ? await retireKeks(this.#app)
        : kind === 'patient'
          ? await retirePatientKeys(this.#app, rekey, subjectId as PatientId | null)
          : await retireSystemKeys(this.#app, purpose as SystemKeyPurpose)
    if (blocked !== 'in-use') return this.#end(blocked)
    // Somebody wrote with the earlier key meanwhile: from the start. What does not open keeps its key, and so
    // does what a whole round has found nothing of.
    const { skipped, blocked: before } = await this.#asItStands()
    if (skipped > 0 || before === 'in-use') return this.#end('unreadable')
    await this.#enter('rewriting')
    await this.#block(blocked)
  }

  async #asItStands(): Promise<Pick<RotationRow, 'skipped' | 'blocked'>> {
    const [row] = await this.#app.db.orm
      .select({ skipped: keyRotations.skipped, blocked: keyRotations.blocked })
      .from(keyRotations)
      .where(eq(keyRotations.id, this.#rotation.id))
    return row ?? { skipped: 0, blocked: null }
  }

  async #enter(phase: RotationRow['phase']): Promise<void> {
    const phaseAt = this.#app.clock()
    await this.#app.db.orm
      .update(keyRotations)
      .set({ phase, phaseAt })
      .where(and(eq(keyRotations.id, this.#rotation.id), eq(keyRotations.state, 'running')))
    this.#rotation = { ...this.#rotation, phase, phaseAt }
  }

  async #block(blocked: string): Promise<void> {
    await this.#app.db.orm.update(keyRotations).set({ blocked }).where(eq(keyRotations.id, this.#rotation.id))
  }

  async #end(kept: string | null): Promise<void> {
    const now = this.#app.clock()
    await withTransaction(this.#app.db, 'none', async (tx) => {
      const [row] = await tx.orm
        .update(keyRotations)
        .set({ state: 'done', phase: 'ended', endedAt: now, blocked: kept })
        .where(and(eq(keyRotations.id, this.#rotation.id), eq(keyRotations.state, 'running')))
        .returning()
      if (row === undefined) return
      await this.#app.audit.append(tx, {
        ...BY,
        action: 'key.rotation-ended',
        outcome: 'success',
        resource: { type: 'KeyRotation', id: row.id },
        count: row.done,
        facts: { kind: row.kind, purpose: row.purpose, skipped: row.skipped, kept },
        change: { before: { state: 'running' }, after: { state: 'done' } },
      })
    })
  }

  /** How much there is to do, once. */
  async #count(): Promise<void> {
    if (this.#rotation.total !== null) return
    const { kind, purpose, subjectId } = this.#rotation
    const target =
      kind === 'kek'
        ? ({ kind } as const)
        : kind === 'system'
          ? { kind, purpose: purpose as SystemKeyPurpose }
          : { kind, patientId: subjectId as PatientId | null }
    const total = await countToDo(this.#app, target, this.#before)
    await this.#app.db.orm.update(keyRotations).set({ total }).where(eq(keyRotations.id, this.#rotation.id))
  }
}

interface Progress {
  readonly done: number
  readonly skipped: number
  /** Of what is being done some is made anew that does not count yet. */
  readonly isUnderWay?: boolean
}

const NOTHING: Progress = { done: 0, skipped: 0 }
