import { withTransaction } from '@chartward/db'
import { deletedFields, isDeleted } from '@chartward/fhir'
import type { App } from '../../app.ts'
import { classTextsOf, wholeTextOf } from '../../vault/class-texts.ts'
import type { Identity } from './identity.ts'
import { type Change, findKnown, type Taking } from './plan-patient.ts'
import type { Practitioners } from './practitioners.ts'
import type { Refusal } from './refusal.ts'
import { lockSourceIds, storeSourceIds } from './source-ids.ts'
import { storeCare } from './store-care.ts'
import { storedRecords } from './stored-versions.ts'
import { contentToken } from './tokens.ts'
import { writeImported } from './write-imported.ts'

/**
 * Notes that the source has deleted a resource: a new version that says so, of what the record held.
 * Of what it held nothing is taken away, since what somebody has acted on must stay to be seen; the care that
 * somebody had by it is. `unknown` where nothing is
 * stored of it, `unchanged` where that is known already.
 */
export const deleteRecord = (
  app: App,
  {
    identity,
    taking,
    practitioners,
    author,
  }: {
    readonly identity: Identity
    readonly taking: Taking
    readonly practitioners: Practitioners
    readonly author: string
  },
): Promise<'deleted' | 'unchanged' | 'unknown' | Refusal> =>
  withTransaction(app.db, 'all', async (tx) => {
    const { keyring } = app
    const known = (await findKnown(tx, [identity])).get(identity.key)
    if (known === undefined) return 'unknown'
    if (known === 'untold') return 'untold-server'
    const { trusted, source } = taking
    if (known.trusted && !trusted) return 'from-trusted-source'
    const { patientId, recordId } = known
    const record = (await storedRecords(tx, keyring, patientId, [recordId])).get(recordId)
    if (record === undefined || !record.trusted) return 'not-readable'
    if (isDeleted(record.fields)) return 'unchanged'
    const fields = deletedFields(record.fields)
    const texts = classTextsOf(fields)
    const content = contentToken(keyring, record.type, wholeTextOf(texts), { ...known.inForce, trusted })
    const change: Change = {
      recordId,
      type: record.type,
      fields,
      texts,
      isNew: false,
      source: known.inForce,
      content,
    }
    const gone = { recordId, source, trusted, links: null }
    const care = await storeCare(tx, app, practitioners, { patientId }, [gone])
    await lockSourceIds(tx, patientId, [change], trusted)
    await storeSourceIds(tx, patientId, [change], taking)
    const order = { patientId, author, changes: [change], made: undefined, vouched: 0, care }
    await writeImported(tx, app, taking, order)
    return 'deleted'
  })
