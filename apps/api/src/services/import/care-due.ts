import { recordsDigest } from '@chartward/audit'
import { byteaArray, insertRows, type Transaction, withTransaction } from '@chartward/db'
import type { MappedRecord } from '@chartward/fhir'
import type { PatientId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import { npisIn, openDirectoryFields } from '../directory/directory.ts'
import { careFacts } from './care-facts.ts'
import { chunksOf } from './chunks.ts'
import { type Named, type Practitioners, waitingTokens } from './practitioners.ts'
import { CARE_LOCK, type StoredCare, settleCare } from './store-care.ts'

/** As many tokens as are looked at together, and patients as are settled side by side. */
const TOKENS_AT_ONCE = 5_000
const PATIENTS_AT_ONCE = 6
const NO_ID = '00000000-0000-0000-0000-000000000000'

/**
 * Notes, in the transaction that is about to write them, that these directory entries come or change: whoever
 * waits for them, or was linked by what they said before, is to be looked at again. What is noted stays until
 * that is done, however the import ends.
 */
export const noteDue = async (
  tx: Transaction,
  { keyring }: Pick<App, 'keyring'>,
  source: string,
  entries: readonly { readonly id: string; readonly record: MappedRecord }[],
): Promise<void> => {
  const rows = await tx.sql<{ id: string; content: Buffer }[]>`
    select id, content from directory_entries
    where id = any(${entries.map(({ id }) => id)}::uuid[]) and type = 'Practitioner' and content is not null`
  const before = await Promise.all(
    rows.map(async ({ id, content }) =>
      npisIn('Practitioner', await openDirectoryFields(keyring, id, content)),
    ),
  )
  const named = entries.flatMap(({ record: { type, sourceId, fields } }): Named[] => {
    if (type !== 'Practitioner' && type !== 'PractitionerRole') return []
    const npis = npisIn(type, fields)
    return [{ source, who: { by: 'id', type, id: sourceId } }, ...npis.map(ofNpi)]
  })
  const tokens = [...named, ...before.flat().map(ofNpi)].flatMap((one) => waitingTokens(keyring, one))
  const columns = { id: 'uuid', token: 'bytea' } as const
  await insertRows(
    tx,
    'care_due',
    columns,
    tokens.map((token) => [newId(), token]),
  )
}

interface Due {
  readonly id: string
  readonly token: Buffer
  readonly written_by: string
}

const ofNpi = (npi: string): Named => ({ source: '', who: { by: 'npi', npi } })

/**
 * Settles the care of every patient who waits for a directory entry that came or changed since, also in an
 * import that was killed. Gives how many patients' relationships changed. Run again it goes on where it was,
 * and where `onFault` was told of a patient and did not throw, it tries that one again.
 */
export const settleDue = async (
  app: App,
  practitioners: Practitioners,
  {
    signal,
    onFault,
  }: {
    readonly signal: AbortSignal | undefined
    readonly onFault: (patientId: PatientId, error: unknown) => void
  },
): Promise<number> => {
  const [waits] = await app.db.sql`select from care_due limit 1`
  if (waits === undefined) return 0
  let changed = 0
  let [last, faults] = [NO_ID, 0]
  const settle = async (patientId: PatientId): Promise<number> => {
    try {
      const { given, taken } = await settlePatient(app, practitioners, patientId)
      return given.length + taken.length > 0 ? 1 : 0
    } catch (error) {
      onFault(patientId, error)
      faults += 1
      return 0
    }
  }
  // In a database that was restored from a dump, transactions are numbered anew.
  await withTransaction(
    app.db,
    'all',
    ({ sql }) => sql`
      update care_lists set looked_up = 0 where looked_up > pg_snapshot_xmax(pg_current_snapshot())::text::bigint`,
  )
  for (;;) {
    const due = await app.db.sql<Due[]>`
      select id, token, written_by from care_due where id > ${last} order by id limit ${TOKENS_AT_ONCE}`
    const newest = due.at(-1)
    if (newest === undefined) return changed
    last = newest.id
    faults = 0
    const waiting = await patientsWaiting(app, due)
    for (const some of chunksOf(waiting, PATIENTS_AT_ONCE)) {
      signal?.throwIfAborted()
      for (const one of await Promise.all(some.map(settle))) changed += one
    }
    // What one patient still waits for stays: those who are settled are not looked at again for it.
    if (faults === 0)
      await app.db.sql`delete from care_due where id = any(${due.map(({ id }) => id)}::uuid[])`
  }
}

/**
 * Those who looked the directory up before these entries were in it. Alone with the lock: each of them has
 * committed by then, and is among those that are found.
 */
const patientsWaiting = ({ db }: App, due: readonly Due[]): Promise<PatientId[]> =>
  withTransaction(db, 'all', async ({ sql }) => {
    await sql`select pg_advisory_xact_lock(${CARE_LOCK})`
    const tokens = byteaArray(
      sql,
      due.map(({ token }) => token),
    )
    const rows = await sql<{ patient_id: PatientId }[]>`
      select distinct t.patient_id from unnest(${tokens}, ${due.map((one) => one.written_by)}::bigint[]) d (token, written_by)
      join care_tokens t on t.token = d.token join care_lists l on l.patient_id = t.patient_id
      where d.written_by >= l.looked_up order by t.patient_id`
    return rows.map(({ patient_id }) => patient_id)
  })

const settlePatient = (app: App, practitioners: Practitioners, patientId: PatientId): Promise<StoredCare> =>
  withTransaction(app.db, [patientId], async (tx) => {
    const care = await settleCare(tx, app, practitioners, patientId)
    if (care.written) await tellOfCare(tx, app, patientId, care)
    return care
  })

/** Says in the log which relationships were given and taken because the directory changed. */
const tellOfCare = async (
  tx: Transaction,
  app: App,
  patientId: PatientId,
  care: StoredCare,
): Promise<void> => {
  for (const facts of careFacts(care)) {
    await app.audit.append(tx, {
      action: 'record.imported',
      outcome: 'success',
      actor: { kind: 'service', name: 'import' },
      resource: { type: 'Patient', id: patientId },
      patientId,
      count: 0,
      // Untrusted files leave nothing due.
      facts: { trusted: true, by: 'directory', vouched: 0, ...facts },
      records: recordsDigest([]),
    })
  }
}
