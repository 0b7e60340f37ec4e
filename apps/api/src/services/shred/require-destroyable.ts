import type { Transaction } from '@chartward/db'
import { dateFields } from '@chartward/fhir'
import type { PatientId, RecordId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { mergedFields } from '../../vault/open-record.ts'
import { storedRecords } from '../import/stored-versions.ts'
import { ledgerOf } from './finish.ts'
import { requireNoHold } from './holds.ts'
import { type Kept, keptUntil, lastDayIn } from './retention.ts'

/** So many records are opened at a time: each may be large. */
const RECORDS_AT_ONCE = 200

interface Row {
  readonly id: RecordId
  readonly created_at: string
}

/**
 * The last day that any record of the patient tells of by its own dates, and the patient's birth date. A
 * record without a date counts from when it came in, but for the patient's own. Rejects CONFLICT where a
 * record does not open to what was written: of it nobody knows how long it is to be kept.
 */
const keptOf = async (tx: Transaction, app: App, patientId: PatientId): Promise<Kept> => {
  const rows = await tx.sql<Row[]>`
    select id, created_at from records where patient_id = ${patientId} order by id`
  const [patient] = await tx.sql<{ created_at: string }[]>`
    select created_at from patients where id = ${patientId}`
  if (patient === undefined) throw new ChartwardError('NOT_FOUND')
  let lastEntry: Date | null = null
  let birthDate: string | null = null
  for (let at = 0; at < rows.length; at += RECORDS_AT_ONCE) {
    const some = rows.slice(at, at + RECORDS_AT_ONCE)
    const opened = await storedRecords(
      tx,
      app.keyring,
      patientId,
      some.map(({ id }) => id),
    )
    for (const { id, created_at } of some) {
      const record = opened.get(id)
      if (record?.trusted !== true)
        throw new ChartwardError(
          'CONFLICT',
          'A record of this patient is not as it was written, so nobody can say how long it has to be kept. Run `chartward verify --database` first.',
        )
      const values = mergedFields(record)
      if (record.type === 'Patient') {
        birthDate = typeof values.birthDate === 'string' ? values.birthDate : birthDate
        continue
      }
      const own = dateFields(record.type).map((name) => values[name])
      const day = lastDayIn(own, app.calendar) ?? new Date(created_at)
      if (lastEntry === null || day > lastEntry) lastEntry = day
    }
  }
  return { lastEntry: lastEntry ?? new Date(patient.created_at), birthDate }
}

/** Throws CONFLICT, with the day, while the record has to be kept. */
const requireRetentionPast = async (tx: Transaction, app: App, patientId: PatientId): Promise<void> => {
  const kept = await keptOf(tx, app, patientId)
  const until = keptUntil(kept, app.settings.retention, app.calendar)
  if (until <= app.clock()) return
  const unknown =
    kept.birthDate === null ? ' No birth date is known: the patient may have been born that day.' : ''
  const day = new Date(until.getTime() - 1).toISOString().slice(0, 10)
  throw new ChartwardError('CONFLICT', `This record has to be kept until ${day}.${unknown}`)
}

/** A file that waits to be imported may name anybody: what it says of the patient would come in later. */
const requireNoUploads = async ({ sql }: Transaction): Promise<void> => {
  const [waiting] = await sql`select from upload_pieces limit 1`
  if (waiting === undefined) return
  throw new ChartwardError(
    'CONFLICT',
    'A file that was uploaded waits to be imported, and may hold records of this patient. Try again once it is done.',
  )
}

/** What could not be said in the ledger afterwards is not done. */
const requireLedger = async (app: App): Promise<void> => {
  if (app.settings.logStore === null)
    throw new ChartwardError(
      'CONFLICT',
      'Nothing can be destroyed while no ledger is kept outside the database: set CHARTWARD_LOG_STORE for the API as well.',
    )
  try {
    await ledgerOf(app)?.requireOpen()
  } catch (error) {
    app.log.error({ err: error }, 'the ledger of destructions can not be added to')
    throw new ChartwardError(
      'CONFLICT',
      'Nothing can be destroyed while the ledger of destructions can not be added to: an engineer has to look at the folder of the log store, and at the key folder.',
      { cause: error },
    )
  }
}

/**
 * Throws CONFLICT, with what is in the way, while the keys of a patient may not be destroyed: under a legal
 * hold, before the end of the retention, while an upload waits, and where nothing can be added to the ledger.
 */
export const requireDestroyable = async (tx: Transaction, app: App, patientId: PatientId): Promise<void> => {
  await requireLedger(app)
  await requireNoHold(tx, app, patientId)
  await requireNoUploads(tx)
  await requireRetentionPast(tx, app, patientId)
}
