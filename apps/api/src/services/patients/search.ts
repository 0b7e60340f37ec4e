import type { SearchPatientsInput, SearchPatientsOutput } from '@chartward/contract'
import {
  exactToken,
  nameQueryToken,
  normaliseIdentifier,
  normaliseName,
  wholeNameQueryToken,
} from '@chartward/crypto'
import { byteaArray, type RowAccess, withTransaction } from '@chartward/db'
import { searchValues } from '@chartward/fhir'
import { type FieldPath, type PatientId, type Scope, searchableFields } from '@chartward/policy'
import type { App } from '../../app.ts'
import { patientsInCareOf } from '../../care/relationship.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { NAME_BITS } from '../../vault/name-bits.ts'
import { rowsOf } from '../../vault/rows.ts'
import { disclosed, patientRows } from './rows.ts'

const FIELD_OF = { mrn: 'Patient.mrn', name: 'Patient.name' } as const satisfies Record<
  SearchPatientsInput['by'],
  FieldPath
>

/** As many people as one answer shows; more say so, and the person types more. */
const MOST = 50
/**
 * Truncated tokens bring in others, who are told apart after decryption: this many candidates are
 * opened at most.
 */
const MOST_CANDIDATES = 500

/** The words of a name query, in normal form. */
const wordsOf = (text: string): string[] =>
  text
    .split(/\s+/u)
    .map(normaliseName)
    .filter((word) => word !== '')

/** One token for each word, under one of the index's keys. */
const tokensUnder = (key: Uint8Array, { by, text }: SearchPatientsInput): Buffer[] => {
  if (by === 'mrn') {
    const normal = normaliseIdentifier(text)
    if (normal === '') throw new ChartwardError('INVALID_INPUT', 'Type the whole medical record number.')
    return [exactToken(key, FIELD_OF.mrn, normal)]
  }
  const words = wordsOf(text)
  if (words.length === 0) throw new ChartwardError('INVALID_INPUT', 'Type at least three letters of a name.')
  return words.map((word) =>
    Array.from(word).length < 3
      ? wholeNameQueryToken(key, FIELD_OF.name, word, NAME_BITS)
      : nameQueryToken(key, FIELD_OF.name, word, NAME_BITS),
  )
}

/** Whether the decrypted values really match: tokens are truncated, so some candidates are other people. */
const matches = ({ by, text }: SearchPatientsInput, values: Record<string, unknown>): boolean => {
  const found = searchValues('Patient', { identity: values }).find(({ field }) => field === FIELD_OF[by])
  if (found === undefined) return false
  if (by === 'mrn')
    return found.values.some((value) => normaliseIdentifier(value) === normaliseIdentifier(text))
  const names = found.values.map(normaliseName)
  return wordsOf(text).every((word) =>
    names.some((name) => (Array.from(word).length < 3 ? name === word : name.startsWith(word))),
  )
}

/**
 * The patients who have a token of each word, under each key that the index's tokens may have been made with.
 */
const candidates = (
  app: App,
  rows: RowAccess,
  field: FieldPath,
  input: SearchPatientsInput,
): Promise<ReadonlySet<PatientId>> =>
  withTransaction(app.db, rows, async (tx) => {
    const found = new Set<PatientId>()
    for (const { key, version } of app.keyring.tokenKeys('blind-index')) {
      const tokens = tokensUnder(key, input)
      const distinct = new Set(tokens.map((token) => token.toString('hex'))).size
      const some = await tx.sql<{ patient_id: PatientId }[]>`
        select patient_id from search_tokens
        where field = ${field} and key_version = ${version} and token = any(${byteaArray(tx.sql, tokens)})
        group by patient_id having count(distinct token) = ${distinct}
        order by patient_id limit ${MOST_CANDIDATES}`
      for (const { patient_id } of some) found.add(patient_id)
    }
    return found
  })

/**
 * Finds patients by medical record number (exactly) or by name (whole words or beginnings of 3 letters and
 * more), through blind-index tokens and among the Scope's rows only. A field that the reader sees masked, or
 * not at all, can't be searched: the answer would tell what the mask hides. What was typed is in no URL, log
 * or audit entry.
 */
export const searchPatients = async ({
  ctx: { app, user, entry },
  scope,
  input,
}: {
  ctx: VerbContext<'patient.searched'>
  scope: Scope
  input: SearchPatientsInput
}): Promise<SearchPatientsOutput> => {
  const field = FIELD_OF[input.by]
  if (!searchableFields(scope).includes(field)) throw new ChartwardError('FORBIDDEN')
  const rows = await rowsOf(app, scope)
  const found = await candidates(app, rows, field, input)
  const ids = [...found].slice(0, MOST_CANDIDATES)
  const inCare = new Map(
    (await patientsInCareOf(app, user.id, app.clock())).map((one) => [one.patientId, one]),
  )
  const opened = await patientRows(app, scope, rows, ids, inCare)
  const matching = opened.filter(({ row }) => matches(input, row.values))
  const answer = matching.slice(0, MOST)
  entry.for(`search by ${input.by}`)
  entry.shown(disclosed(answer))
  return {
    items: answer.map(({ row }) => row),
    truncated: matching.length > MOST || ids.length === MOST_CANDIDATES,
  }
}
