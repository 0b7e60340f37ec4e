import { FIELD_PATHS, type FieldPath } from '../catalog/index.ts'
import { compilePolicy } from '../compile.ts'
import { type FieldGrant, type FieldGrants, NO_FIELDS } from '../field-grants.ts'
import { heldRoles, openingFor } from '../held-roles.ts'
import type { Opening, Reach } from '../opening.ts'
import { ALL_PERMISSIONS, PERMISSIONS, type Permission } from '../permissions.ts'
import type { Policy, RoleRef } from '../policy.ts'
import { roleOf } from '../policy.ts'
import type { SecurityLabel } from '../security-labels.ts'

/** In which circumstances something is asked for: all of those that statements look at. */
export const REACHES = {
  none: { kind: 'none', inCare: false, glass: false, self: false },
  'any-patient': { kind: 'patient', inCare: false, glass: false, self: false },
  'in-care': { kind: 'patient', inCare: true, glass: false, self: false },
  'broken-glass': { kind: 'patient', inCare: false, glass: true, self: false },
  self: { kind: 'patient', inCare: false, glass: false, self: true },
  'self-in-care': { kind: 'patient', inCare: true, glass: false, self: true },
  'self-broken-glass': { kind: 'patient', inCare: false, glass: true, self: true },
  list: { kind: 'patients', inCare: false, glass: false, self: false },
  'list-of-patient': { kind: 'patients', inCare: false, glass: false, self: true },
} as const satisfies Readonly<Record<string, Reach>>
export type ReachName = keyof typeof REACHES

/** What is answered: no; after break-glass; yes; of a list, for whose patients. */
export type Answer = 'no' | 'break-glass' | 'yes' | 'self' | 'care' | 'all'

/** Where something is answered: a permission, in which circumstances, of records with which labels. */
export interface Cell {
  readonly permission: Permission
  readonly reach: ReachName
  readonly labels: readonly SecurityLabel[]
}

export interface PermissionChange {
  readonly cell: Cell
  readonly before: Answer
  readonly after: Answer
}

/** Fields that are shown otherwise, alike in all of these cells. */
export interface FieldChange {
  readonly cells: readonly Cell[]
  readonly from: FieldGrant | 'none'
  readonly to: FieldGrant | 'none'
  readonly paths: readonly FieldPath[]
}

/** All that is otherwise for whoever holds these roles. */
export interface AccessChange {
  readonly permissions: readonly PermissionChange[]
  readonly fields: readonly FieldChange[]
}

const NO_CHANGE: AccessChange = Object.freeze({ permissions: [], fields: [] })

export const isNoChange = ({ permissions, fields }: AccessChange): boolean =>
  permissions.length + fields.length === 0

const answerOf = (opening: Opening): Answer => {
  if (!opening.opens) return opening.effect === 'deny' ? 'no' : 'break-glass'
  return opening.rows === 'patient' || opening.rows === 'none' ? 'yes' : opening.rows
}

const reachesOf = (permission: Permission, isPatient: boolean): ReachName[] => {
  if (PERMISSIONS[permission].subject === 'none') return ['none']
  const reaches: ReachName[] = ['any-patient', 'in-care', 'broken-glass', 'list']
  return isPatient ? [...reaches, 'self', 'self-in-care', 'self-broken-glass', 'list-of-patient'] : reaches
}

/**
 * Every set of labels that can tell two of these policies apart: those that statements open, and what two of
 * them have in common.
 */
const labelSets = (policy: Policy, refs: readonly RoleRef[]): readonly (readonly SecurityLabel[])[] => {
  const sets = new Map<string, readonly SecurityLabel[]>()
  const add = (labels: readonly SecurityLabel[]) => void sets.set(labels.join(), labels)
  const opened = refs.flatMap((ref) =>
    (roleOf(policy, ref)?.statements ?? []).flatMap(({ labels = [] }) => [[...labels].toSorted()]),
  )
  for (const labels of opened) {
    for (const other of [...sets.values()]) add(labels.filter((label) => other.includes(label)))
    add(labels)
  }
  return [...sets.values()].filter((labels) => labels.length > 0)
}

/** The permissions that a statement of one of these names. */
const named = (policy: Policy, refs: readonly RoleRef[]): ReadonlySet<string> =>
  new Set(refs.flatMap((ref) => (roleOf(policy, ref)?.statements ?? []).flatMap((one) => one.permissions)))

/** What one person's roles are before and after, and whether they are a patient too. */
export interface Moved {
  readonly before: readonly RoleRef[]
  readonly after: readonly RoleRef[]
  readonly isPatient: boolean
}

/**
 * What is otherwise for somebody whose roles change, as the authoriser answers it: each permission, in each
 * of the circumstances that it looks at, and each field. A person of whom the policy does not have a role
 * is refused everything.
 */
export const differenceOf = (policy: Policy, { before, after, isPatient }: Moved): AccessChange => {
  const compiled = compilePolicy(policy)
  const [was, is] = [heldRoles(compiled, before), heldRoles(compiled, after)]
  if (was === is) return NO_CHANGE
  const changing = named(policy, was.known && is.known ? symmetric(before, after) : [...before, ...after])
  const permissions: PermissionChange[] = []
  const fields = new Map<string, FieldChange & { cells: Cell[] }>()
  const labelled = labelSets(policy, [...before, ...after])
  const openingBy = (held: typeof was, permission: Permission, reach: ReachName): Opening =>
    held.known
      ? openingFor(compiled, held, permission, PERMISSIONS[permission], REACHES[reach], null)
      : { opens: false, effect: 'deny', reason: 'unknown-role', statement: null }
  for (const permission of ALL_PERMISSIONS) {
    const forEveryone = compiled.everyone.some((one) => one.permissions.has(permission))
    if (!changing.has(permission) && !(forEveryone && was.known !== is.known)) continue
    for (const reach of reachesOf(permission, isPatient)) {
      const [one, other] = [openingBy(was, permission, reach), openingBy(is, permission, reach)]
      const [said, says] = [answerOf(one), answerOf(other)]
      if (said !== says)
        permissions.push({ cell: { permission, reach, labels: [] }, before: said, after: says })
      if (PERMISSIONS[permission].subject !== 'record') continue
      for (const labels of [[], ...labelled]) {
        compareFields(one, other, { permission, reach, labels }, fields)
      }
    }
  }
  return { permissions, fields: [...fields.values()] }
}

/** The roles that are on one side alone. */
const symmetric = (before: readonly RoleRef[], after: readonly RoleRef[]): RoleRef[] => {
  const same = (a: RoleRef, b: RoleRef) => a.name === b.name && (a.version ?? null) === (b.version ?? null)
  return [
    ...before.filter((one) => !after.some((other) => same(one, other))),
    ...after.filter((one) => !before.some((other) => same(one, other))),
  ]
}

interface Differing extends Pick<FieldChange, 'from' | 'to' | 'paths'> {
  /** The same text for the same fields, shown otherwise in the same way. */
  readonly key: string
}

/** By what was shown and what is: openings share what they show, so that few pairs are ever compared. */
const compared = new WeakMap<FieldGrants, WeakMap<FieldGrants, readonly Differing[]>>()

const compare = (was: FieldGrants, is: FieldGrants): readonly Differing[] => {
  const known = compared.get(was)?.get(is)
  if (known !== undefined) return known
  const groups = new Map<string, FieldPath[]>()
  for (const path of FIELD_PATHS) {
    const [from, to] = [was.get(path) ?? 'none', is.get(path) ?? 'none']
    if (from === to) continue
    const group = groups.get(`${from} ${to}`)
    if (group === undefined) groups.set(`${from} ${to}`, [path])
    else group.push(path)
  }
  const found = [...groups].map(([key, paths]): Differing => {
    const [from, to] = key.split(' ') as [FieldChange['from'], FieldChange['to']]
    return { key: `${key} ${paths.join()}`, from, to, paths: Object.freeze(paths) }
  })
  const others = compared.get(was) ?? new WeakMap<FieldGrants, readonly Differing[]>()
  compared.set(was, others.set(is, found))
  return found
}

const compareFields = (
  before: Opening,
  after: Opening,
  cell: Cell,
  found: Map<string, FieldChange & { cells: Cell[] }>,
): void => {
  const shown = (opening: Opening) => (opening.opens ? opening.fieldsUnder(cell.labels) : NO_FIELDS)
  const [was, is] = [shown(before), shown(after)]
  if (was === is) return
  for (const { key, from, to, paths } of compare(was, is)) {
    const known = found.get(key)
    if (known === undefined) found.set(key, { cells: [cell], from, to, paths })
    else known.cells.push(cell)
  }
}

const ORDER: readonly (FieldGrant | Answer | 'none')[] = [
  'none',
  'no',
  'masked',
  'break-glass',
  'self',
  'partly',
  'care',
  'yes',
  'all',
  'clear',
]

const isMore = (before: FieldGrant | Answer | 'none', after: FieldGrant | Answer | 'none'): boolean =>
  ORDER.indexOf(after) > ORDER.indexOf(before)

/** Whether somebody may do or see something that they could not before. */
export const adds = ({ permissions, fields }: AccessChange): boolean =>
  permissions.some(({ before, after }) => isMore(before, after)) ||
  fields.some(({ from, to }) => isMore(from, to))

/** Whether something is taken away. */
export const takes = ({ permissions, fields }: AccessChange): boolean =>
  permissions.some(({ before, after }) => isMore(after, before)) ||
  fields.some(({ from, to }) => isMore(to, from))

/** Somebody who holds a role that is about to change. */
export interface Holder extends Moved {
  readonly id: string
}

/** People for whom the same is otherwise. */
export interface Affected {
  readonly change: AccessChange
  readonly people: readonly string[]
}

/** The exact difference for each of these people, those for whom it is the same together; none left out. */
export const impactOf = (policy: Policy, holders: Iterable<Holder>): readonly Affected[] => {
  const groups = new Map<string, { change: AccessChange; people: string[] }>()
  const textOf = (refs: readonly RoleRef[]) => refs.map(({ name, version = null }) => [name, version])
  for (const { id, ...moved } of holders) {
    const key = JSON.stringify([textOf(moved.before), textOf(moved.after), moved.isPatient])
    let group = groups.get(key)
    if (group === undefined) {
      group = { change: differenceOf(policy, moved), people: [] }
      groups.set(key, group)
    }
    group.people.push(id)
  }
  return [...groups.values()]
}
