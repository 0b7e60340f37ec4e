import { FIELD_PATHS, type FieldPath, pathsOf, RESOURCE_TYPES, type ResourceType } from './catalog/index.ts'
import { type FieldGrant, FieldGrants, NO_FIELDS } from './field-grants.ts'
import { type Policy, type Role, type RoleRef, type RowRule, roleOf, type Statement } from './policy.ts'
import { expandSelector, isExact } from './selectors.ts'

export interface CompiledStatement {
  /** Its place in the policy: decisions do not depend on the order in which roles were assigned. */
  readonly order: number
  readonly id: string
  readonly allows: boolean
  readonly permissions: ReadonlySet<string>
  readonly rows: RowRule | null
  /** In an allow: what it shows. In a deny: the fields it takes away. */
  readonly fields: ReadonlyMap<FieldPath, FieldGrant>
  /** A deny of the permission itself rather than of fields. */
  readonly refuses: boolean
  readonly breakGlass: boolean
  /** Of an allow of the actor's own record: that it shows what no field is declared for. */
  readonly whole: boolean
  /** Of an allow: the security labels that it opens. */
  readonly labels: ReadonlySet<string>
}

/** One version of a role. */
export interface CompiledRole {
  readonly name: string
  readonly version: number
  readonly statements: readonly CompiledStatement[]
}

export interface CompiledPolicy {
  readonly everyone: readonly CompiledStatement[]
  /** The role that an assignment gives. */
  find(ref: RoleRef): CompiledRole | undefined
}

const PATHS: ReadonlyMap<ResourceType, readonly FieldPath[]> = new Map(
  RESOURCE_TYPES.map((type) => [type, pathsOf(type)]),
)

const compiled = new WeakMap<Policy, CompiledPolicy>()

/** Expands selectors once per policy object; later calls are one look-up. */
export const compilePolicy = (policy: Policy): CompiledPolicy => {
  const known = compiled.get(policy)
  if (known !== undefined) return known
  let order = 0
  const compileAll = (statements: readonly Statement[]) =>
    statements.map((statement) => compileStatement(statement, order++))
  const everyone = compileAll(policy.everyone ?? [])
  const all = [...Object.values(policy.roles), ...Object.values(policy.versions ?? {}).flat()]
  const roles = new Map<Role, CompiledRole>()
  for (const role of all) {
    const { name, version, statements } = role
    if (!roles.has(role)) roles.set(role, { name, version, statements: compileAll(statements) })
  }
  const fresh: CompiledPolicy = {
    everyone,
    find: (ref) => {
      const role = roleOf(policy, ref)
      return role === undefined ? undefined : roles.get(role)
    },
  }
  compiled.set(policy, fresh)
  return fresh
}

/**
 * A policy may come out of a database, so that nothing is taken on trust from its type: an effect that is not
 * `allow` denies, an unknown row rule covers nobody in an allow and everybody in a deny. With a selector that
 * the catalog does not know an allow shows no field at all, since it may have been the one that masked or hid
 * some of them, and a deny refuses the permission.
 */
const compileStatement = (statement: Statement, order: number): CompiledStatement => {
  const allows = statement.effect === 'allow'
  const base = {
    order,
    id: statement.id,
    allows,
    permissions: new Set<string>(statement.permissions),
    rows: isRowRule(statement.rows) ? statement.rows : null,
    breakGlass: statement.breakGlass === true,
    whole: allows && statement.rows === 'self' && statement.whole === true,
    labels: new Set<string>(statement.labels),
  }
  if (allows) return { ...base, fields: grantedBy(statement), refuses: false }
  const selectors = selectorsOf(statement)
  const expanded = selectors.map((selector) => expandSelector(selector))
  const taken = expanded.flatMap((paths) => paths ?? [])
  return {
    ...base,
    fields: new FieldGrants(taken.map((path) => [path, 'clear'])),
    refuses: selectors.length === 0 || expanded.includes(undefined),
  }
}

const isRowRule = (rows: string | undefined): rows is RowRule =>
  rows === 'care' || rows === 'self' || rows === 'all'

/** Every selector that a statement names. */
const selectorsOf = ({ clear = [], partly = [], masked = [], hidden = [] }: Statement) => [
  ...clear,
  ...partly,
  ...masked,
  ...hidden,
]

const grantedBy = (statement: Statement): FieldGrants => {
  const grants = new Map<FieldPath, FieldGrant>()
  if (selectorsOf(statement).some((selector) => expandSelector(selector) === undefined)) return NO_FIELDS
  // Later writes win: broad before exact, and what shows more before what shows less at each of the two.
  for (const exact of [false, true]) {
    for (const [selectors, grant] of [
      [statement.clear, 'clear'],
      [statement.partly, 'partly'],
      [statement.masked, 'masked'],
      [statement.hidden, null],
    ] as const) {
      for (const selector of selectors ?? []) {
        if (isExact(selector) !== exact) continue
        for (const path of expandSelector(selector) ?? []) {
          if (grant === null) grants.delete(path)
          else grants.set(path, grant)
        }
      }
    }
  }
  return new FieldGrants(grants)
}

/** What shows more comes later. */
const GRANTS: readonly (FieldGrant | undefined)[] = [undefined, 'masked', 'partly', 'clear']

/** The one of two that shows more. */
const more = (one: FieldGrant | undefined, other: FieldGrant | undefined): FieldGrant | undefined =>
  GRANTS.indexOf(one) < GRANTS.indexOf(other) ? other : one

/**
 * The union of what `allowing` shows (what shows more beats what shows less) without what `denying` takes
 * away, of `types` or of all.
 */
export const mergeFields = (
  allowing: readonly CompiledStatement[],
  denying: readonly CompiledStatement[],
  types: readonly ResourceType[] | null,
): FieldGrants => {
  const [first] = allowing
  if (first === undefined) return NO_FIELDS
  // Types are chosen by clients: what of them is kept is bounded elsewhere.
  return types === null ? mergedAll(first, allowing, denying) : mergeAnew(allowing, denying, types)
}

/** Statements one after the other, and what they show together once that has been worked out. */
interface Merged {
  grants?: FieldGrants
  readonly next: WeakMap<object, Merged>
}

/** By the first statement, and as long as it is there: with how many have been kept of it. */
const merges = new WeakMap<CompiledStatement, { root: Merged; kept: number }>()
const MOST_MERGES = 200
const THEN_DENIALS = Object.freeze({})

/** Of all types: the same statements together, whichever permission or person it is for, are merged once. */
const mergedAll = (
  first: CompiledStatement,
  allowing: readonly CompiledStatement[],
  denying: readonly CompiledStatement[],
): FieldGrants => {
  let of = merges.get(first)
  if (of === undefined || of.kept >= MOST_MERGES) {
    of = { root: { next: new WeakMap() }, kept: 0 }
    merges.set(first, of)
  }
  let at = of.root
  for (const step of [...allowing, THEN_DENIALS, ...denying]) {
    const known = at.next.get(step) ?? { next: new WeakMap() }
    at.next.set(step, known)
    at = known
  }
  if (at.grants === undefined) {
    at.grants = mergeAnew(allowing, denying, null)
    of.kept += 1
  }
  return at.grants
}

const mergeAnew = (
  allowing: readonly CompiledStatement[],
  denying: readonly CompiledStatement[],
  types: readonly ResourceType[] | null,
): FieldGrants => {
  const grants: [FieldPath, FieldGrant][] = []
  for (const path of types === null ? FIELD_PATHS : types.flatMap((type) => PATHS.get(type) ?? [])) {
    if (denying.some(({ fields }) => fields.has(path))) continue
    let found: FieldGrant | undefined
    for (const { fields } of allowing) {
      found = more(found, fields.get(path))
      if (found === 'clear') break
    }
    if (found !== undefined) grants.push([path, found])
  }
  // What is taken away may stand among what no field is declared for: where there is a denial, none is shown.
  const whole = allowing.some((one) => one.whole) && denying.every(({ fields }) => fields.size === 0)
  return grants.length === 0 ? NO_FIELDS : new FieldGrants(grants, whole)
}
