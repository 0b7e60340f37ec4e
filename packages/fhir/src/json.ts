import { ExactNumber } from '@chartward/policy'

export type JsonObject = { readonly [element: string]: unknown }

/** A FHIR resource as its JSON stands, before anything but its `resourceType` is known of it. */
export interface FhirResource {
  resourceType: string
  id?: string
  [element: string]: unknown
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)

export const isResource = (value: unknown): value is FhirResource =>
  isObject(value) &&
  typeof value.resourceType === 'string' &&
  (value.id === undefined || typeof value.id === 'string')

export const isString = (value: unknown): value is string => typeof value === 'string'

/** The objects of an array, or none where the value is no array: for reading optional repeating elements. */
export const objectsOf = (value: unknown): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : []

export const stringsOf = (value: unknown): string[] => (Array.isArray(value) ? value.filter(isString) : [])
