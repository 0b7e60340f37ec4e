import { z } from 'zod'
import { CATEGORY_LETTERS } from '../../shared/category-letters.ts'
import type { Model } from '../format/model.ts'
import type { ColumnPlan, HierarchySpec, Plan, Transform } from '../format/plan.ts'
import { DATE_LEVELS } from '../hierarchy/date.ts'
import { dayNumberOf } from '../table/calendar.ts'

const text = z.string().min(1)
const day = z
  .string()
  .refine((value) => dayNumberOf(value) !== null, 'give a day of the calendar, YYYY-MM-DD')
const positive = z.number().positive()
const count = z.int().positive()

const hierarchy: z.ZodType<HierarchySpec> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('csv'),
    file: text,
    delimiter: z.enum([',', ';', '\t', '|']).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('interval'),
    widths: z.array(z.number()),
    origin: z.number().exactOptional(),
    bottom: z.number().exactOptional(),
    top: z.number().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('date'), levels: z.array(z.enum(DATE_LEVELS)) }),
  z.strictObject({ kind: z.literal('prefix'), lengths: z.array(z.int()) }),
  z.strictObject({ kind: z.literal('order'), values: z.array(z.string()), fanouts: z.array(z.int()) }),
])

/** A shift beyond a century would move dates out of what any reader takes for one. */
const MOST_DAYS = 36_525

const transform: z.ZodType<Transform> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('redact') }),
  z.strictObject({ kind: z.literal('keep') }),
  z.strictObject({ kind: z.literal('generalise'), level: z.int().min(0).exactOptional() }),
  z.strictObject({ kind: z.literal('top-code'), above: z.number() }),
  z.strictObject({ kind: z.literal('bottom-code'), below: z.number() }),
  z.strictObject({ kind: z.literal('bin'), width: positive, origin: z.number().exactOptional() }),
  z.strictObject({
    kind: z.literal('perturb'),
    scale: positive,
    minimum: z.number().exactOptional(),
    maximum: z.number().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('pseudonym') }),
  z.strictObject({ kind: z.literal('random-id') }),
  z.strictObject({ kind: z.literal('date-shift'), days: count.max(MOST_DAYS) }),
  z.strictObject({ kind: z.literal('year') }),
  z.strictObject({ kind: z.literal('zip3') }),
  z.strictObject({ kind: z.literal('substitute'), values: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('scrub') }),
])

/**
 * Only the shape: whether the parameters make sense for the table is asked where the models are made ready.
 */
const model: z.ZodType<Model> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('k-anonymity'), k: z.number() }),
  z.strictObject({ kind: z.literal('distinct-l-diversity'), attribute: text, l: z.number() }),
  z.strictObject({ kind: z.literal('entropy-l-diversity'), attribute: text, l: z.number() }),
  z.strictObject({
    kind: z.literal('recursive-l-diversity'),
    attribute: text,
    c: z.number(),
    l: z.number(),
  }),
  z.strictObject({
    kind: z.literal('t-closeness'),
    attribute: text,
    t: z.number(),
    distance: z.enum(['equal', 'ordered', 'hierarchical']),
  }),
  z.strictObject({ kind: z.literal('small-cells'), attribute: text, minimum: z.number() }),
  z.strictObject({ kind: z.literal('prosecutor-risk'), threshold: z.number() }),
  z.strictObject({ kind: z.literal('records-at-risk'), threshold: z.number(), share: z.number() }),
  z.strictObject({ kind: z.literal('marketer-risk'), threshold: z.number() }),
  z.strictObject({ kind: z.literal('journalist-risk'), threshold: z.number(), population: z.number() }),
  z.strictObject({
    kind: z.literal('population-uniqueness'),
    threshold: z.number(),
    population: z.number(),
    estimator: z.enum(['zayatz', 'pitman', 'dankar']),
  }),
])

const column: z.ZodType<ColumnPlan> = z.strictObject({
  role: z.enum(['identifier', 'quasi-identifier', 'sensitive', 'insensitive', 'text']),
  category: z.enum([...CATEGORY_LETTERS, 'none']),
  content: z.enum(['date', 'age', 'zip', 'state', 'city', 'year', 'code', 'number', 'text', 'other']),
  transform,
  hierarchy: hierarchy.exactOptional(),
  weight: positive.exactOptional(),
})

/** The shape of a plan: nothing is filled in, and nothing unknown is let through. */
export const planSchema: z.ZodType<Plan> = z.strictObject({
  format: z.literal('chartward-deid-plan/1'),
  title: text,
  profile: z.enum(['safe-harbor', 'expert-determination', 'limited-data-set']),
  asOf: day,
  seed: text,
  delimiter: z.enum([',', ';', '\t', '|']).exactOptional(),
  patient: text.nullable(),
  columns: z.record(text, column),
  models: z.array(model),
  suppressionLimit: z.number().min(0).max(1),
  search: z.strictObject({
    method: z.enum(['optimal', 'local', 'mondrian', 'best']),
    maxNodes: count.exactOptional(),
    maxMilliseconds: positive.exactOptional(),
  }),
  metric: z.enum(['loss', 'discernibility', 'average-class', 'non-uniform-entropy']),
  formats: z.array(z.enum(['csv', 'parquet'])).min(1),
  expert: z.strictObject({ name: text, date: day }).exactOptional(),
  dataUseAgreement: z.strictObject({ recipient: text, purpose: text, ends: day }).exactOptional(),
})
