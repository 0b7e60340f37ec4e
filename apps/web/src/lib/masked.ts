import type { MaskedValue } from '@chartward/policy'
import { isObject } from './fhir/json.ts'

/** Whether the server put a mask in the place of the value. */
export const isMasked = (value: unknown): value is MaskedValue => isObject(value) && value.masked === true
