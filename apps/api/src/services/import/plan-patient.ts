import { byteaArray, type Transaction } from '@chartward/db'
import type { MappedRecord } from '@chartward/fhir'
import { newId } from '../../core/ids.ts'
import type { Keyring } from '../../keys/keyring.ts'
import { type ClassTexts, classTextsOf, wholeTextOf } from '../../vault/class-texts.ts'
import type { Provenance } from './provenance.ts'
import { contentToken } from './tokens.ts'

/** Why a record was left as it is. */
export type Refusal = 'from-trusted-source' | 'other-patient'

export interface Refused {
  readonly record: MappedRecord
  readonly why: Refusal
}

interface Known {
  readonly recordId: string
  readonly patientId: string
  readonly content: Buffer
  readonly trusted: boolean
}

/** What a batch comes to, beside what is unchanged. */
interface Plan {
  readonly changes: readonly Change[]
  /** Records of an untrusted file that this trusted one says the same of: they are trusted from now on. */
  readonly vouched: readonly string[]
  readonly refused: readonly Refused[]
}

export interface Change {
  readonly record: MappedRecord
  readonly texts: ClassTexts
  readonly recordId: string
  readonly token: Buffer
  readonly content: Buffer
  readonly isNew: boolean
}

export const findKnown = async (tx: Transaction, tokens: readonly Buffer[]): Promise<Map<string, Known>> => {
  const rows = await tx.sql<
    { token: Buffer; record_id: string; patient_id: string; content: Buffer; trusted: boolean }[]
  >`
    select token, record_id, patient_id, content, trusted from source_ids where token = any(${byteaArray(tx.sql, tokens)})`
  return new Map(
    rows.map((row) => [
      row.token.toString('base64'),
      { recordId: row.record_id, patientId: row.patient_id, content: row.content, trusted: row.trusted },
    ]),
  )
}

/** What of a batch is new or changed. A Patient's record has the patient's own id. A repeated source id counts once, the last. */
export const planOf = (
  keyring: Keyring,
  { records, from: { trusted } }: { readonly records: readonly MappedRecord[]; readonly from: Provenance },
  tokens: readonly Buffer[],
  known: ReadonlyMap<string, Known>,
  patientId: string,
): Plan => {
  const changes = new Map<string, Change>()
  const vouched = new Set<string>()
  const refused: Refused[] = []
  records.forEach((record, i) => {
    const token = tokens[i]
    if (token === undefined) return
    const key = token.toString('base64')
    const before = known.get(key)
    if (before !== undefined && before.patientId !== patientId) {
      refused.push({ record, why: 'other-patient' })
      return
    }
    const texts = classTextsOf(record.fields)
    const content = contentToken(keyring, record.type, wholeTextOf(texts))
    if (before?.content.equals(content)) {
      changes.delete(key)
      if (trusted && !before.trusted) vouched.add(before.recordId)
      return
    }
    if (before?.trusted === true && !trusted) {
      refused.push({ record, why: 'from-trusted-source' })
      return
    }
    const recordId = before?.recordId ?? (record.type === 'Patient' ? patientId : newId())
    changes.set(key, { record, texts, recordId, token, content, isNew: before === undefined })
  })
  return { changes: [...changes.values()], vouched: [...vouched], refused }
}
