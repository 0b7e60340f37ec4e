import type { IdentifierCategory } from '@chartward/policy'
import type { ColumnPlan, Content, HierarchySpec, Role, Transform } from '../format/plan.ts'
import { specFault } from '../hierarchy/spec-fault.ts'
import { type PlanFault, pathOf } from './fault.ts'

type Kind = Transform['kind']

/** The categories that a content of its nature is of. Those not named may be of any. */
const CATEGORIES: Partial<Record<Content, readonly IdentifierCategory[]>> = {
  date: ['C'],
  age: ['C'],
  year: ['C', 'none'],
  zip: ['B'],
  city: ['B'],
  state: ['B', 'none'],
}

const NUMERIC: readonly Content[] = ['number', 'age', 'year']
/** What a transform can work on. Those not named work on anything. */
const CONTENTS: Partial<Record<Kind, readonly Content[]>> = {
  'top-code': NUMERIC,
  'bottom-code': NUMERIC,
  bin: NUMERIC,
  perturb: NUMERIC,
  'date-shift': ['date'],
  year: ['date', 'year'],
  zip3: ['zip'],
  scrub: ['text'],
}

/** The transforms that fit a role. Those not named may have any but `scrub`. */
const BY_ROLE: Partial<Record<Role, readonly Kind[]>> = {
  text: ['redact', 'keep', 'scrub'],
  'quasi-identifier': ['redact', 'keep', 'generalise', 'top-code', 'bottom-code', 'bin', 'year', 'zip3'],
}

const orList = (items: readonly string[]): string =>
  items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} or ${items.at(-1) ?? ''}`

function* categoryAdvice({ role, category, content }: ColumnPlan): Generator<string> {
  if (role === 'identifier' && category === 'none')
    yield 'an identifier is of one of the categories A to R: name it, or give the column another role'
  const direct = category !== 'none' && category !== 'B' && category !== 'C'
  if (direct && role !== 'identifier' && role !== 'text')
    yield `what is of category ${category} identifies by itself: make the role "identifier" or "text"`
  const fitting = CATEGORIES[content]
  if (fitting !== undefined && !fitting.includes(category))
    yield `the content "${content}" is of category ${orList(fitting)}`
}

function* transformAdvice({ role, content, transform }: ColumnPlan): Generator<string> {
  const { kind } = transform
  const contents = CONTENTS[kind]
  if (contents !== undefined && !contents.includes(content))
    yield `"${kind}" works on the content ${orList(contents)}, and this is declared as "${content}"`
  const kinds = BY_ROLE[role]
  if (kinds !== undefined && !kinds.includes(kind))
    yield `a column of the role "${role}" can have ${orList(kinds)}: choose one, or another role`
  if (kinds === undefined && kind === 'scrub') yield 'only a column of the role "text" is scrubbed'
  if (kind === 'substitute' && new Set(transform.values).size < 2)
    yield 'give two different values or more to substitute'
  if (
    kind === 'perturb' &&
    transform.minimum !== undefined &&
    transform.maximum !== undefined &&
    transform.minimum > transform.maximum
  )
    yield 'give a minimum that is not above the maximum'
  if (kind === 'generalise' && transform.level === undefined && role !== 'quasi-identifier')
    yield 'the search generalises quasi-identifiers alone: give a level, or make it a quasi-identifier'
}

/** The top level of a hierarchy as far as its specification fixes it: "*" over the others. */
const topLevel = (spec: HierarchySpec): number => {
  switch (spec.kind) {
    case 'csv':
      return Number.POSITIVE_INFINITY
    case 'interval':
      return spec.widths.length + 1
    case 'date':
      return spec.levels.length + 1
    case 'prefix':
      return spec.lengths.length + 1
    case 'order':
      return spec.fanouts.length + 1
  }
}

function* hierarchyAdvice({ transform, hierarchy }: ColumnPlan, measured: boolean): Generator<string> {
  const generalised = transform.kind === 'generalise'
  if (generalised && hierarchy === undefined) yield 'say by which hierarchy it is generalised'
  if (hierarchy === undefined) return
  if (!generalised && !measured) yield 'nothing uses this hierarchy: remove it, or generalise the column'
  const fault = specFault(hierarchy)
  if (fault !== null) yield fault
  if (generalised && transform.level !== undefined && transform.level > topLevel(hierarchy))
    yield `the transform asks for level ${transform.level} and the highest is ${topLevel(hierarchy)}`
}

/**
 * What contradicts itself in one column. `measured`: a model asks for a distance by the column's hierarchy.
 */
export const columnFaults = (name: string, column: ColumnPlan, measured: boolean): PlanFault[] => {
  const at = (key: string, advices: Iterable<string>): PlanFault[] =>
    Array.from(advices, (advice) => ({ path: pathOf('columns', name, key), advice }))
  const weightless = column.weight !== undefined && column.role !== 'quasi-identifier'
  return [
    ...at('category', categoryAdvice(column)),
    ...at('transform', transformAdvice(column)),
    ...at('hierarchy', hierarchyAdvice(column, measured)),
    ...at('weight', weightless ? ['only a quasi-identifier has a weight: remove it'] : []),
  ]
}
