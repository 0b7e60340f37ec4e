import { byteaArray, insertRows, schema, type Transaction } from '@chartward/db'
import type { RecordLinks } from '@chartward/fhir'
import type { PatientId, RecordId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import type { PatientKeys } from '../../keys/patient-keys.ts'
import { type CareList, digestOf, lockList, type Support, sealList, withKeys } from './care-list.ts'
import { type ChangedCare, settleRelationships } from './care-relationships.ts'
import { careSpanOf, type NamedSpan, relationshipsOf } from './care-spans.ts'
import type { Practitioners, Resolved } from './practitioners.ts'
import { endTrusted } from './trusted-care.ts'

/** Whoever resolves names shares it; whoever looks for patients who wait for a name takes it alone. */
export const CARE_LOCK = 0x63617265

interface CarePatient {
  readonly patientId: PatientId
  /** The keys of a patient who is being made. */
  readonly made?: PatientKeys | undefined
}

/** A record of the patient as it now is; `links` of a record that is gone are null. */
export interface SeenRecord {
  readonly recordId: RecordId
  readonly source: string
  readonly trusted: boolean
  readonly links: RecordLinks | null
}

export interface StoredCare extends ChangedCare {
  /** Whether a row was written that an audit entry has to commit to. */
  readonly written: boolean
}

const NONE: ReadonlySet<string> = new Set()
const UNCHANGED: StoredCare = { given: [], taken: [], written: false }

type Standing = (typeof schema.careLists.$inferSelect)['standing']

/** The list with what these records say now, or null where that is what it says already. */
const merged = (
  before: CareList,
  seen: readonly SeenRecord[],
  now: Date,
): Omit<Settling, 'before'> | null => {
  const list = new Map<RecordId, Support>(before)
  const untold = new Set<string>()
  let [changed, takes] = [false, false]
  for (const { recordId, source, trusted, links } of seen) {
    const known = list.get(recordId)
    // What a trusted file has said is not for an untrusted one to change, or to make less of.
    if (known?.trusted === true && !trusted) continue
    if (links === null || links.care.length === 0) {
      const gone = list.delete(recordId)
      changed ||= gone
      takes ||= gone
      if (known?.trusted === false) untold.add(known.source)
      continue
    }
    const isSame = known !== undefined && JSON.stringify(known.links) === JSON.stringify(links)
    if (isSame && known.trusted === trusted) continue
    list.set(recordId, { source, trusted, seen: known?.seen ?? now.getTime(), links })
    changed = true
    takes ||= known !== undefined && !isSame
    if (known?.trusted === false && !isSame) untold.add(known.source)
  }
  return changed ? { list, takes, untold } : null
}

/** Who has care by the list, and how near that comes to somebody whom the directory knows. */
const spansOf = (
  list: CareList,
  resolved: Resolved,
  { calendar, clock }: Pick<App, 'calendar' | 'clock'>,
): { readonly spans: readonly NamedSpan[]; readonly standing: Standing } => {
  const now = clock()
  const spans: NamedSpan[] = []
  const standings = new Set<Standing>()
  for (const { source, trusted, seen, links } of list.values()) {
    for (const link of links.care) {
      const span = links.kind === null ? null : careSpanOf(link, { calendar, now, seen: new Date(seen) })
      const ids = span === null ? [] : resolved.of(source, link.who, trusted)
      const known = ids.length > 0 ? 'known' : 'unknown'
      standings.add(trusted ? (span === null ? 'barred' : known) : 'untrusted')
      if (span === null || links.kind === null) continue
      const { kind } = links
      spans.push(...ids.map((practitionerId) => ({ ...span, practitionerId, kind, trusted })))
    }
  }
  const nearest = NEAREST.find((standing) => standings.has(standing)) ?? 'none'
  return { spans, standing: nearest }
}

const NEAREST = ['known', 'unknown', 'barred', 'untrusted'] as const satisfies readonly Standing[]

interface Settling {
  readonly before: Awaited<ReturnType<typeof lockList>>
  readonly list: CareList
  readonly takes: boolean
  /** The sources whose untrusted records say something else of care than they did. */
  readonly untold: ReadonlySet<string>
}

/**
 * Makes list, relationships and tokens what the records and the directory say, in the caller's transaction.
 */
const settle = async (
  tx: Transaction,
  app: App,
  practitioners: Practitioners,
  { patientId, made }: CarePatient,
  { before, list, takes, untold }: Settling,
): Promise<StoredCare> => {
  const [lock] = await tx.sql<{ xmin: string }[]>`
    select pg_advisory_xact_lock_shared(${CARE_LOCK}), pg_snapshot_xmin(pg_current_snapshot())::text as xmin`
  const lookedUp = BigInt(lock?.xmin ?? 0)
  const named = [...list.values()].flatMap(({ source, links }) =>
    links.care.flatMap(({ who, status }) => (status === 'barred' ? [] : who.map((who) => ({ source, who })))),
  )
  const resolved = await practitioners.resolve(tx, named)
  const { spans, standing } = spansOf(list, resolved, app)
  const wanted = relationshipsOf(spans, app.clock())
  const { given, taken } = await settleRelationships(tx, app, patientId, wanted)
  // What two people agreed on is no longer what is said: it is asked for anew.
  const ended =
    untold.size === 0 ? [] : await endTrusted(tx, app, patientId, ({ source }) => untold.has(source))
  const changed = { given, taken: [...taken, ...ended] }
  const isSame = before !== null && list === before.list && standing === before.row.standing
  if (!isSame) {
    const row = { id: before?.row.id ?? newId(), rowVersion: (before?.row.rowVersion ?? 0) + 1 }
    const content = await withKeys(tx, app, patientId, made, (keys) => sealList(list, row, keys))
    const said = {
      content,
      digest: digestOf(content),
      standing,
      narrowed: takes || before?.row.narrowed === true,
      lookedUp,
    }
    if (before === null) await app.vouching.insert(tx, 'care-list', [{ patientId, id: row.id, ...said }])
    else await app.vouching.change(tx, 'care-list', eq(schema.careLists.id, row.id), said)
  }
  if (isSame)
    await tx.sql`update care_lists set looked_up = ${String(lookedUp)} where patient_id = ${patientId}`
  await storeTokens(tx, patientId, resolved.tokens, before === null)
  return { ...changed, written: !isSame || changed.given.length + changed.taken.length > 0 }
}

const storeTokens = async (
  tx: Transaction,
  patientId: PatientId,
  tokens: readonly Buffer[],
  isNew: boolean,
): Promise<void> => {
  if (!isNew)
    await tx.sql`
      delete from care_tokens where patient_id = ${patientId} and not token = any(${byteaArray(tx.sql, tokens)})`
  await insertRows(
    tx,
    'care_tokens',
    { patient_id: 'uuid', token: 'bytea' },
    tokens.map((token) => [patientId, token]),
    'on conflict do nothing',
  )
}

/**
 * Takes what a patient's records say of their care, new, corrected or gone, and makes the relationships
 * those that follow from all of them, in the caller's transaction: given, and taken away. An audit entry of
 * it has to follow where something was written.
 */
export const storeCare = async (
  tx: Transaction,
  app: App,
  practitioners: Practitioners,
  patient: CarePatient,
  seen: readonly SeenRecord[],
): Promise<StoredCare> => {
  if (seen.length === 0) return UNCHANGED
  const before = patient.made === undefined ? await lockList(tx, app, patient.patientId) : null
  const next = merged(before?.list ?? new Map(), seen, app.clock())
  return next === null ? UNCHANGED : settle(tx, app, practitioners, patient, { before, ...next })
}

/** Looks at a patient's relationships again, since the directory has changed. */
export const settleCare = async (
  tx: Transaction,
  app: App,
  practitioners: Practitioners,
  patientId: PatientId,
): Promise<StoredCare> => {
  const before = await lockList(tx, app, patientId)
  return before === null
    ? UNCHANGED
    : settle(tx, app, practitioners, { patientId }, { before, list: before.list, takes: false, untold: NONE })
}
