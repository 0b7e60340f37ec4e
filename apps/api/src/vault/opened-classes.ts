import { labelClasses } from '@chartward/fhir'
import {
  FIELD_CLASSES,
  type FieldClass,
  RESOURCE_TYPES,
  type ReadableClass,
  type ResourceType,
  readableClasses,
  type Scope,
} from '@chartward/policy'

/**
 * The classes of a type that are opened to serve a Scope: those that it reads, and those that say whether the
 * record is labelled, of which it may show nothing; of the whole of a record, what no field is declared for
 * too. None where it reads none.
 */
export const openedClasses = (scope: Scope, type: ResourceType): readonly FieldClass[] => {
  const readable = readableClasses(scope, type)
  let classes = openedFor.get(readable)?.get(type)
  if (classes === undefined) {
    classes = readable.length === 0 ? [] : opened(readable, type, scope.whole)
    openedFor.set(readable, (openedFor.get(readable) ?? new Map()).set(type, classes))
  }
  return classes
}

/** Worked out once for the many records of a list: what a Scope reads of a type is one array for long. */
const openedFor = new WeakMap<readonly ReadableClass[], Map<ResourceType, readonly FieldClass[]>>()

const opened = (
  readable: readonly ReadableClass[],
  type: ResourceType,
  whole: boolean,
): readonly FieldClass[] => {
  const wanted = new Set<string>([...readable, ...labelClasses(type), ...(whole ? ['unmapped'] : [])])
  return Object.freeze(FIELD_CLASSES.filter((fieldClass) => wanted.has(fieldClass)))
}

/** By the field map of a scope, which is one for long and says whether the whole of a record is shown too. */
const openedOfAll = new WeakMap<Scope['fields'], readonly FieldClass[]>()

/** The same of all types, for a record of which nothing is known yet. */
export const openedClassesOfAll = (scope: Scope): readonly FieldClass[] => {
  let classes = openedOfAll.get(scope.fields)
  if (classes === undefined) {
    const wanted = new Set(RESOURCE_TYPES.flatMap((type) => openedClasses(scope, type)))
    classes = Object.freeze(FIELD_CLASSES.filter((fieldClass) => wanted.has(fieldClass)))
    openedOfAll.set(scope.fields, classes)
  }
  return classes
}
