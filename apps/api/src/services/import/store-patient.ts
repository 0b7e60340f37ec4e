import { isUniqueViolation, withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import type { PatientKeys } from '../../keys/patient-keys.ts'
import { createPatient } from '../../vault/create-patient.ts'
import { findKnown, identified, planOf, type Refused } from './plan-patient.ts'
import type { Practitioners } from './practitioners.ts'
import type { Provenance } from './provenance.ts'
import { seenRecords } from './seen-records.ts'
import { lockSourceIds, Overtaken, storeSourceIds, vouchFor } from './source-ids.ts'
import type { Sourced } from './sourced.ts'
import { storeCare } from './store-care.ts'
import { keyOf, sourceTokens } from './tokens.ts'
import { writeImported } from './write-imported.ts'

/** The records of one patient that came in together. */
export interface PatientBatch {
  /** The source's id of the patient. */
  readonly sourceId: string
  readonly items: readonly Sourced[]
  readonly practitioners: Practitioners
  readonly from: Provenance
  readonly author: string
}

export interface Stored {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: readonly Refused[]
  /** False where the batch names a patient who is neither in it nor in the vault: then nothing was stored. */
  readonly patientFound: boolean
}

const NOTHING: Stored = { created: 0, updated: 0, unchanged: 0, refused: [], patientFound: false }

/**
 * Stores what a patient's batch brings, in one transaction with its audit entry: new records, new versions
 * of changed ones, search tokens, care relationships. What is unchanged is left alone, and so is what
 * another patient has, or a trusted file has stored where this one is not. Killed at any point, it has
 * stored all or nothing.
 */
export const storePatientBatch = async (app: App, batch: PatientBatch): Promise<Stored> => {
  try {
    return await storeOnce(app, batch)
  } catch (error) {
    // Two imports met the same new patient or record at once: the one that came second finds it
    // the second time.
    if (!isUniqueViolation(error) && !(error instanceof Overtaken)) throw error
    return storeOnce(app, batch)
  }
}

const storeOnce = async (app: App, batch: PatientBatch): Promise<Stored> => {
  const { keyring } = app
  const { items, from } = batch
  const { fresh, stored } = await withTransaction(app.db, 'all', async (tx) => {
    const asked = identified(keyring, from.source, items)
    const patientTokens = sourceTokens(keyring, from.source, 'Patient', batch.sourceId)
    const known = await findKnown(tx, [patientTokens, ...asked.map(({ tokens }) => tokens)])
    const before = known.get(keyOf(patientTokens[0].token))
    if (before === undefined && !items.some(({ record }) => record.type === 'Patient'))
      return { fresh: null, stored: NOTHING }
    const patientId = before?.patientId ?? newId<PatientId>()
    const { changes, vouched, refused } = planOf(keyring, asked, from, known, patientId)
    const isNewPatient = before === undefined && changes.length > 0
    const made = isNewPatient
      ? await createPatient(tx, keyring, { patientId, source: from.source })
      : undefined
    const seen = seenRecords(from, asked, known, { changes, vouched })
    const care = await storeCare(tx, app, batch.practitioners, { patientId, made: made?.keys }, seen)
    await lockSourceIds(tx, patientId, changes, from.trusted)
    await storeSourceIds(tx, patientId, changes, from.trusted)
    await vouchFor(tx, patientId, vouched)
    await writeImported(tx, app, from, {
      patientId,
      author: batch.author,
      changes,
      made,
      vouched: vouched.length,
      care,
    })
    const created = changes.filter(({ isNew }) => isNew).length
    return {
      fresh: made === undefined ? null : { patientId, keys: made.keys },
      stored: {
        created,
        updated: changes.length - created,
        unchanged: items.length - changes.length - refused.length,
        refused,
        patientFound: true,
      },
    }
  })
  keepFresh(app, fresh)
  return stored
}

const keepFresh = ({ keyring }: App, fresh: { patientId: PatientId; keys: PatientKeys } | null): void => {
  if (fresh !== null) keyring.keepPatientKeys(fresh.patientId, fresh.keys)
}
