import { titleOf } from '@chartward/fhir/show'
import { isMasked } from '../masked.ts'
import type { Outputs } from '../trpc.ts'
import { isObject, textOf } from './json.ts'

type Named = Pick<Outputs['records']['get'], 'type' | 'values' | 'names'>

/**
 * A field's value with words beside each reference that has none of its own: what it means, as the server has
 * found it, or what a contained resource says of itself. An id is of no use to a reader.
 */
export const namedValue = (record: Named, name: string): unknown => {
  const { type, values, names } = record
  const wordsOf = (reference: string, value: unknown): string | undefined =>
    names.find((one) => one.reference === reference)?.words ??
    (reference.startsWith('#')
      ? titleOf(type, { contained: values.contained, [name]: value })?.value
      : undefined)
  const named = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(named)
    if (!isObject(value) || isMasked(value)) return value
    const { reference, display } = value
    const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, named(part)]))
    if (typeof reference !== 'string' || textOf(display) !== null) return parts
    const words = wordsOf(reference, value)
    return words === undefined ? parts : { ...parts, display: words }
  }
  return named(values[name])
}
