import { PERMISSIONS, type Permission } from '../permissions.ts'
import type { Role, RowRule, Statement } from '../policy.ts'
import { FOUND_IN_EMERGENCY } from '../roles/care.ts'
import type { SecurityLabel } from '../security-labels.ts'
import type { FieldSelector } from '../selectors.ts'

/** A permission of a role, and for which patients; null for one that is about none. */
export interface ComposedPermission {
  readonly permission: Permission
  readonly rows: RowRule | null
}

/**
 * What a custom role is composed of. It only allows: what a role takes away from another one of the same
 * person could not be shown where either is edited.
 */
export interface Composition {
  readonly permissions: readonly ComposedPermission[]
  /** Fields of the records that its permissions reach, each list as in a statement. */
  readonly clear: readonly FieldSelector[]
  readonly partly: readonly FieldSelector[]
  readonly masked: readonly FieldSelector[]
  readonly hidden: readonly FieldSelector[]
  readonly labels: readonly SecurityLabel[]
  /** Whether break-glass may stand in for a care relationship, where a permission takes one. */
  readonly breakGlass: boolean
}

/**
 * Whoever looks for somebody in an emergency sees what tells them from another of the same name, whatever
 * else the role shows, and is no role for that that reaches every patient.
 */
const IN_EMERGENCY: Permission = 'care:break-glass:search'

const ROWS: readonly (RowRule | null)[] = [null, 'self', 'care', 'all']

/** The same text for the same composition: what stands in the catalog's and the list's order, each once. */
const sorted = <T extends string>(values: readonly T[]): T[] => [...new Set(values)].toSorted()

/** The statements of a role, named after it: one for each reach, and apart what shows fields. */
export const statementsOf = (name: string, composition: Composition): readonly Statement[] => {
  const { permissions, clear, partly, masked, hidden, labels, breakGlass } = composition
  const fields = Object.entries({ clear, partly, masked, hidden, labels })
    .filter(([, list]) => list.length > 0)
    .map(([key, list]) => [key, sorted<string>(list)])
  return ROWS.flatMap((rows): Statement[] => {
    const named = sorted(permissions.filter((one) => one.rows === rows).map(({ permission }) => permission))
    const [reading, other] = [true, false].map((reads) =>
      named.filter(
        (permission) =>
          permission !== IN_EMERGENCY && (PERMISSIONS[permission].subject === 'record') === reads,
      ),
    )
    const emergency = named.filter((permission) => permission === IN_EMERGENCY)
    const found = { clear: FOUND_IN_EMERGENCY, ...(labels.length > 0 ? { labels: sorted(labels) } : {}) }
    const base = { effect: 'allow' as const, ...(rows === null ? {} : { rows }) }
    const statement = (id: string, list: readonly Permission[] = [], more: object = {}): Statement[] =>
      list.length === 0 ? [] : [{ id: `${name}/${id}`, ...base, permissions: list, ...more }]
    const glass = rows === 'care' && breakGlass ? { breakGlass: true } : {}
    return [
      ...statement(rows === null ? 'may' : `may-${rows}`, other),
      ...statement(`find-${rows ?? 'none'}`, emergency, found),
      ...statement(`read-${rows ?? 'none'}`, reading, { ...Object.fromEntries(fields), ...glass }),
    ]
  })
}

/** What a role's statements come to as a composition: for one that is copied, and for one that is edited. */
export const compositionOf = ({ statements }: Pick<Role, 'statements'>): Composition => {
  const allows = statements.filter(({ effect }) => effect === 'allow')
  const denied = statements.filter(({ effect }) => effect !== 'allow')
  const reading = allows.filter(({ permissions }) =>
    permissions.some(
      (permission) => permission !== IN_EMERGENCY && PERMISSIONS[permission]?.subject === 'record',
    ),
  )
  const all = <K extends 'clear' | 'partly' | 'masked' | 'hidden' | 'labels'>(key: K) =>
    sorted(reading.flatMap((one): string[] => [...(one[key] ?? [])])) as NonNullable<Statement[K]>[number][]
  const taken = denied.flatMap(({ clear = [], masked = [] }) => [...clear, ...masked])
  return {
    permissions: allows.flatMap(({ permissions, rows }) =>
      permissions.map((permission) => ({
        permission,
        rows: PERMISSIONS[permission]?.subject === 'none' ? null : (rows ?? null),
      })),
    ),
    clear: all('clear'),
    partly: all('partly'),
    masked: all('masked'),
    // A denial of fields, as some of the built-in roles have it, is no more than not showing them here.
    hidden: sorted([...all('hidden'), ...taken]),
    labels: all('labels'),
    breakGlass: reading.some(({ breakGlass }) => breakGlass === true),
  }
}

/** Assigning it takes a second person: it holds a privileged permission, or reaches every patient. */
export const isPrivileged = (statements: readonly Statement[]): boolean =>
  statements.some(
    ({ effect, rows, permissions }) =>
      effect === 'allow' &&
      permissions.some(
        (permission) =>
          (rows === 'all' && permission !== IN_EMERGENCY) || PERMISSIONS[permission]?.privileged !== false,
      ),
  )
