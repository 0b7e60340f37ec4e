import { fieldOf } from '../catalog/index.ts'
import { isPermission, PERMISSIONS } from '../permissions.ts'
import type { Role, RowRule } from '../policy.ts'
import { LABELS } from '../security-labels.ts'
import { expandSelector, isExact } from '../selectors.ts'
import type { Composition } from './composition.ts'

/** A composition as it was typed or stored: names that the catalog may know or not. */
export interface TypedComposition {
  readonly permissions: readonly { readonly permission: string; readonly rows: RowRule | null }[]
  readonly clear: readonly string[]
  readonly partly: readonly string[]
  readonly masked: readonly string[]
  readonly hidden: readonly string[]
  readonly labels: readonly string[]
  readonly breakGlass: boolean
}

/** What does not fit, at which part of it, and what to do. */
export interface CompositionProblem {
  readonly field: keyof Composition
  readonly says: string
}

const LISTS = ['clear', 'partly', 'masked', 'hidden'] as const

const permissionProblem = (permission: string, rows: RowRule | null): string | null => {
  if (!isPermission(permission))
    return `There is no permission ${permission}. Take it out, or name one that there is.`
  if (PERMISSIONS[permission].subject === 'none')
    return rows === null ? null : `${permission} is about no patient: name it without patients.`
  return rows === null ? `Say for which patients ${permission} is.` : null
}

/** Why the policy's compiler would not do with a composition just what it says; empty where it would. */
export const compositionProblems = (typed: TypedComposition): readonly CompositionProblem[] => {
  const problems: CompositionProblem[] = []
  const say = (field: keyof Composition, says: string): void => void problems.push({ field, says })
  const names = typed.permissions.map(({ permission }) => permission)
  if (names.length === 0) say('permissions', 'A role has one permission at least.')
  for (const [at, { permission, rows }] of typed.permissions.entries()) {
    const says = permissionProblem(permission, rows)
    if (says !== null) say('permissions', says)
    else if (names.indexOf(permission) !== at) say('permissions', `${permission} is named twice.`)
  }
  const reading = typed.permissions.filter(
    ({ permission }) => isPermission(permission) && PERMISSIONS[permission].subject === 'record',
  )
  const seen = new Set<string>()
  for (const list of LISTS) {
    for (const selector of typed[list]) {
      if (expandSelector(selector) === undefined)
        say(list, `The catalog has no field ${selector}. Take it out, or name one that it has.`)
      else if (seen.has(selector)) say(list, `${selector} is named twice.`)
      else if (list === 'partly' && !hasPart(selector))
        say(list, `${selector} has no part that can be shown alone: show it clear, masked, or not at all.`)
      seen.add(selector)
    }
  }
  const shown = typed.clear.length + typed.partly.length + typed.masked.length
  if (reading.length > 0 && shown === 0)
    say('clear', 'Its permissions read records, and it shows no field: show some, or take them out.')
  if (reading.length === 0 && shown + typed.hidden.length + typed.labels.length > 0)
    say('permissions', 'It shows fields, and none of its permissions reads records: add one.')
  for (const label of typed.labels)
    if (!LABELS.some((known) => known === label)) say('labels', `There is no security label ${label}.`)
  if (typed.breakGlass && !reading.some(({ rows }) => rows === 'care'))
    say('breakGlass', 'Break-glass stands in for a care relationship, and no permission here takes one.')
  return problems
}

const hasPart = (selector: string): boolean =>
  isExact(selector) && expandSelector(selector)?.every((path) => fieldOf(path)?.part !== undefined) === true

/** The names that a role's statements hold and the catalog, or the list of permissions, does not have. */
export const lostNames = ({ statements }: Pick<Role, 'statements'>): readonly string[] => [
  ...new Set(
    statements.flatMap(({ permissions, clear = [], partly = [], masked = [], hidden = [] }) => [
      ...permissions.filter((permission: string) => !isPermission(permission)),
      ...[clear, partly, masked, hidden].flat().filter((selector) => expandSelector(selector) === undefined),
    ]),
  ),
]

/** A composition in which every name is known. */
export const isComposition = (typed: TypedComposition): typed is Composition =>
  compositionProblems(typed).length === 0
