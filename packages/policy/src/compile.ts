import { FIELD_PATHS, type FieldPath, pathsOf, RESOURCE_TYPES, type ResourceType } from './catalog/index.ts'
import { type FieldGrant, FieldGrants, NO_FIELDS } from './field-grants.ts'
import type { Policy, RowRule, Statement } from './policy.ts'
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
  /** Of an allow: the security labels that it opens. */
  readonly labels: ReadonlySet<string>
}

export interface CompiledPolicy {
  readonly everyone: readonly CompiledStatement[]
  readonly roles: ReadonlyMap<
    string,
    { readonly version: number; readonly statements: readonly CompiledStatement[] }
  >
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
  const fresh: CompiledPolicy = {
    everyone: compileAll(policy.everyone ?? []),
    roles: new Map(
      Object.entries(policy.roles).map(([name, role]) => [
        name,
        { version: role.version, statements: compileAll(role.statements) },
      ]),
    ),
  }
  compiled.set(policy, fresh)
  return fresh
}

/**
 * A policy may come out of a database, so that nothing is taken on trust from its type: an effect that is not
 * `allow` denies, an unknown row rule covers nobody in an allow and everybody in a deny, and a selector that
 * the catalog does not know grants nothing in an allow and refuses the permission in a deny.
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
    labels: new Set<string>(statement.labels),
  }
  if (allows) return { ...base, fields: grantedBy(statement), refuses: false }
  const selectors = [...(statement.clear ?? []), ...(statement.masked ?? [])]
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

const grantedBy = (statement: Statement): FieldGrants => {
  const grants = new Map<FieldPath, FieldGrant>()
  // Later writes win: broad before exact, and clear before masked at each of the two levels.
  for (const exact of [false, true]) {
    for (const [selectors, grant] of [
      [statement.clear, 'clear'],
      [statement.masked, 'masked'],
    ] as const) {
      for (const selector of selectors ?? []) {
        if (isExact(selector) !== exact) continue
        for (const path of expandSelector(selector) ?? []) grants.set(path, grant)
      }
    }
  }
  return new FieldGrants(grants)
}

/**
 * The union of what `allowing` shows (clear beats masked) without what `denying` takes away, of
 * `types` or of all.
 */
export const mergeFields = (
  allowing: readonly CompiledStatement[],
  denying: readonly CompiledStatement[],
  types: readonly ResourceType[] | null,
): FieldGrants => {
  const grants: [FieldPath, FieldGrant][] = []
  for (const path of types === null ? FIELD_PATHS : types.flatMap((type) => PATHS.get(type) ?? [])) {
    if (denying.some(({ fields }) => fields.has(path))) continue
    let found: FieldGrant | undefined
    for (const { fields } of allowing) {
      found = fields.get(path) ?? found
      if (found === 'clear') break
    }
    if (found !== undefined) grants.push([path, found])
  }
  return grants.length === 0 ? NO_FIELDS : new FieldGrants(grants)
}
