import {
  MOST_FOUND_IN_EMERGENCY,
  type SearchInEmergencyInput,
  type SearchInEmergencyOutput,
} from '@chartward/contract'
import type { FieldPath, Scope } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { rowsOf } from '../../vault/rows.ts'
import { countTry } from '../auth/secret-rate.ts'
import { candidates, MOST_CANDIDATES, mrnWanted, nameWanted, type Wanted } from '../patients/candidates.ts'
import { disclosed, type OpenedRow, patientRows } from '../patients/rows.ts'
import { isFullName, nameShown } from './full-name.ts'

/** So many searches a minute are one person's in an emergency; more are somebody who tries people out. */
const MOST_A_MINUTE = 10

const NAME_NEEDED = 'Type the full name: given name and family name, as they are registered.'

const wantedOf = ({ mrn, name = '' }: SearchInEmergencyInput): Wanted => {
  const wanted = mrn === undefined ? nameWanted(name) : mrnWanted(mrn)
  if (wanted !== null) return wanted
  throw mrn === undefined
    ? new ChartwardError('INVALID_INPUT', NAME_NEEDED, { field: 'name' })
    : new ChartwardError('INVALID_INPUT', 'Type the whole medical record number.', { field: 'mrn' })
}

/**
 * An MRN has been found by its whole token; of names and birth dates what was decrypted has to be the same.
 */
const isMeant =
  ({ name, birthDate }: SearchInEmergencyInput) =>
  ({ row: { values, withheld } }: OpenedRow): boolean =>
    !withheld &&
    (birthDate === undefined || values.birthDate === birthDate) &&
    (name === undefined || isFullName(name, values.name))

/**
 * Finds somebody outside one's care, to break the glass for them: by the whole MRN, or by full name and birth
 * date, among all patients. Three people at most, each with what tells them apart and no more, and each named
 * in the entry; of more than three none is shown. How often one may ask is bounded, so that nobody tries
 * people out.
 */
export const searchInEmergency = async ({
  ctx: { app, user, entry },
  scope,
  input,
}: {
  ctx: VerbContext<'patient.emergency-searched'>
  scope: Scope
  input: SearchInEmergencyInput
}): Promise<SearchInEmergencyOutput> => {
  await countTry(app, `emergency-search\0${user.id}`, MOST_A_MINUTE)
  const wanted = wantedOf(input)
  entry.for(wanted.by === 'mrn' ? 'emergency search by mrn' : 'emergency search by name and birth date')
  const found = await candidates(app, await rowsOf(app, scope), wanted)
  const ids = [...found].slice(0, MOST_CANDIDATES)
  const opened = await patientRows(app, scope, ids, ids, new Map())
  const meant = opened.filter(isMeant(input))
  const tooMany = meant.length > MOST_FOUND_IN_EMERGENCY || ids.length === MOST_CANDIDATES
  const answer = tooMany ? [] : meant
  entry.shown(shownOf(answer))
  return {
    items: answer.map(({ patientId, row: { values } }) => ({
      patientId,
      name: nameShown(values.name, app.clock()),
      birthYear: yearOf(values.birthDate),
      sex: typeof values.gender === 'string' ? values.gender : null,
    })),
    tooMany,
  }
}

const yearOf = (date: unknown): string | null =>
  typeof date === 'string' ? (/^\d{4}/.exec(date)?.[0] ?? null) : null

const BIRTH_DATE: FieldPath = 'Patient.birthDate'

/** What the answer shows: of a birth date the year alone, which is its mask. */
const shownOf = (answer: readonly OpenedRow[]) => {
  const { fields = [], ...rest } = disclosed(answer)
  const all = [...fields]
  return {
    ...rest,
    fields: all.filter((path) => path !== BIRTH_DATE),
    masked: all.includes(BIRTH_DATE) ? [BIRTH_DATE] : [],
  }
}
