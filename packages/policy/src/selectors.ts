import type { Catalog, Field, FieldClass, FieldPath, ResourceType } from './catalog/index.ts'
import {
  FIELD_CLASSES,
  FIELD_PATHS,
  fieldOf,
  isResourceType,
  RESOURCE_TYPES,
  resourceOf,
} from './catalog/index.ts'

/**
 * The classes a statement can name. `unmapped` is none of them: its values have no field, and go with the
 * whole of one's own record alone (`Statement.whole`).
 */
export type ReadableClass = Exclude<FieldClass, 'unmapped'>

/** The literal field names of a declaration, without the index signature that its constraint brings along. */
type FieldNames<R extends ResourceType> = keyof {
  [Name in keyof Catalog[R]['fields'] as string extends Name ? never : Name]: Name
} &
  string

/** A path of the catalog whose class is readable. */
export type ReadablePath = {
  [R in ResourceType]: {
    [Name in FieldNames<R>]: Catalog[R]['fields'][Name] extends { readonly class: 'unmapped' }
      ? never
      : `${R}.${Name}`
  }[FieldNames<R>]
}[ResourceType]

/**
 * What a statement grants or denies: one field, all fields of a resource type, or all fields of a class
 * in the patient compartment. Classes do not reach into the directory (practitioners, organizations):
 * that is named apart.
 */
export type FieldSelector = ReadablePath | `class:${ReadableClass}` | `${ResourceType}.*`

const CLASS_PREFIX = 'class:'
const ALL_SUFFIX = '.*'

export const READABLE_CLASSES: readonly ReadableClass[] = Object.freeze(
  FIELD_CLASSES.filter((fieldClass): fieldClass is ReadableClass => fieldClass !== 'unmapped'),
)

/**
 * Every selector there is, with the fields it stands for. A field of the unmapped class is in none of them,
 * not even under its own path. What is not in the index is no selector of this catalog.
 */
export const indexSelectors = (
  catalogFields: Iterable<readonly [FieldPath, Field]>,
): ReadonlyMap<string, readonly FieldPath[]> => {
  const index = new Map<string, FieldPath[]>(
    [
      ...READABLE_CLASSES.map((fieldClass) => `${CLASS_PREFIX}${fieldClass}`),
      ...RESOURCE_TYPES.map((type) => `${type}${ALL_SUFFIX}`),
    ].map((selector) => [selector, []]),
  )
  for (const [path, field] of catalogFields) {
    if (field.class === 'unmapped') continue
    const type = path.slice(0, path.indexOf('.'))
    index.set(path, [path])
    index.get(`${type}${ALL_SUFFIX}`)?.push(path)
    const inPatientCompartment = isResourceType(type) && resourceOf(type).compartment === 'patient'
    if (inPatientCompartment) index.get(`${CLASS_PREFIX}${field.class}`)?.push(path)
  }
  return index
}

const selectors = indexSelectors(
  FIELD_PATHS.flatMap((path) => {
    const field = fieldOf(path)
    return field === undefined ? [] : [[path, field] as const]
  }),
)

/**
 * The readable catalog fields a selector stands for. Undefined: the catalog knows no such field,
 * type or class.
 */
export const expandSelector = (selector: string): readonly FieldPath[] | undefined => selectors.get(selector)

/**
 * An exact path says more than a whole type or a class; those two overlap, and neither says more
 * than the other.
 */
export const isExact = (selector: string): boolean =>
  !selector.startsWith(CLASS_PREFIX) && !selector.endsWith(ALL_SUFFIX)
