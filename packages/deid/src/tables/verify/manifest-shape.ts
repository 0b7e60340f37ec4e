import { z } from 'zod'
import type { TableManifest } from '../format/table-release.ts'

/*
 * The shape of manifest.json, written anew from the format's description. No unknown name, no number that is
 * not finite or is below 0 where a count or a share stands.
 */

const count = z.int().nonnegative()
const share = z.number().min(0).max(1)
const amount = z.number().nonnegative()
const finite = z.number()
const name = z.string().min(1)
const text = z.string()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const day = z.iso.date()

const category = z.enum([
  ...(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'] as const),
  ...(['J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'none'] as const),
])
const profile = z.enum(['safe-harbor', 'expert-determination', 'limited-data-set'])
const role = z.enum(['identifier', 'quasi-identifier', 'sensitive', 'insensitive', 'text'])
const content = z.enum(['date', 'age', 'zip', 'state', 'city', 'year', 'code', 'number', 'text', 'other'])

const model = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('k-anonymity'), k: z.int().min(2) }),
  z.strictObject({ kind: z.literal('distinct-l-diversity'), attribute: name, l: z.int().min(2) }),
  z.strictObject({ kind: z.literal('entropy-l-diversity'), attribute: name, l: z.number().gt(1) }),
  z.strictObject({
    kind: z.literal('recursive-l-diversity'),
    attribute: name,
    c: z.number().gt(0),
    l: z.int().min(2),
  }),
  z.strictObject({
    kind: z.literal('t-closeness'),
    attribute: name,
    t: share,
    distance: z.enum(['equal', 'ordered', 'hierarchical']),
  }),
  z.strictObject({ kind: z.literal('small-cells'), attribute: name, minimum: z.int().min(2) }),
  z.strictObject({ kind: z.literal('prosecutor-risk'), threshold: share }),
  z.strictObject({ kind: z.literal('records-at-risk'), threshold: share, share }),
  z.strictObject({ kind: z.literal('marketer-risk'), threshold: share }),
  z.strictObject({ kind: z.literal('journalist-risk'), threshold: share, population: z.int().positive() }),
  z.strictObject({
    kind: z.literal('population-uniqueness'),
    threshold: share,
    population: z.int().positive(),
    estimator: z.enum(['zayatz', 'pitman', 'dankar']),
  }),
])

const hierarchy = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('csv'),
    file: text,
    delimiter: z.enum([',', ';', '\t', '|']).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('interval'),
    widths: z.array(z.number().positive()),
    origin: finite.exactOptional(),
    bottom: finite.exactOptional(),
    top: finite.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('date'),
    levels: z.array(z.enum(['week', 'month', 'quarter', 'year', 'five-years', 'decade'])),
  }),
  z.strictObject({ kind: z.literal('prefix'), lengths: z.array(count) }),
  z.strictObject({
    kind: z.literal('order'),
    values: z.array(z.string()),
    fanouts: z.array(z.int().positive()),
  }),
])

const transform = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('redact') }),
  z.strictObject({ kind: z.literal('keep') }),
  z.strictObject({ kind: z.literal('generalise'), level: count.exactOptional() }),
  z.strictObject({ kind: z.literal('top-code'), above: finite }),
  z.strictObject({ kind: z.literal('bottom-code'), below: finite }),
  z.strictObject({ kind: z.literal('bin'), width: z.number().positive(), origin: finite.exactOptional() }),
  z.strictObject({
    kind: z.literal('perturb'),
    scale: z.number().positive(),
    minimum: finite.exactOptional(),
    maximum: finite.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('pseudonym') }),
  z.strictObject({ kind: z.literal('random-id') }),
  z.strictObject({ kind: z.literal('date-shift'), days: z.int().positive() }),
  z.strictObject({ kind: z.literal('year') }),
  z.strictObject({ kind: z.literal('zip3') }),
  z.strictObject({ kind: z.literal('substitute'), values: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('scrub') }),
])

const plan = z.strictObject({
  format: z.literal('chartward-deid-plan/1'),
  title: text,
  profile,
  asOf: day,
  seed: text,
  delimiter: z.enum([',', ';', '\t', '|']).exactOptional(),
  patient: name.nullable(),
  columns: z.record(
    name,
    z.strictObject({
      role,
      category,
      content,
      transform,
      hierarchy: hierarchy.exactOptional(),
      weight: amount.exactOptional(),
    }),
  ),
  models: z.array(model),
  suppressionLimit: share,
  search: z.strictObject({
    method: z.enum(['optimal', 'local', 'mondrian', 'best']),
    maxNodes: count.exactOptional(),
    maxMilliseconds: amount.exactOptional(),
  }),
  metric: z.enum(['loss', 'discernibility', 'average-class', 'non-uniform-entropy']),
  formats: z.array(z.enum(['csv', 'parquet'])).min(1),
  expert: z.strictObject({ name: text, date: day }).exactOptional(),
  dataUseAgreement: z.strictObject({ recipient: text, purpose: text, ends: day }).exactOptional(),
})

const risks = z.strictObject({
  prosecutor: share,
  marketer: share,
  atRisk: z.strictObject({ '0.05': share, '0.1': share, '0.2': share, '0.33': share }),
  unique: share,
  smallestClass: count,
  averageClass: amount,
  classes: count,
})

/** The shape of manifest.json. */
export const manifestShape: z.ZodType<TableManifest> = z.strictObject({
  format: z.literal('chartward-deid-release/1'),
  engine: text,
  plan,
  planSha256: sha256,
  profile,
  source: z.strictObject({ rows: count, patients: count, columns: count }),
  released: z.strictObject({ rows: count, patients: count, suppressedRows: count }),
  patientColumn: name.nullable(),
  columns: z
    .array(
      z.strictObject({
        name,
        role: z.enum([...role.options, 'patient']),
        category: z.string(),
        content,
        transform,
        coverage: z
          .strictObject({ domain: z.int().positive(), labels: z.record(z.string(), z.int().positive()) })
          .nullable(),
        weight: amount,
      }),
    )
    .min(1),
  models: z.array(z.strictObject({ model, reached: finite.nonnegative() })),
  distributions: z.array(
    z.strictObject({
      attribute: name,
      values: z.array(z.string()).min(1),
      patients: z.array(count),
      ranks: z.array(count).nullable(),
      groups: z.array(z.array(count)).nullable(),
    }),
  ),
  method: z.enum(['optimal', 'local', 'mondrian']),
  proof: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['optimal', 'heuristic']) }),
    z.strictObject({ kind: z.literal('best-found'), gap: share }),
  ]),
  risksBefore: risks,
  risksAfter: risks,
  utility: z.strictObject({
    loss: share,
    lossByColumn: z.record(name, share),
    discernibility: amount,
    averageClass: amount.nullable(),
  }),
  zip3Table: z.strictObject({ source: text, sha256 }),
  files: z.array(z.strictObject({ name, bytes: count, sha256 })),
})

/** Members whose names are values of the data, or could be: not to be repeated in a finding. */
const KEYED_BY_DATA = new Set(['labels', 'lossByColumn', 'columns'])

/** Where in the manifest a fault lies, without any name that the manifest itself chose. */
export const placeInManifest = (path: readonly PropertyKey[]): string =>
  path
    .map((step, at) =>
      KEYED_BY_DATA.has(String(path[at - 1])) && typeof step === 'string' ? '*' : String(step),
    )
    .join('.')
