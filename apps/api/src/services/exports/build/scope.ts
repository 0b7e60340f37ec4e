import type { RowAccess } from '@chartward/db'
import { type FieldClass, READABLE_CLASSES, type ResourceType, resourceOf } from '@chartward/policy'

/*
 * The one scope in the application that decide() does not make, because no user asks: that of the service
 * which builds releases. It reaches every patient's rows. Every class of a record is opened, since a
 * modifier may stand in any, to see whether the record goes out at all; of what goes out, only the classes
 * named here are read on. What it reads leaves it de-identified or not at all; whether there is to be a
 * build was decided when a second person approved the request.
 */

export const BUILDER = { kind: 'service', name: 'build-export' } as const

export const BUILD_ROWS: RowAccess = 'all'

/** The classes that hold a field which a release keeps anything of. Never `unmapped`. */
export const releasedClasses = (type: ResourceType): FieldClass[] => {
  const fields = Object.values(resourceOf(type).fields)
  return READABLE_CLASSES.filter((name) =>
    fields.some((field) => field.class === name && field.safeHarbor !== 'drop'),
  )
}

/**
 * What is read of every Patient whichever types are released: the dates that ages are reckoned from, and the
 * names, numbers and addresses that the finished files are searched for.
 */
export const PERSON_CLASSES: readonly FieldClass[] = READABLE_CLASSES.filter((name) => name !== 'narrative')
