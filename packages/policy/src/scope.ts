import { FIELD_PATHS, type FieldPath, fieldOf, pathsOf, type ResourceType } from './catalog/index.ts'
import type { FieldGrant, FieldGrants } from './field-grants.ts'
import type { PatientId, UserId } from './ids.ts'
import type { Permission } from './permissions.ts'
import type { SecurityLabel } from './security-labels.ts'
import { READABLE_CLASSES, type ReadableClass } from './selectors.ts'

/**
 * Which patients a scope covers: one; those in the care of a user; the actor's own record; every
 * patient; none.
 */
export type Rows =
  | { readonly kind: 'patient'; readonly patientId: PatientId }
  | { readonly kind: 'care'; readonly userId: UserId }
  | { readonly kind: 'self'; readonly patientId: PatientId }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }

/** What the scope's statements show of a record with these labels. */
type FieldsUnder = (labels: readonly SecurityLabel[]) => FieldGrants

/**
 * What one allowed request may reach. Only decide() makes one: the class leaves this package as a type
 * alone, and its private mark is lost in a spread or a copy, so that neither the compiler nor `isScope`
 * takes a forged one.
 */
export class Scope {
  readonly #minted = true
  readonly #fieldsUnder: FieldsUnder
  readonly permission: Permission
  readonly fields: ReadonlyMap<FieldPath, FieldGrant>
  /** Whether what no field is declared for is shown too: of the actor's own record alone. */
  readonly whole: boolean
  readonly rows: Rows
  /** The ids of the statements that made it: the grants, then the denials that took fields away. */
  readonly statements: readonly string[]

  constructor(
    permission: Permission,
    fields: FieldGrants,
    rows: Rows,
    statements: readonly string[],
    fieldsUnder: FieldsUnder,
  ) {
    this.permission = permission
    this.fields = fields
    this.whole = fields.whole
    this.rows = Object.freeze(rows)
    this.statements = Object.freeze(statements)
    this.#fieldsUnder = fieldsUnder
    Object.freeze(this)
  }

  static under(scope: Scope, labels: readonly SecurityLabel[]): Scope {
    if (labels.length === 0) return scope
    const { permission, rows, statements } = scope
    const under: FieldsUnder = (more) => scope.#fieldsUnder([...labels, ...more])
    return new Scope(permission, under([]), rows, statements, under)
  }

  static isScope(value: unknown): value is Scope {
    return typeof value === 'object' && value !== null && #minted in value
  }
}

/** Whether the value is a scope that decide() made, for code that is reached without the compiler's help. */
export const isScope = (value: unknown): value is Scope => Scope.isScope(value)

/**
 * The scope for a record that carries these security labels: what those statements show that name each of
 * them, and no field where there is none.
 */
export const scopeUnder = (scope: Scope, labels: readonly SecurityLabel[]): Scope =>
  Scope.under(scope, labels)

/** What the scope shows of a field. A path the catalog does not know is `none`. */
export const fieldAccess = (scope: Scope, path: FieldPath): FieldGrant | 'none' =>
  scope.fields.get(path) ?? 'none'

/** By the field map of a scope, which the policy makes once for many scopes, and by type or '' for all. */
const classesOf = new WeakMap<Scope['fields'], Map<string, readonly ReadableClass[]>>()

/**
 * The classes that have to be decrypted to serve this scope, of one resource type or of all.
 * Never `unmapped`, which goes with the whole of a record (`Scope.whole`).
 */
export const readableClasses = ({ fields }: Scope, type?: ResourceType): readonly ReadableClass[] => {
  let byType = classesOf.get(fields)
  if (byType === undefined) {
    byType = new Map()
    classesOf.set(fields, byType)
  }
  let classes = byType.get(type ?? '')
  if (classes === undefined) {
    const found = new Set<string>()
    for (const path of fields.keys()) {
      const field = fieldOf(path)
      if (field !== undefined && (type === undefined || path.startsWith(`${type}.`))) found.add(field.class)
    }
    classes = Object.freeze(READABLE_CLASSES.filter((fieldClass) => found.has(fieldClass)))
    byType.set(type ?? '', classes)
  }
  return classes
}

/**
 * The fields this scope may search by: those it shows clear. Searching a masked field would tell
 * what it hides.
 */
export const searchableFields = (scope: Scope): FieldPath[] =>
  FIELD_PATHS.filter(
    (path) => scope.fields.get(path) === 'clear' && (fieldOf(path)?.search ?? 'none') !== 'none',
  )

export interface Redactions {
  readonly masked: readonly FieldPath[]
  readonly withheld: readonly FieldPath[]
}

/**
 * What the scope does not show clear of a resource type, so that the reader can be told that
 * something is missing.
 */
export const redactions = (scope: Scope, type: ResourceType): Redactions => {
  const paths = pathsOf(type)
  return {
    // What is shown in part is not shown whole.
    masked: paths.filter((path) => scope.fields.has(path) && scope.fields.get(path) !== 'clear'),
    withheld: paths.filter((path) => !scope.fields.has(path)),
  }
}
