import {
  MOST_CLAIMS_OPENED,
  MOST_CLAIMS_SHOWN,
  type SearchClaimsInput,
  type SearchClaimsOutput,
} from '@chartward/contract'
import { normaliseIdentifier } from '@chartward/crypto'
import type { RowAccess } from '@chartward/db'
import { searchValues } from '@chartward/fhir'
import type { FieldPath, PatientId, Scope } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { rowsOf } from '../../vault/rows.ts'
import { disclosed, type OpenedRow, patientRows } from '../patients/rows.ts'
import { answersTo } from './answers.ts'
import { candidatesFor } from './candidates.ts'
import { oneSearch } from './one-search.ts'
import { byService, isClaim, type OpenedClaim, openClaims } from './open-claims.ts'
import { payersInDirectory, withNamedPayer } from './payers.ts'
import { shownClaim } from './shown-claim.ts'
import { matches, type Wanted, wantedOf } from './wanted.ts'

interface Question {
  readonly ctx: VerbContext<'claim.searched'>
  readonly scope: Scope
  readonly input: SearchClaimsInput
}

/**
 * Finds claims and what payers explained of them by number, payer, month of service and the patient's MRN,
 * each exactly and all that are given, through blind-index tokens and among the Scope's rows only. Amounts
 * and states filter what is opened. Every claim that is shown has been opened and is what was asked for,
 * whatever the tokens say. What was typed is in no URL, log or audit entry.
 */
export const searchClaims = async ({ ctx, scope, input }: Question): Promise<SearchClaimsOutput> => {
  const wanted = wantedOf(scope, input)
  ctx.entry.for(`search by ${Object.keys(input).toSorted().join(', ')}`)
  return oneSearch(ctx.app, ctx.user.id, () => search(ctx, scope, wanted))
}

const search = async (
  { app, entry }: Question['ctx'],
  scope: Scope,
  wanted: Wanted,
): Promise<SearchClaimsOutput> => {
  const rows = await rowsOf(app, scope)
  const payers = await payersInDirectory(app, scope, wanted.payer)
  const { places, count: candidates } = await candidatesFor(app, rows, wanted, payers, MOST_CLAIMS_OPENED)
  const inDoubt = new Set<string>()
  const opened = await openClaims(app, scope, rows, places, (view) => {
    const found = isClaim(view) && matches(wanted, payers, view.type, view.values)
    if (found === 'by-entry') inDoubt.add(view.id)
    return found !== false
  })
  const named = await withNamedPayer(app, scope, wanted.payer, opened, inDoubt)
  const matching = (await ofPatientMeant(app, scope, rows, wanted, named)).toSorted(byService)
  const { items, people, fields, count } = await shown(app, scope, rows, matching.slice(0, MOST_CLAIMS_SHOWN))
  const { fields: ofPeople, ...patients } = disclosed(people)
  entry.shown({ ...patients, fields: [...fields, ...(ofPeople ?? [])], count, resource: CLAIMS })
  return { items, matching: matching.length, candidates, opened: places.length, payersCut: payers.cut }
}

const CLAIMS = { type: 'Claim', id: null } as const

/** Of claims found by an MRN's token, those of a patient who has that MRN by their own record. */
const ofPatientMeant = async (
  app: App,
  scope: Scope,
  rows: RowAccess,
  { mrn }: Wanted,
  claims: readonly OpenedClaim[],
): Promise<readonly OpenedClaim[]> => {
  if (mrn === undefined) return claims
  const people = await patientRows(app, scope, rows, patientsOf(claims), new Map())
  const meant = new Set(
    people
      .filter(({ row }) =>
        searchValues('Patient', { identity: row.values }).some(
          ({ field, values }) =>
            field === 'Patient.mrn' && values.some((value) => normaliseIdentifier(value) === mrn),
        ),
      )
      .map(({ patientId }) => patientId),
  )
  return claims.filter(({ patientId }) => meant.has(patientId))
}

const patientsOf = (claims: readonly OpenedClaim[]): PatientId[] => [
  ...new Set(claims.map(({ patientId }) => patientId)),
]

interface ShownClaims {
  readonly items: SearchClaimsOutput['items']
  readonly people: readonly OpenedRow[]
  readonly fields: ReadonlySet<FieldPath>
  /** Records, the patients' own apart. */
  readonly count: number
}

/** The rows of an answer, each with whose it is and what came of it. */
const shown = async (
  app: App,
  scope: Scope,
  rows: RowAccess,
  claims: readonly OpenedClaim[],
): Promise<ShownClaims> => {
  const people = await patientRows(app, scope, rows, patientsOf(claims), new Map())
  const byId = new Map(people.map((person) => [person.patientId, person.row]))
  const answers = await answersTo(app, scope, rows, claims)
  const items: SearchClaimsOutput['items'] = []
  const fields = new Set<FieldPath>()
  let count = 0
  for (const one of claims) {
    const patient = byId.get(one.patientId)
    const own = await shownClaim(app, scope, one)
    if (patient === undefined || own === null) continue
    const came = answers.to.get(one.view.id) ?? []
    for (const part of [own, ...came]) for (const path of part.fields) fields.add(path)
    count += 1 + came.length
    items.push({
      patient,
      claim: own.claim,
      answers: came.map(({ claim }) => claim),
      answersCut: answers.cut,
    })
  }
  return { items, people, fields, count }
}
