import type { SearchClaimsInput } from '@chartward/contract'
import { normaliseIdentifier } from '@chartward/crypto'
import { type ClaimKeyKind, type ClaimType, claimKeys, claimTotal, compareDecimals } from '@chartward/fhir'
import { digitsOf, type FieldPath, fieldAccess, type Scope } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import { normalClaimKey } from '../../vault/claim-tokens.ts'
import type { DirectoryPayers } from './payers.ts'

/** What was asked for, in the form in which it is compared. */
export interface Wanted
  extends Pick<SearchClaimsInput, 'month' | 'status' | 'outcome' | 'atLeast' | 'atMost'> {
  readonly number: string | undefined
  readonly payer: string | undefined
  readonly mrn: string | undefined
}

const BOTH = ['Claim', 'ExplanationOfBenefit'] as const

/** The fields by which each is looked for: those that the tokens are made of, or that are compared. */
const SEARCHED: Readonly<Record<string, readonly FieldPath[]>> = {
  number: BOTH.map((type) => `${type}.identifier` as const),
  payer: BOTH.flatMap((type) => [`${type}.insurer`, `${type}.insurance`, `${type}.contained`] as const),
  month: BOTH.flatMap((type) => [`${type}.billablePeriod`, `${type}.item`, `${type}.created`] as const),
  mrn: ['Patient.mrn'],
  atLeast: BOTH.map((type) => `${type}.total` as const),
  atMost: BOTH.map((type) => `${type}.total` as const),
  status: BOTH.map((type) => `${type}.status` as const),
  outcome: ['ExplanationOfBenefit.outcome'],
}

/**
 * A field that the reader sees masked, or not at all, can't be searched: the answer would tell what it
 * hides.
 */
const requireClear = (scope: Scope, input: SearchClaimsInput): void => {
  for (const [key, paths] of Object.entries(SEARCHED))
    if (key in input && paths.some((path) => fieldAccess(scope, path) !== 'clear'))
      throw new ChartwardError('FORBIDDEN')
}

/** Throws INVALID_INPUT for what has neither letter nor digit, and for amounts that nothing lies between. */
export const wantedOf = (scope: Scope, input: SearchClaimsInput): Wanted => {
  requireClear(scope, input)
  const { number, payer, mrn, month, status, outcome, atLeast, atMost } = input
  const said = (field: 'number' | 'payer' | 'mrn', normal: string | undefined): string | undefined => {
    if (normal === '') throw new ChartwardError('INVALID_INPUT', 'Type letters or digits.', { field })
    return normal
  }
  if (atLeast !== undefined && atMost !== undefined && (compareDecimals(atLeast, atMost) ?? 1) > 0)
    throw new ChartwardError('INVALID_INPUT', 'Type an amount that is not below the other one.', {
      field: 'atMost',
    })
  return {
    number: said('number', number === undefined ? undefined : normalClaimKey('number', number)),
    payer: said('payer', payer === undefined ? undefined : normalClaimKey('payer', payer)),
    mrn: said('mrn', mrn === undefined ? undefined : normaliseIdentifier(mrn)),
    month,
    status,
    outcome,
    atLeast,
    atMost,
  }
}

type Values = Readonly<Record<string, unknown>>

/** Whether the digits of an amount lie between those asked for; what has no amount lies nowhere. */
const isBetween = ({ atLeast, atMost }: Wanted, digits: string | null): boolean => {
  if (atLeast === undefined && atMost === undefined) return true
  if (digits === null) return false
  const above = atLeast === undefined ? 0 : compareDecimals(digits, atLeast)
  const below = atMost === undefined ? 0 : compareDecimals(atMost, digits)
  return above !== null && below !== null && above >= 0 && below >= 0
}

/**
 * Whether an opened claim is one that was asked for, whatever token led to it. `by-entry`: if the entry of
 * the directory that it refers to is the payer's.
 */
export const matches = (
  wanted: Wanted,
  payers: DirectoryPayers,
  type: ClaimType,
  values: Values,
): boolean | 'by-entry' => {
  const keys = claimKeys(type, { billing: values })
  const has = (kind: ClaimKeyKind, normal: string | undefined): boolean =>
    normal === undefined ||
    keys.some((key) => key.kind === kind && normalClaimKey(kind, key.value) === normal)
  const rest =
    has('number', wanted.number) &&
    has('month', wanted.month) &&
    (wanted.status === undefined || values.status === wanted.status) &&
    (wanted.outcome === undefined || values.outcome === wanted.outcome) &&
    isBetween(wanted, digitsOf(claimTotal(type, values)?.value))
  if (!rest || has('payer', wanted.payer)) return rest
  return keys.some(({ kind, value }) => kind === 'payer-entry' && payers.ids.has(value)) ? 'by-entry' : false
}
