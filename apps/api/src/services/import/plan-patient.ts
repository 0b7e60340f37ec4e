import { byteaArray, type Transaction } from '@chartward/db'
import type { PatientId, RecordId } from '@chartward/policy'
import { newId } from '../../core/ids.ts'
import type { Keyring } from '../../keys/keyring.ts'
import { classTextsOf, wholeTextOf } from '../../vault/class-texts.ts'
import { patientRecordId } from '../../vault/version.ts'
import type { RecordChange } from '../../vault/write-records.ts'
import type { Provenance } from './provenance.ts'
import type { Sourced } from './sourced.ts'
import {
  contentToken,
  isUnchanged,
  keyOf,
  type SourceRow,
  type SourceToken,
  type SourceTokens,
  sourceTokens,
} from './tokens.ts'

/** Why a record was left as it is. */
export type Refusal = 'from-trusted-source' | 'other-patient'

export interface Refused {
  readonly item: Sourced
  readonly why: Refusal
}

/** A record of the batch with the tokens by which it is known again. */
export interface Identified {
  readonly item: Sourced
  readonly tokens: SourceTokens
}

export interface Known extends SourceRow {
  readonly recordId: RecordId
  readonly patientId: PatientId
  readonly content: Buffer
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

export const identified = (keyring: Keyring, source: string, items: readonly Sourced[]): Identified[] =>
  items.map((item) => ({
    item,
    tokens: sourceTokens(keyring, source, item.record.type, item.record.sourceId),
  }))

/** What is known of these tokens, by `keyOf` of the first, which is the one in force. */
export const findKnown = async (
  tx: Transaction,
  asked: readonly SourceTokens[],
): Promise<Map<string, Known>> => {
  const tokens = asked.flatMap((all) => all.map(({ token }) => token))
  const rows = await tx.sql<
    {
      token: Buffer
      key_version: number
      record_id: RecordId
      patient_id: PatientId
      content: Buffer
      trusted: boolean
    }[]
  >`
    select token, key_version, record_id, patient_id, content, trusted from source_ids
    where token = any(${byteaArray(tx.sql, tokens)})`
  const byToken = new Map(
    rows.map((row): [string, Known] => [
      keyOf(row.token),
      {
        recordId: row.record_id,
        patientId: row.patient_id,
        content: row.content,
        token: row.token,
        keyVersion: row.key_version,
        trusted: row.trusted,
      },
    ]),
  )
  const known = new Map<string, Known>()
  for (const all of asked) {
    const found = all.map(({ token }) => byToken.get(keyOf(token))).find((one) => one !== undefined)
    if (found !== undefined) known.set(keyOf(all[0].token), found)
  }
  return known
}

/**
 * What of a batch is new or changed. A Patient's record has the patient's own id. A repeated source id counts
 * once, the last.
 */
export const planOf = (
  keyring: Keyring,
  items: readonly Identified[],
  { trusted }: Provenance,
  known: ReadonlyMap<string, Known>,
  patientId: PatientId,
): Plan => {
  const changes = new Map<string, Change>()
  const vouched = new Map<RecordId, Vouched>()
  const refused: Refused[] = []
  for (const { item, tokens } of items) {
    const { record } = item
    const [source] = tokens
    const key = keyOf(source.token)
    const before = known.get(key)
    if (before !== undefined && before.patientId !== patientId) {
      refused.push({ item, why: 'other-patient' })
      continue
    }
    const texts = classTextsOf(record.fields)
    const text = wholeTextOf(texts)
    if (isUnchanged(keyring, record.type, text, before)) {
      changes.delete(key)
      if (trusted && before?.trusted === false) {
        const content = contentToken(keyring, record.type, text, { ...before, trusted })
        vouched.set(before.recordId, { recordId: before.recordId, before: before.content, content })
      }
    } else if (before?.trusted === true && !trusted) {
      refused.push({ item, why: 'from-trusted-source' })
    } else {
      const recordId =
        before?.recordId ?? (record.type === 'Patient' ? patientRecordId(patientId) : newId<RecordId>())
      changes.set(key, {
        recordId,
        type: record.type,
        fields: record.fields,
        texts,
        isNew: before === undefined,
        source,
        content: contentToken(keyring, record.type, text, { ...source, trusted }),
      })
    }
  }
  return { changes: [...changes.values()], vouched: [...vouched.values()], refused }
}
