import { isResourceType, type ResourceType, resourceOf } from '@chartward/policy'

export interface CatalogField {
  readonly name: string
  readonly path: string
  readonly type: string
  readonly fieldClass: string
}

/** The catalog's fields of a type, in the order of their declaration. */
export const fieldsOf = (type: ResourceType): readonly CatalogField[] =>
  Object.entries(resourceOf(type).fields).map(([name, field]) => ({
    name,
    path: `${type}.${name}`,
    type: field.type,
    fieldClass: field.class,
  }))

export const asResourceType = (value: string | undefined): ResourceType | null =>
  value !== undefined && isResourceType(value) ? value : null
