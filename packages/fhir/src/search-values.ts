import { type FieldPath, isFieldPath, RESOURCE_TYPES, type ResourceType, resourceOf } from '@chartward/policy'
import { isString, objectsOf, stringsOf } from './json.ts'
import type { RecordFields } from './map.ts'
import { NPI_SYSTEMS } from './npi.ts'
import { isPlaceholder } from './placeholder.ts'

export interface SearchValue {
  readonly field: FieldPath
  readonly kind: 'identifier' | 'name'
  /** Each once, as they stand in the record: what is found by what of them is the blind index's. */
  readonly values: readonly string[]
}

/** A practitioner is found by NPI alone, though the field keeps every identifier. */
const ONLY_SYSTEMS: Readonly<Record<string, ReadonlySet<string>>> = { 'Practitioner.npi': NPI_SYSTEMS }

const identifierValues = (value: unknown, path: FieldPath): string[] => {
  const systems = ONLY_SYSTEMS[path]
  return objectsOf(value)
    .filter(({ system }) => systems === undefined || (isString(system) && systems.has(system.trim())))
    .map((identifier) => identifier.value)
    .filter(isString)
    .filter((value) => !isPlaceholder(value))
}

/**
 * What a person is called, former names too, each as one text: family name before given names, as Chinese,
 * Korean and Japanese names are written without a blank between. Its text where that has more than the parts.
 */
const nameTexts = (value: unknown): string[] =>
  objectsOf(value).flatMap(({ family, given, text }) => {
    const parts = [family, ...stringsOf(given)].filter(isString).join(' ')
    const known = new Set(wordsOf(parts))
    const isMore = isString(text) && wordsOf(text).some((word) => !known.has(word))
    return isMore ? [parts, text] : [parts]
  })

const wordsOf = (text: string): string[] => text.split(/\s+/u)

const SEARCHABLE = new Map(
  RESOURCE_TYPES.map((type) => {
    const fields = Object.entries(resourceOf(type).fields).flatMap(
      ([name, { class: fieldClass, search }]) => {
        const path = `${type}.${name}`
        return search === 'none' || !isFieldPath(path) ? [] : [{ name, path, fieldClass, kind: search }]
      },
    )
    return [type, fields] as const
  }),
)

/**
 * What a record is to be found by: the values of its searchable fields, for the blind indexes. Empty
 * ones and placeholders of identifiers left out.
 */
export const searchValues = (type: ResourceType, fields: RecordFields): SearchValue[] =>
  (SEARCHABLE.get(type) ?? []).flatMap(({ name, path, fieldClass, kind }) => {
    const value = fields[fieldClass]?.[name]
    const found = kind === 'identifier' ? identifierValues(value, path) : nameTexts(value)
    const values = [...new Set(found)].filter((item) => item.trim() !== '')
    return values.length === 0 ? [] : [{ field: path, kind, values }]
  })
