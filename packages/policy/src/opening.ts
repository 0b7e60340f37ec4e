import { RESOURCE_TYPES, type ResourceType, resourceOf } from './catalog/index.ts'
import { type CompiledStatement, mergeFields } from './compile.ts'
import type { DecisionResource } from './decision.ts'
import { type FieldGrants, NO_FIELDS } from './field-grants.ts'
import type { PermissionSpec } from './permissions.ts'
import type { RefusalReason } from './reasons.ts'
import type { Rows } from './scope.ts'
import type { SecurityLabel } from './security-labels.ts'

const DIRECTORY: readonly ResourceType[] = RESOURCE_TYPES.filter(
  (type) => resourceOf(type).compartment === 'directory',
)

/** All that statements look at of a request: for which patients, and what ties the actor to them. */
export interface Reach {
  readonly kind: DecisionResource['kind']
  /** Of one patient: a care relationship is in force. */
  readonly inCare: boolean
  /** Of one patient: the actor has broken the glass, and that is in force. */
  readonly glass: boolean
  /** Of one patient: it is the actor. Of many: the actor is a patient. */
  readonly self: boolean
}

/**
 * What statements say of a permission, before anything is asked of the person or the moment: refused, or open
 * for these rows and fields. It depends on its arguments alone, so that it can be kept.
 */
export type Opening =
  | {
      readonly opens: false
      readonly effect: 'deny' | 'needs-break-glass'
      readonly reason: RefusalReason
      readonly statement: string | null
    }
  | {
      readonly opens: true
      readonly statement: string
      readonly rows: Rows['kind']
      readonly fields: FieldGrants
      /** The ids of the grants, then of the denials that took fields away. */
      readonly statements: readonly string[]
      /** What is shown of a record that carries these security labels. */
      fieldsUnder(labels: readonly SecurityLabel[]): FieldGrants
    }

/**
 * What `statements`, those in force for a permission, open: explicit deny, then allow, then default deny.
 *
 * @param types the record types that are asked for; null for all
 */
export const openingOf = (
  statements: readonly CompiledStatement[],
  spec: PermissionSpec,
  reach: Reach,
  types: readonly ResourceType[] | null,
): Opening => {
  const aboutPatients = spec.subject !== 'none'
  const readsRecords = spec.subject === 'record'
  const denying = statements.filter((one) => !one.allows && (!aboutPatients || mayDeny(one, reach)))
  const refusing = denying.find(({ refuses }) => refuses)
  if (refusing !== undefined) return refused('explicit-deny', refusing)

  const allowing = statements.filter(({ allows }) => allows)
  if (allowing.length === 0) return refused('no-statement')

  const admitted: Admission = aboutPatients ? admit(allowing, reach) : { rows: 'none', statements: allowing }
  const [first] = admitted.statements
  if (first === undefined) return glassFor(statements, spec, reach, types) ?? refusedRows(allowing)

  const asked = readsRecords ? mergeFields(admitted.statements, denying, types) : NO_FIELDS
  if (readsRecords && asked.size === 0) {
    const granted = mergeFields(admitted.statements, [], types)
    const taking = denying.find(({ fields }) => [...granted.keys()].some((path) => fields.has(path)))
    const reason = taking === undefined ? 'no-readable-field' : 'explicit-deny'
    return glassFor(statements, spec, reach, types) ?? refused(reason, taking)
  }

  const made = readsRecords ? [...admitted.statements, ...denying] : admitted.statements
  const byLabels = new Map<string, FieldGrants>()
  return {
    opens: true,
    statement: first.id,
    rows: admitted.rows,
    // What records of these types refer to in the directory goes with them, as far as it is granted at all.
    fields:
      types === null || asked.size === 0
        ? asked
        : mergeFields(admitted.statements, denying, [...types, ...DIRECTORY]),
    statements: Object.freeze(made.map(({ id }) => id)),
    fieldsUnder: (labels) => {
      if (!readsRecords) return NO_FIELDS
      const key = labels.join()
      const known = byLabels.get(key)
      if (known !== undefined) return known
      const fields = mergeFields(admitted.statements.filter(opensLabels(labels)), denying, types)
      byLabels.set(key, fields)
      return fields
    },
  }
}

const refused = (
  reason: RefusalReason,
  statement?: CompiledStatement,
  effect: 'deny' | 'needs-break-glass' = 'deny',
): Opening => ({ opens: false, effect, reason, statement: statement?.id ?? null })

/** The statements that name each of these labels. */
const opensLabels =
  (labels: readonly SecurityLabel[]) =>
  (statement: CompiledStatement): boolean =>
    labels.every((label) => statement.labels.has(label))

/**
 * Whether a statement's rows cover the one patient of the request. Break-glass stands in for a care
 * relationship in those allows alone that let it; what is denied in care is denied under it too.
 */
const coversPatient = (
  { rows, allows, breakGlass }: CompiledStatement,
  { inCare, glass, self }: Reach,
): boolean =>
  rows === 'all' ||
  (rows === 'care' && (inCare || (glass && (breakGlass || !allows)))) ||
  (rows === 'self' && self)

/** Over many patients a deny that may hold for one of them holds for the list. */
const mayDeny = (statement: CompiledStatement, reach: Reach): boolean =>
  statement.rows === null || reach.kind !== 'patient' || coversPatient(statement, reach)

interface Admission {
  readonly rows: Rows['kind']
  readonly statements: readonly CompiledStatement[]
}

/**
 * The rows of the request, and the statements whose rows cover all of them: only from these may fields come.
 * Over many patients that means the widest rows, and nothing from a statement that is narrower: a billing
 * clerk who is a nurse too sees billing fields in a list of all patients, and nurse fields on the patients
 * in their care.
 */
const admit = (allowing: readonly CompiledStatement[], reach: Reach): Admission => {
  if (reach.kind === 'patient') {
    return { rows: 'patient', statements: allowing.filter((one) => coversPatient(one, reach)) }
  }
  const withRows = (rule: CompiledStatement['rows']) => allowing.filter(({ rows }) => rows === rule)
  const all = withRows('all')
  if (all.length > 0) return { rows: 'all', statements: all }
  const care = withRows('care')
  if (care.length > 0) return { rows: 'care', statements: care }
  return reach.self ? { rows: 'self', statements: withRows('self') } : { rows: 'none', statements: [] }
}

/**
 * Break-glass for one patient who is not in care, where it would open something: by the statements whose
 * missing care relationship it may stand in for, under the denials that would then hold.
 */
const glassFor = (
  statements: readonly CompiledStatement[],
  spec: PermissionSpec,
  reach: Reach,
  types: readonly ResourceType[] | null,
): Opening | null => {
  if (reach.kind !== 'patient' || reach.inCare || reach.glass) return null
  const asInCare = { ...reach, inCare: true }
  const denying = statements.filter((one) => !one.allows && mayDeny(one, asInCare))
  const opening = statements.filter(({ allows, rows, breakGlass }) => allows && rows === 'care' && breakGlass)
  const [first] = opening
  if (first === undefined || denying.some(({ refuses }) => refuses)) return null
  if (spec.subject === 'record' && mergeFields(opening, denying, types).size === 0) return null
  return refused('no-care-relationship', first, 'needs-break-glass')
}

/** Says what would have opened the patient: a care relationship, or being the patient. */
const refusedRows = (allowing: readonly CompiledStatement[]): Opening => {
  const care = allowing.find(({ rows }) => rows === 'care')
  if (care !== undefined) return refused('no-care-relationship', care)
  const self = allowing.find(({ rows }) => rows === 'self')
  return self === undefined ? refused('no-statement') : refused('not-self', self)
}
