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
  if (readable.length === 0) return []
  const opened = new Set<string>([...readable, ...labelClasses(type)])
  return READABLE_CLASSES.filter((fieldClass) => opened.has(fieldClass))
}

/** The same of all types, for a record of which nothing is known yet. */
export const openedClassesOfAll = (scope: Scope): readonly ReadableClass[] => {
  const opened = new Set(RESOURCE_TYPES.flatMap((type) => openedClasses(scope, type)))
  return READABLE_CLASSES.filter((fieldClass) => opened.has(fieldClass))
}
