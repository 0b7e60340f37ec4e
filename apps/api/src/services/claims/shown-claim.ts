import type { ClaimView } from '@chartward/contract'
import { isClaimType, payersOf, titleOf } from '@chartward/fhir'
import { type FieldPath, isFieldPath, type PatientId, type Scope } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { RecordView } from '../../vault/view.ts'
import { referencedNames } from '../directory/referenced.ts'
import { meaningOut } from '../records/record-of.ts'
import type { OpenedClaim } from './open-claims.ts'

/** Of a claim what tells it from another one in a list; the rest is in the record itself. */
const SHOWN = {
  Claim: ['identifier', 'status', 'use', 'type', 'billablePeriod', 'created', 'item', 'diagnosis', 'total'],
  ExplanationOfBenefit: [
    ...['identifier', 'status', 'use', 'type', 'billablePeriod', 'created', 'item', 'diagnosis', 'total'],
    ...['outcome', 'payment'],
  ],
  ClaimResponse: ['status', 'type', 'created', 'outcome', 'payment'],
} as const

/** A claim as it leaves, and the fields that it shows. */
export interface ShownClaim {
  readonly claim: ClaimView
  readonly fields: readonly FieldPath[]
}

/** Cuts an opened claim down to what a list shows of it. */
export const shownClaim = async (
  app: App,
  scope: Scope,
  { patientId, view }: OpenedClaim,
): Promise<ShownClaim | null> => {
  const { id, type, untrusted } = view
  if (type !== 'ClaimResponse' && !isClaimType(type)) return null
  const names: readonly string[] = SHOWN[type]
  const values = Object.fromEntries(Object.entries(view.values).filter(([name]) => names.includes(name)))
  const { payer, fields } = await payerOf(app, scope, patientId, view)
  const paths = Object.keys(values).map((name) => `${type}.${name}`)
  return {
    claim: { id, type, values, payer, meaning: meaningOut(view.meaning), untrusted },
    fields: [...paths.filter(isFieldPath), ...fields],
  }
}

/** What the first reference to the payer means, of the directory where it has no words of its own. */
const payerOf = async (
  app: App,
  scope: Scope,
  patientId: PatientId,
  { id, type, values }: RecordView,
): Promise<{ payer: string | null; fields: readonly FieldPath[] }> => {
  const path = `${type}.${values.insurer === undefined ? 'insurance' : 'insurer'}`
  const fields = isFieldPath(path) && values[path.slice(type.length + 1)] !== undefined ? [path] : []
  const [said] = payersOf(values)
  if (said !== undefined) return { payer: said, fields }
  const { insurer } = values
  if (insurer === undefined) return { payer: null, fields: [] }
  const found = await referencedNames(app, scope, patientId, [
    { id, type, values: { id: values.id, insurer } },
  ])
  const payer =
    Object.values(found.names.get(id) ?? {})[0] ?? titleOf('Coverage', { payor: [insurer] })?.value
  return { payer: payer ?? null, fields: [...fields, ...found.shown] }
}
