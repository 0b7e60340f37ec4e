import type { Transaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { lockList, type Support } from '../import/care-list.ts'
import { careSpanOf, type NamedSpan, relationshipsOf } from '../import/care-spans.ts'
import type { Practitioners } from '../import/practitioners.ts'
import { storedRecords } from '../import/stored-versions.ts'
import { PatientHistory } from './patient-history.ts'

export type TrustedUpload = Pick<RowOf<'upload'>, 'id' | 'source' | 'requestId'>

export interface UploadedCare {
  readonly spans: readonly NamedSpan[]
  /** The directory's entries of each practitioner that is named: they are one person's. */
  readonly people: readonly (readonly string[])[]
}

interface Looked {
  readonly upload: TrustedUpload
  readonly patientId: PatientId
}

/**
 * What an upload's own records say of a patient's care, of those that stand as it wrote them. The patient's
 * list stays locked: no correction comes between this and what follows of it.
 */
export const uploadedCare = async (
  tx: Transaction,
  app: App,
  practitioners: Practitioners,
  looked: Looked,
): Promise<UploadedCare> => {
  const supports = await supportsOf(tx, app, looked)
  const named = supports.flatMap(({ source, links }) =>
    links.care.flatMap(({ who, status }) =>
      status === 'barred' ? [] : who.map((one) => ({ source, who: one })),
    ),
  )
  const resolved = await practitioners.resolve(tx, named)
  const { calendar } = app
  const now = app.clock()
  const people: (readonly string[])[] = []
  const spans = supports.flatMap(({ source, seen, links: { kind, care } }): NamedSpan[] =>
    care.flatMap((link) => {
      const span = kind === null ? null : careSpanOf(link, { calendar, now, seen: new Date(seen) })
      if (span === null || kind === null) return []
      const ids = resolved.of(source, link.who, false)
      if (ids.length > 0) people.push(ids)
      return ids.map((practitionerId) => ({ ...span, practitionerId, kind, trusted: false }))
    }),
  )
  return { spans: relationshipsOf(spans, now), people }
}

/** What the patient's sealed list has of the records whose current version the upload wrote. */
const supportsOf = async (
  tx: Transaction,
  app: App,
  { upload: { source: own, requestId }, patientId }: Looked,
): Promise<Support[]> => {
  const known = await lockList(tx, app, patientId)
  if (known === null) return []
  const history = await PatientHistory.read(tx, app, patientId)
  if (history.withdrawals.some(({ request }) => request === requestId)) return []
  const said = [...known.list].filter(
    ([id, { trusted, source }]) =>
      !trusted && source === own && history.requestOf(id, history.currentOf(id)) === requestId,
  )
  const ids = said.map(([id]) => id)
  // Which entry wrote a version is said by the version's MAC, and not by the database.
  const stored = await storedRecords(tx, app.keyring, patientId, ids)
  return said.flatMap(([id, support]) => {
    const record = stored.get(id)
    return record?.trusted === true && record.version === history.currentOf(id) ? [support] : []
  })
}
