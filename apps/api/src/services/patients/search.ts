import { NAME_SEARCH_NEEDS, type SearchPatientsInput, type SearchPatientsOutput } from '@chartward/contract'
import { isFoundBy, normaliseIdentifier } from '@chartward/crypto'
import { searchValues } from '@chartward/fhir'
import { type Scope, searchableFields } from '@chartward/policy'
import { patientsInCareOf } from '../../care/relationship.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { rowsOf } from '../../vault/rows.ts'
import { candidates, FIELD_OF, MOST_CANDIDATES, mrnWanted, nameWanted, type Wanted } from './candidates.ts'
import { disclosed, patientRows } from './rows.ts'

/** As many people as one answer shows; more say so, and the person types more. */
const MOST = 50

/** Throws INVALID_INPUT for what has no token: the sentence says what to type. */
const wantedOf = ({ by, text }: SearchPatientsInput): Wanted => {
  const wanted = by === 'mrn' ? mrnWanted(text) : nameWanted(text)
  if (wanted !== null) return wanted
  const says = by === 'mrn' ? 'Type the whole medical record number.' : NAME_SEARCH_NEEDS
  throw new ChartwardError('INVALID_INPUT', says, { field: 'text' })
}

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
  const found = await candidates(app, rows, wanted)
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
