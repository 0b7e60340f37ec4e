import {
  ExactNumber,
  type FieldPath,
  fieldOf,
  isFieldPath,
  MASK_TEXT,
  type Mask,
  type ResourceType,
} from '@chartward/policy'
import * as z from 'zod/mini'

const mask = z.custom<Mask>((value) => typeof value === 'string' && Object.hasOwn(MASK_TEXT, value))

/**
 * What stands in the place of a value that is there and not shown: the mask's own sentence, and nothing
 * else of the value.
 */
const maskedValue = z
  .strictObject({ masked: z.literal(true), mask, shown: z.nullable(z.string()), reason: z.string() })
  .check(z.refine(({ mask, reason }) => reason === MASK_TEXT[mask]))
/** `z.json()`, and numbers whose digits a double would not keep. */
const json: z.ZodMiniType = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.instanceof(ExactNumber),
    z.array(json),
    z.record(z.string(), json),
  ]),
)

const isMasked = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'masked' in value && value.masked === true

/**
 * A field's value: FHIR JSON as it was imported, whose inner shape the catalog leaves to FHIR, or
 * a MaskedValue.
 */
const fieldValue = z.custom<unknown>(
  (value) => (isMasked(value) ? maskedValue : json).safeParse(value).success,
)

/** What a source sends beside the fields of the catalog: any JSON, with every digit. */
export const rest = z.record(z.string(), json)

/** The values of a record by field name. */
export const values = z.record(z.string(), fieldValue)

/**
 * Whether each name is a field of the type which the catalog knows and a role can read: never one of
 * class `unmapped`.
 */
export const areFieldsOf = (type: ResourceType, names: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(names).every((name) => {
    const field = fieldOf(`${type}.${name}`)
    return field !== undefined && field.class !== 'unmapped'
  })

export const fieldPath = z.custom<FieldPath>((value) => typeof value === 'string' && isFieldPath(value))
