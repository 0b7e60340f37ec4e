import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import {
  CryptoError,
  classDigest,
  envelopeKeyId,
  macEquals,
  open,
  seal,
  uuidToBytes,
} from '@chartward/crypto'
import { byteaArray, schema, type Transaction } from '@chartward/db'
import { FIELD_CLASSES, type FieldClass, type PatientId, type RecordId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../../app.ts'
import { ChartwardError } from '../../../core/errors.ts'
import { newId } from '../../../core/ids.ts'
import { keyHash } from '../../../keys/create-keys.ts'
import type { StoredPatientKey } from '../../../keys/keyring.ts'
import type { LentKeys } from '../../../keys/lent-keys.ts'
import { resealedOwner } from '../../../sessions/own-account.ts'
import { resealedSegment } from '../../../vault/chart/segment.ts'
import { lockChart } from '../../../vault/chart/write-segments.ts'
import { bindingOf, unpackDigests } from '../../../vault/version.ts'
import { lockList, resealedList } from '../../import/care-list.ts'

/** As many versions in a transaction: the chart takes no writes while it runs. */
const VERSIONS = 200
const SEGMENTS = 200
/** As many at a time before others in this process have their turn. */
const AT_ONCE = 20

const BY = { actor: { kind: 'system', name: 'rotate-keys' } } as const

/** What was made anew of a patient, or left since it does not open to what was written. */
interface Resealed {
  readonly done: number
  readonly skipped: number
  /** Whether there may be more. */
  readonly more: boolean
}

/**
 * Has another key of the patient come into force, in the caller's transaction; the one before opens what it
 * sealed. Gives false where there is none in force: the patient has been shredded.
 */
export const promotePatientKey = async (
  tx: Transaction,
  app: App,
  patientId: PatientId,
): Promise<boolean> => {
  await lockChart(tx, patientId)
  const [before] = await tx.sql<{ id: string }[]>`
    update patient_keys set state = 'decrypt-only'
    where patient_id = ${patientId} and state = 'primary' returning id`
  if (before === undefined) return false
  const { keys, kekId, wrapped } = app.keyring.newPatientKeys(patientId, newId())
  const id = keys.primary.id
  keys.wipe()
  await tx.sql`
    insert into patient_keys (patient_id, id, kek_id, wrapped, state)
    values (${patientId}, ${id}, ${kekId}, ${wrapped}, 'pending')`
  await tx.sql`update patient_keys set state = 'primary' where id = ${id}`
  const hash = keyHash({ kekId, wrapped })
  await app.audit.append(tx, {
    ...BY,
    action: 'key.patient-rotated',
    outcome: 'success',
    resource: { type: 'Key', id },
    patientId,
    facts: { patientKey: id, patientKeyHash: hash },
    change: { before: { key: before.id, state: 'primary' }, after: { key: id, state: 'primary' } },
  })
  return true
}

/** A patient whose records are sealed anew: the key in force, and all that the patient's keys open. */
interface Resealing {
  readonly patientId: PatientId
  readonly keyId: string
  /** Lends the keys as this transaction sees them, with one that it has just made. */
  readonly lend: <T>(use: (keys: LentKeys) => T) => Promise<T>
}

/**
 * Seals anew, with the patient's key in force, a batch of what earlier ones sealed. Every class is opened and
 * held to its digest before, so what was changed outside Chartward stays as it is, and shows so. The caller's
 * transaction has the login of rotations and this patient in scope; nobody writes the chart until its end.
 */
export const resealPatient = async (tx: Transaction, app: App, patientId: PatientId): Promise<Resealed> => {
  await lockChart(tx, patientId)
  const rows = await tx.sql<StoredPatientKey[]>`
    select id, kek_id, wrapped, state from patient_keys
    where patient_id = ${patientId} and state in ('primary', 'decrypt-only')`
  const keyId = rows.find(({ state }) => state === 'primary')?.id
  // Without a key in force there is none to seal anew with: what earlier ones sealed keeps them.
  if (keyId === undefined) return { done: 0, skipped: rows.length, more: false }
  const resealing: Resealing = {
    patientId,
    keyId,
    lend: (use) => app.keyring.withStoredKeys(patientId, rows, use),
  }
  const versions = await resealVersions(tx, app, resealing)
  if (versions.more) return versions
  const segments = await resealSegments(tx, resealing)
  const rest = await resealRest(tx, app, resealing)
  return {
    done: versions.done + segments.done + rest.done,
    skipped: versions.skipped + segments.skipped + rest.skipped,
    more: segments.more,
  }
}

type Envelopes = Record<FieldClass, Buffer | null>
interface VersionRow extends Envelopes {
  readonly record_id: RecordId
  readonly version: number
  readonly digests: Buffer
  readonly integrity_key_id: string
}

const resealVersions = async (
  tx: Transaction,
  app: App,
  { patientId, keyId, lend }: Resealing,
): Promise<Resealed> => {
  const { sql } = tx
  const key = uuidToBytes(keyId)
  const stale = FIELD_CLASSES.map((name) => sql`substring(${sql(name)} from 3 for 16) <> ${key}`).reduce(
    (any, one) => sql`${any} or ${one}`,
  )
  let skipped = 0
  let after: { record: string; version: number } = {
    record: '00000000-0000-0000-0000-000000000000',
    version: 0,
  }
  for (;;) {
    const rows: readonly VersionRow[] = await sql<VersionRow[]>`
      select record_id, version, digests, integrity_key_id, ${sql(FIELD_CLASSES)} from record_versions
      where patient_id = ${patientId} and (record_id, version) > (${after.record}::uuid, ${after.version}::int) and (${stale})
      order by record_id, version limit ${VERSIONS}`
    const made: ResealedVersion[] = []
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      const some = rows.slice(at, at + AT_ONCE)
      made.push(...(await lend((keys) => some.flatMap((row) => resealedVersion(row, keyId, keys) ?? []))))
      await setImmediate()
    }
    skipped += rows.length - made.length
    if (made.length > 0) {
      await storeVersions(tx, patientId, made)
      await app.audit.append(tx, {
        ...BY,
        action: 'key.records-resealed',
        outcome: 'success',
        resource: { type: 'Key', id: keyId },
        patientId,
        count: made.length,
        facts: { patientKey: keyId, ciphertexts: digestOf(made) },
      })
      return { done: made.length, skipped, more: rows.length === VERSIONS }
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < VERSIONS) return { done: 0, skipped, more: false }
    // All of these don't open: there may be some behind them that do.
    after = { record: last.record_id, version: last.version }
  }
}

interface ResealedVersion {
  readonly recordId: RecordId
  readonly version: number
  readonly before: Envelopes
  readonly envelopes: Envelopes
}

/** Null where a class does not open, or not to what was written. */
const resealedVersion = (row: VersionRow, keyId: string, keys: LentKeys): ResealedVersion | null => {
  const { record_id: recordId, version } = row
  const integrity = keys.integrityKeyById(row.integrity_key_id)
  const digests = unpackDigests(row.digests)
  if (integrity === undefined || digests === null) return null
  const envelopes = {} as Envelopes
  for (const fieldClass of FIELD_CLASSES) {
    const envelope = row[fieldClass]
    envelopes[fieldClass] = envelope
    if (envelope === null) continue
    const digest = digests.get(fieldClass)
    const binding = bindingOf(recordId, version, fieldClass)
    try {
      const named = envelopeKeyId(envelope)
      if (named === keyId) continue
      const key = keys.openingKey(fieldClass, named)
      if (key === undefined || digest === undefined) return null
      const plaintext = open(key, binding, envelope)
      const subject = { recordId, version, fieldClass }
      if (!macEquals(classDigest(integrity.key, subject, plaintext), digest)) return null
      const sealing = keys.sealingKey(fieldClass)
      const sealed = seal(sealing, binding, plaintext)
      // A canary for each: what takes the place of what was read opens to the same.
      const fits = sealing.id === keyId && open(sealing, binding, sealed).equals(plaintext)
      plaintext.fill(0)
      if (!fits) return null
      envelopes[fieldClass] = sealed
    } catch (error) {
      if (error instanceof CryptoError) return null
      throw error
    }
  }
  const { identity, contact, clinical, narrative, billing, unmapped } = row
  return {
    recordId,
    version,
    before: { identity, contact, clinical, narrative, billing, unmapped },
    envelopes,
  }
}

/** Puts each in the place of what was read. A trigger lets nothing but envelopes of the key in force pass. */
const storeVersions = async (
  tx: Transaction,
  patientId: PatientId,
  made: readonly ResealedVersion[],
): Promise<void> => {
  const { sql } = tx
  const bytes = (of: 'before' | 'envelopes', name: FieldClass) =>
    byteaArray(
      sql,
      made.map((one) => one[of][name]),
    )
  const { count } = await sql`
    update record_versions v set identity = made.identity, contact = made.contact, clinical = made.clinical,
      narrative = made.narrative, billing = made.billing, unmapped = made.unmapped
    from unnest(${made.map(({ recordId }) => recordId)}::uuid[], ${made.map(({ version }) => version)}::int[],
      ${bytes('envelopes', 'identity')}, ${bytes('envelopes', 'contact')}, ${bytes('envelopes', 'clinical')},
      ${bytes('envelopes', 'narrative')}, ${bytes('envelopes', 'billing')}, ${bytes('envelopes', 'unmapped')},
      ${bytes('before', 'identity')}, ${bytes('before', 'contact')}, ${bytes('before', 'clinical')},
      ${bytes('before', 'narrative')}, ${bytes('before', 'billing')}, ${bytes('before', 'unmapped')})
      made (record_id, version, identity, contact, clinical, narrative, billing, unmapped,
        identity_0, contact_0, clinical_0, narrative_0, billing_0, unmapped_0)
    where v.patient_id = ${patientId} and v.record_id = made.record_id and v.version = made.version
      and v.identity is not distinct from made.identity_0 and v.contact is not distinct from made.contact_0
      and v.clinical is not distinct from made.clinical_0 and v.narrative is not distinct from made.narrative_0
      and v.billing is not distinct from made.billing_0 and v.unmapped is not distinct from made.unmapped_0`
  if (count !== made.length) throw new Error('a version changed under the lock of its chart')
}

/** SHA-256 over record, version and the SHA-256 of each envelope, in the order of the catalog's classes. */
const digestOf = (made: readonly ResealedVersion[]): string => {
  const hash = createHash('sha256')
  for (const { recordId, version, envelopes } of made) {
    hash.update(`${recordId} ${version}`)
    for (const name of FIELD_CLASSES) {
      const envelope = envelopes[name]
      hash.update(envelope === null ? 'none' : createHash('sha256').update(envelope).digest())
    }
  }
  return hash.digest('hex')
}

interface SegmentRow {
  readonly resource_type: string
  readonly field_class: FieldClass
  readonly number: number
  readonly content: Buffer
}

const resealSegments = async (tx: Transaction, { patientId, keyId, lend }: Resealing): Promise<Resealed> => {
  let skipped = 0
  let last: SegmentRow | undefined
  for (;;) {
    const rows: readonly SegmentRow[] = await tx.sql<SegmentRow[]>`
      select resource_type, field_class, number, content from chart_segments
      where patient_id = ${patientId} and substring(content from 3 for 16) <> ${uuidToBytes(keyId)}
        and (resource_type, field_class, number)
          > (${last?.resource_type ?? ''}::text, ${last?.field_class ?? ''}::text, ${last?.number ?? -1}::int)
      order by resource_type, field_class, number limit ${SEGMENTS}`
    const made = await lend((keys) =>
      rows.flatMap((row) => {
        const segment = {
          patientId,
          resourceType: row.resource_type,
          fieldClass: row.field_class,
          number: row.number,
          content: row.content,
        }
        const content = resealedSegment(segment, keys)
        return content === null ? [] : [{ ...row, before: row.content, content }]
      }),
    )
    skipped += rows.length - made.length
    if (made.length > 0) {
      await storeSegments(tx, patientId, made)
      return { done: made.length, skipped, more: rows.length === SEGMENTS }
    }
    // All of these don't open: there may be some behind them that do.
    last = rows.at(-1)
    if (last === undefined || rows.length < SEGMENTS) return { done: 0, skipped, more: false }
  }
}

const storeSegments = async (
  { sql }: Transaction,
  patientId: PatientId,
  made: readonly (SegmentRow & { readonly before: Buffer })[],
): Promise<void> => {
  const bytes = (name: 'before' | 'content') =>
    byteaArray(
      sql,
      made.map((one) => one[name]),
    )
  await sql`
    update chart_segments s set content = made.content
    from unnest(${made.map((one) => one.resource_type)}::text[], ${made.map((one) => one.field_class)}::text[],
      ${made.map((one) => one.number)}::int[], ${bytes('before')}, ${bytes('content')})
      made (resource_type, field_class, number, before, content)
    where s.patient_id = ${patientId} and s.resource_type = made.resource_type and s.field_class = made.field_class
      and s.number = made.number and s.content = made.before`
}

const isChanged = (error: unknown): boolean =>
  error instanceof CryptoError || (error instanceof ChartwardError && error.code === 'INTEGRITY')

/**
 * Who takes part in the patient's care, and whose account is theirs: rows that are vouched for, with entries.
 */
const resealRest = async (
  tx: Transaction,
  app: App,
  { patientId, keyId, lend }: Resealing,
): Promise<Resealed> => {
  const { careLists, patientAccounts } = schema
  const isStale = (content: Buffer): boolean => envelopeKeyId(content) !== keyId
  let done = 0
  let skipped = 0
  /** Each is written whole or not at all: one that was changed by another hand keeps its key. */
  const unlessChanged = async (work: () => Promise<boolean>): Promise<void> => {
    try {
      if (await work()) done++
    } catch (error) {
      if (!isChanged(error)) throw error
      skipped++
    }
  }
  await unlessChanged(async () => {
    const care = await lockList(tx, app, patientId)
    if (care === null || !isStale(care.row.content)) return false
    const next = await lend((keys) => resealedList(care, keys))
    await app.vouching.change(tx, 'care-list', eq(careLists.id, care.row.id), next)
    return true
  })
  const accounts = await tx.orm
    .select()
    .from(patientAccounts)
    .where(eq(patientAccounts.patientId, patientId))
    .for('update')
  for (const row of accounts.filter(({ content }) => isStale(content)))
    await unlessChanged(async () => {
      const content = await lend((keys) => resealedOwner(row, keys))
      await app.vouching.change(tx, 'patient-account', eq(patientAccounts.id, row.id), { content })
      return true
    })
  if (done > 0)
    await app.audit.append(tx, {
      ...BY,
      action: 'key.records-resealed',
      outcome: 'success',
      resource: { type: 'Key', id: keyId },
      patientId,
      count: done,
      facts: { patientKey: keyId },
    })
  return { done, skipped, more: false }
}
