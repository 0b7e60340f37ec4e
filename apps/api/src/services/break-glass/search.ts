import {
  MOST_FOUND_IN_EMERGENCY,
  type SearchInEmergencyInput,
  type SearchInEmergencyOutput,
} from '@chartward/contract'
import { normaliseIdentifier } from '@chartward/crypto'
import { searchValues } from '@chartward/fhir'
import { type FieldPath, fieldAccess, type Scope } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { rowsOf } from '../../vault/rows.ts'
import { countTry } from '../auth/secret-rate.ts'
import { candidates, MOST_CANDIDATES, mrnWanted, nameWanted, type Wanted } from '../patients/candidates.ts'
import { disclosed, type OpenedRow, patientRows } from '../patients/rows.ts'
import { isFullName, nameShown } from './full-name.ts'

/** So many searches a minute are one person's in an emergency; more are somebody who tries people out. */
const MOST_A_MINUTE = 10

const BIRTH_DATE: FieldPath = 'Patient.birthDate'
const MRN: FieldPath = 'Patient.mrn'

const NAME_NEEDED = 'Type the full name: given name and family name, as they are registered.'

const wantedOf = ({ mrn, name = '' }: SearchInEmergencyInput): Wanted => {
  const wanted = mrn === undefined ? nameWanted(name) : mrnWanted(mrn)
  if (wanted !== null) return wanted
  throw mrn === undefined
    ? new ChartwardError('INVALID_INPUT', NAME_NEEDED, { field: 'name' })
    : new ChartwardError('INVALID_INPUT', 'Type the whole medical record number.', { field: 'mrn' })
}

/**
 * A field that the reader sees masked, or not at all, can't be searched: the answer would tell what it hides.
 * Throws FORBIDDEN.
 */
const requireClear = (scope: Scope, { mrn, name, birthDate }: SearchInEmergencyInput): void => {
  const searched: FieldPath[] = [
    ...(mrn === undefined ? [] : [MRN]),
    ...(name === undefined ? [] : ['Patient.name' as const]),
    ...(birthDate === undefined ? [] : [BIRTH_DATE]),
  ]
  if (searched.some((path) => fieldAccess(scope, path) !== 'clear')) throw new ChartwardError('FORBIDDEN')
}

const hasMrn = (values: Readonly<Record<string, unknown>>, mrn: string): boolean =>
  searchValues('Patient', { identity: values }).some(
    (found) => found.field === MRN && found.values.some((value) => normaliseIdentifier(value) === mrn),
  )

/** Whatever the tokens say: what was decrypted has to be the same. */
const isMeant =
  ({ mrn, name, birthDate }: SearchInEmergencyInput) =>
  ({ row: { values, withheld } }: OpenedRow): boolean =>
    !withheld &&
    (mrn === undefined || hasMrn(values, normaliseIdentifier(mrn))) &&
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
  requireClear(scope, input)
  const wanted = wantedOf(input)
  entry.for(wanted.by === 'mrn' ? 'emergency search by mrn' : 'emergency search by name and birth date')
  const found = await candidates(app, await rowsOf(app, scope), wanted)
  const ids = [...found].slice(0, MOST_CANDIDATES)
  const opened = await patientRows(app, scope, ids, ids, new Map())
  const meant = opened.filter(isMeant(input))
  const tooMany = meant.length > MOST_FOUND_IN_EMERGENCY || ids.length === MOST_CANDIDATES
  const answer = tooMany ? [] : meant
  entry.shown(shownOf(answer, wanted.by))
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

/**
 * What the answer shows: of a birth date the year alone, which is its mask; of an MRN that the person who was
 * found has it, where it was looked for.
 */
const shownOf = (answer: readonly OpenedRow[], by: Wanted['by']) => {
  const { fields = [], ...rest } = disclosed(answer)
  const all = [...fields]
  return {
    ...rest,
    fields: all.filter((path) => path !== BIRTH_DATE && (path !== MRN || by === 'mrn')),
    masked: all.includes(BIRTH_DATE) ? [BIRTH_DATE] : [],
  }
}
