import { isForShredded, isUniqueViolation, withTransaction } from '@chartward/db'
import type { PatientId, RecordId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import type { PatientKeys } from '../../keys/patient-keys.ts'
import { createPatient } from '../../vault/create-patient.ts'
import type { Identity } from './identity.ts'
import { findKnown, planOf, type Refused, type Taking } from './plan-patient.ts'
import type { Practitioners } from './practitioners.ts'
import { seenRecords } from './seen-records.ts'
import { lockSourceIds, Overtaken, storeSourceIds, vouchFor } from './source-ids.ts'
import { type Identified, roundsOf } from './sourced.ts'
import { storeCare } from './store-care.ts'
import { storedVersions } from './stored-versions.ts'
import { writeImported } from './write-imported.ts'

/** The records of one patient that came in together. */
export interface PatientBatch {
  readonly patient: Identity
  readonly items: readonly Identified[]
  readonly practitioners: Practitioners
  readonly taking: Taking
  readonly author: string
}

export interface Stored {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: readonly Refused[]
  /**
   * False where the batch names a patient who is neither in it nor in the vault, or of whom nothing tells
   * which server's it is: then nothing was stored.
   */
  readonly patientFound: boolean | 'untold'
}

const NOTHING: Stored = { created: 0, updated: 0, unchanged: 0, refused: [], patientFound: false }

/**
 * Stores what a patient's batch brings, in one transaction with its audit entry: new records, new versions
 * of changed ones, search tokens, care relationships. What is unchanged is left alone, and so is what
 * another patient has, or a trusted file has stored where this one is not. A resource that comes several
 * times is stored as often, one transaction after the other. Killed at any point, it has stored all of one
 * or nothing.
 */
export const storePatientBatch = async (app: App, batch: PatientBatch): Promise<Stored> => {
  let sum: Stored = { ...NOTHING, patientFound: true }
  for (const items of roundsOf(batch.items)) {
    const stored = await storeRound(app, { ...batch, items })
    if (stored.patientFound !== true) return stored
    sum = {
      created: sum.created + stored.created,
      updated: sum.updated + stored.updated,
      unchanged: sum.unchanged + stored.unchanged,
      refused: [...sum.refused, ...stored.refused],
      patientFound: true,
    }
  }
  return sum
}

const storeRound = async (app: App, batch: PatientBatch): Promise<Stored> => {
  try {
    return await storeOnce(app, batch)
  } catch (error) {
    // Two imports met the same new patient or record at once: the one that came second finds it the second
    // time. A patient whose keys were destroyed meanwhile is nobody's any more, and is made anew.
    const again = isUniqueViolation(error) || isForShredded(error) || error instanceof Overtaken
    if (!again) throw error
    return storeOnce(app, batch)
  }
}

const storeOnce = async (app: App, batch: PatientBatch): Promise<Stored> => {
  const { keyring } = app
  const { items, taking, patient } = batch
  const { source, trusted } = taking
  const { fresh, stored } = await withTransaction(app.db, 'all', async (tx) => {
    const known = await findKnown(tx, [patient, ...items.map(({ identity }) => identity)])
    const before = known.get(patient.key)
    if (before === 'untold') return { fresh: null, stored: { ...NOTHING, patientFound: 'untold' as const } }
    if (before === undefined && !items.some(({ record }) => record.type === 'Patient'))
      return { fresh: null, stored: NOTHING }
    const patientId = before?.patientId ?? newId<PatientId>()
    const versionsOf = (ids: readonly RecordId[]) => storedVersions(tx, keyring, patientId, ids)
    const plan = await planOf(keyring, items, taking, known, patientId, versionsOf)
    const { changes, vouched, refused } = plan
    const isNewPatient = before === undefined && changes.length > 0
    const made = isNewPatient ? await createPatient(tx, keyring, { patientId, source }) : undefined
    const seen = seenRecords(taking, items, known, plan)
    const care = await storeCare(tx, app, batch.practitioners, { patientId, made: made?.keys }, seen)
    await lockSourceIds(tx, patientId, changes, trusted)
    await storeSourceIds(tx, patientId, changes, taking)
    await vouchFor(tx, patientId, vouched)
    await writeImported(tx, app, taking, {
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
        patientFound: true as const,
      },
    }
  })
  keepFresh(app, fresh)
  return stored
}

const keepFresh = ({ keyring }: App, fresh: { patientId: PatientId; keys: PatientKeys } | null): void => {
  if (fresh !== null) keyring.keepPatientKeys(fresh.patientId, fresh.keys)
}
