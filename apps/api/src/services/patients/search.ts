import { NAME_SEARCH_NEEDS, type SearchPatientsInput, type SearchPatientsOutput } from '@chartward/contract'
import {
  exactToken,
  hasNameToken,
  isFoundBy,
  nameQueryToken,
  normaliseIdentifier,
  readTyped,
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

/** What was typed: an MRN, or the words of each reading of a name, of which one has to be found. */
type Wanted =
  | { readonly by: 'mrn'; readonly mrn: string }
  | { readonly by: 'name'; readonly readings: readonly (readonly string[])[] }

/** Throws INVALID_INPUT for what has no token: the sentence says what to type. */
const wantedOf = ({ by, text }: SearchPatientsInput): Wanted => {
  if (by === 'mrn') {
    const mrn = normaliseIdentifier(text)
    if (mrn === '')
      throw new ChartwardError('INVALID_INPUT', 'Type the whole medical record number.', { field: 'text' })
    return { by, mrn }
  }
  const readings = readTyped(text).filter((words) => words.some(hasNameToken))
  if (readings.length === 0) throw new ChartwardError('INVALID_INPUT', NAME_SEARCH_NEEDS, { field: 'text' })
  return { by, readings }
}

/** The tokens under one of the index's keys, in lists of which a patient has to have all of one. */
const tokensUnder = (key: Uint8Array, wanted: Wanted): Buffer[][] =>
  wanted.by === 'mrn'
    ? [[exactToken(key, FIELD_OF.mrn, wanted.mrn)]]
    : wanted.readings.map((words) =>
        words.flatMap((word) => nameQueryToken(key, FIELD_OF.name, word, NAME_BITS) ?? []),
      )

/** Whether the decrypted values really match: tokens are truncated, so some candidates are other people. */
const matches = (wanted: Wanted, values: Record<string, unknown>): boolean => {
  const found = searchValues('Patient', { identity: values }).find(
    ({ field }) => field === FIELD_OF[wanted.by],
  )
  if (found === undefined) return false
  return wanted.by === 'mrn'
    ? found.values.some((value) => normaliseIdentifier(value) === wanted.mrn)
    : isFoundBy(wanted.readings, found.values)
}

/**
 * The patients who have a token of each word of one reading, under each key that the index's tokens may have
 * been made with.
 */
const candidates = (
  app: App,
  rows: RowAccess,
  field: FieldPath,
  wanted: Wanted,
): Promise<ReadonlySet<PatientId>> =>
  withTransaction(app.db, rows, async (tx) => {
    const found = new Set<PatientId>()
    for (const { key, version } of app.keyring.tokenKeys('blind-index')) {
      const readings = tokensUnder(key, wanted)
      const hasAll = readings
        .map((tokens) => tx.sql`array_agg(token) @> ${byteaArray(tx.sql, tokens)}`)
        .reduce((either, or) => tx.sql`${either} or ${or}`)
      const some = await tx.sql<{ patient_id: PatientId }[]>`
        select patient_id from search_tokens
        where field = ${field} and key_version = ${version}
          and token = any(${byteaArray(tx.sql, readings.flat())})
        group by patient_id having ${hasAll}
        order by patient_id limit ${MOST_CANDIDATES}`
      for (const { patient_id } of some) found.add(patient_id)
    }
    return found
  })

/**
 * Finds patients by medical record number (exactly) or by name (any part of it, from 3 letters or one
 * character of Han, kana and Hangul, in any order), through blind-index tokens and among the Scope's rows
 * only. A field that the reader sees masked, or not at all, can't be searched: the answer would tell what the
 * mask hides. What was typed is in no URL, log or audit entry.
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
  const wanted = wantedOf(input)
  const rows = await rowsOf(app, scope)
  const found = await candidates(app, rows, field, wanted)
  const ids = [...found].slice(0, MOST_CANDIDATES)
  const inCare = new Map(
    (await patientsInCareOf(app, user.id, app.clock())).map((one) => [one.patientId, one]),
  )
  const opened = await patientRows(app, scope, rows, ids, inCare)
  const matching = opened.filter(({ row }) => matches(wanted, row.values))
  const answer = matching.slice(0, MOST)
  entry.for(`search by ${input.by}`)
  entry.shown(disclosed(answer))
  return {
    items: answer.map(({ row }) => row),
    truncated: matching.length > MOST || ids.length === MOST_CANDIDATES,
  }
}
