import { labelClasses } from '@chartward/fhir'
import {
  READABLE_CLASSES,
  RESOURCE_TYPES,
  type ReadableClass,
  type ResourceType,
  readableClasses,
  type Scope,
} from '@chartward/policy'

/**
 * The classes of a type that are opened to serve a Scope: those that it reads, and those that say whether the
 * record is labelled, of which it may show nothing. None where it reads none.
 */
export const openedClasses = (scope: Scope, type: ResourceType): readonly ReadableClass[] => {
  const readable = readableClasses(scope, type)
  let classes = openedFor.get(readable)?.get(type)
  if (classes === undefined) {
    classes = readable.length === 0 ? [] : withLabels(readable, type)
    openedFor.set(readable, (openedFor.get(readable) ?? new Map()).set(type, classes))
  }
  return classes
}

/** Worked out once for the many records of a list: what a Scope reads of a type is one array for long. */
const openedFor = new WeakMap<readonly ReadableClass[], Map<ResourceType, readonly ReadableClass[]>>()

const withLabels = (readable: readonly ReadableClass[], type: ResourceType): readonly ReadableClass[] => {
  const opened = new Set<string>([...readable, ...labelClasses(type)])
  return Object.freeze(READABLE_CLASSES.filter((fieldClass) => opened.has(fieldClass)))
}

/** The same of all types, for a record of which nothing is known yet. */
export const openedClassesOfAll = (scope: Scope): readonly ReadableClass[] => {
  const opened = new Set(RESOURCE_TYPES.flatMap((type) => openedClasses(scope, type)))
  return READABLE_CLASSES.filter((fieldClass) => opened.has(fieldClass))
}
