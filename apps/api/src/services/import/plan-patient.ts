import { byteaArray, type Transaction } from '@chartward/db'
import type { PatientId, RecordId } from '@chartward/policy'
import { newId } from '../../core/ids.ts'
import type { Keyring } from '../../keys/keyring.ts'
import { classTextsOf, wholeTextOf } from '../../vault/class-texts.ts'
import { patientRecordId } from '../../vault/version.ts'
import type { RecordChange } from '../../vault/write-records.ts'
import { sentEarlier } from './earlier.ts'
import type { Identity } from './identity.ts'
import type { Provenance } from './provenance.ts'
import type { Refusal } from './refusal.ts'
import type { Identified, Sourced } from './sourced.ts'
import { contentToken, isUnchanged, keyOf, type SourceRow, type SourceToken } from './tokens.ts'
import { orderOf, type StatedVersion, statedVersion } from './versions.ts'

export interface Refused {
  readonly item: Sourced
  readonly why: Refusal
}

export interface Known extends SourceRow {
  readonly recordId: RecordId
  readonly patientId: PatientId
  readonly content: Buffer
  readonly earlier: Buffer
  /** What goes by the row from now on: its way of being found, under the key in force. */
  readonly inForce: SourceToken
}

/** What a batch comes to, beside what is unchanged. */
interface Plan {
  readonly changes: readonly Change[]
  /** Records of an untrusted file that this trusted one says the same of: they are trusted from now on. */
  readonly vouched: readonly Vouched[]
  readonly refused: readonly Refused[]
}

/** A record that a trusted file says the same of, with what goes by its token from now on. */
export interface Vouched {
  readonly recordId: RecordId
  /** What its row says now: where that has changed meanwhile, nobody vouches for it. */
  readonly before: Buffer
  readonly content: Buffer
}

/** A record to be written, and what it is known again by. */
export interface Change extends RecordChange {
  readonly source: SourceToken
  readonly content: Buffer
}

/** How what is known already is taken. */
export interface Taking extends Provenance {
  /** The mark of this import. */
  readonly mark: Buffer
  /** Whether what was sent before is applied again. */
  readonly asGiven: boolean
  /** Of the request that asked for the import, where one did. */
  readonly requestId: string | null
}

interface Row {
  readonly token: Buffer
  readonly key_version: number
  readonly record_id: RecordId
  readonly patient_id: PatientId
  readonly content: Buffer
  readonly trusted: boolean
  readonly earlier: Buffer
}

/** What is known of these, by their keys; `untold` where it is in doubt whether it is theirs. */
export const findKnown = async (
  tx: Transaction,
  asked: readonly Identity[],
): Promise<Map<string, Known | 'untold'>> => {
  const tokens = asked.flatMap(({ ways, doubtful }) =>
    [...ways, ...doubtful].flat().map(({ token }) => token),
  )
  const rows = await tx.sql<Row[]>`
    select token, key_version, record_id, patient_id, content, trusted, earlier from source_ids
    where token = any(${byteaArray(tx.sql, tokens)})`
  const byToken = new Map(rows.map((row) => [keyOf(row.token), row]))
  const known = new Map<string, Known | 'untold'>()
  for (const { key, ways, doubtful } of asked) {
    for (const way of ways) {
      const row = way.map(({ token }) => byToken.get(keyOf(token))).find((one) => one !== undefined)
      if (row === undefined || known.has(key)) continue
      known.set(key, {
        recordId: row.record_id,
        patientId: row.patient_id,
        content: row.content,
        token: row.token,
        keyVersion: row.key_version,
        trusted: row.trusted,
        earlier: row.earlier,
        inForce: way[0],
      })
    }
    if (!known.has(key) && doubtful.flat().some(({ token }) => byToken.has(keyOf(token))))
      known.set(key, 'untold')
  }
  return known
}

/**
 * What of a batch is new or changed. A Patient's record has the patient's own id. Each resource stands in it
 * once. `versionsOf` tells which versions stored records state, and is asked for those alone that change.
 */
export const planOf = async (
  keyring: Keyring,
  items: readonly Identified[],
  taking: Taking,
  known: ReadonlyMap<string, Known | 'untold'>,
  patientId: PatientId,
  versionsOf: (ids: readonly RecordId[]) => Promise<ReadonlyMap<RecordId, StatedVersion | null>>,
): Promise<Plan> => {
  const { trusted } = taking
  const changes: Change[] = []
  const vouched = new Map<RecordId, Vouched>()
  const refused: Refused[] = []
  const seen = items.map((item) => {
    const texts = classTextsOf(item.record.fields)
    return { item, texts, text: wholeTextOf(texts), before: known.get(item.identity.key) }
  })
  const isSame = ({ item, text, before }: (typeof seen)[number]): boolean =>
    before !== 'untold' && isUnchanged(keyring, item.record.type, text, before)
  const stated = await versionsOf(
    seen.flatMap((one) =>
      one.before === undefined ||
      one.before === 'untold' ||
      isSame(one) ||
      statedVersion(one.item.record.fields) === null
        ? []
        : [one.before.recordId],
    ),
  )
  for (const one of seen) {
    const { item, texts, text, before } = one
    const { record } = item
    if (before === 'untold') {
      refused.push({ item, why: 'untold-server' })
      continue
    }
    if (before !== undefined && before.patientId !== patientId) {
      refused.push({ item, why: 'other-patient' })
      continue
    }
    if (isSame(one)) {
      if (trusted && before?.trusted === false) {
        const content = contentToken(keyring, record.type, text, { ...before, trusted })
        vouched.set(before.recordId, { recordId: before.recordId, before: before.content, content })
      }
      continue
    }
    if (before?.trusted === true && !trusted) {
      refused.push({ item, why: 'from-trusted-source' })
      continue
    }
    if (before !== undefined) {
      const order = orderOf(statedVersion(record.fields), stated.get(before.recordId) ?? null)
      const past = sentEarlier(keyring, record.type, text, {
        ways: item.identity.ways,
        earlier: before.earlier,
        mark: taking.mark,
      })
      // A version that is stored, and has another after it, is there: sent again, it says nothing new.
      if ((order === 'older' || order === 'same') && past !== 'no') continue
      const why =
        order === 'older' ? 'older-version' : order === 'untold' && past === 'before' ? 'sent-before' : null
      if (why !== null && !taking.asGiven) {
        refused.push({ item, why })
        continue
      }
    }
    const source = before?.inForce ?? item.identity.ways[0][0]
    changes.push({
      recordId:
        before?.recordId ?? (record.type === 'Patient' ? patientRecordId(patientId) : newId<RecordId>()),
      type: record.type,
      fields: record.fields,
      texts,
      isNew: before === undefined,
      source,
      content: contentToken(keyring, record.type, text, { ...source, trusted }),
    })
  }
  return { changes, vouched: [...vouched.values()], refused }
}
