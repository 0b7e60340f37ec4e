import { FIELD_CLASSES, type FieldClass } from '@chartward/policy'

/** Field classes in catalog order: the order of the digests of a record version. */
export const CLASS_ORDER: readonly FieldClass[] = FIELD_CLASSES
