import { ExactNumber } from '@chartward/policy'

/**
 * Reading FHIR JSON of unknown shape. Nothing throws: what is missing or of another shape is null or empty.
 */

export type Json = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)

export const objectsIn = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : []

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null

export const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(textOf).filter((text) => text !== null) : []

/** Joins what is there. Null where nothing is. */
export const joined = (parts: readonly (string | null)[], separator = ' '): string | null =>
  textOf(parts.filter((part) => part !== null).join(separator))
