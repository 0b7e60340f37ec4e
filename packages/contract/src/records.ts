import { isResourceType, type ResourceType } from '@chartward/policy'
import * as z from 'zod/mini'
import { count, id, instant, limit, patientId, recordId, typed } from './forms.ts'
import { areFieldsOf, rest, values } from './values.ts'
import { recordOrder, standing } from './words.ts'

const resourceType = z.custom<ResourceType>((value) => typeof value === 'string' && isResourceType(value))

/** What may not be ignored of a record (FHIR's modifier elements and security labels), in people's words. */
export const meaning = z.strictObject({
  standing,
  words: z.array(z.string()),
  counts: z.boolean(),
  /** Whether what it says is shown struck through: it is not so, or was taken back. */
  struck: z.boolean(),
  labels: z.array(z.string()),
})

/** What references mean that carry no words of their own. */
export const names = z.array(z.strictObject({ reference: z.string(), words: z.string() }))

/** A record as its reader may see it. */
const record = z
  .strictObject({
    id,
    type: resourceType,
    version: z.int().check(z.positive()),
    authoredAt: instant,
    values,
    /** What no field is declared for, as it was sent: of one's own record, and null of any other. */
    rest: z.nullable(rest),
    /** What it is about, in one line; null where no field that the reader sees clear says it. */
    title: z.nullable(z.string()),
    names,
    meaning,
    untrusted: z.boolean(),
    /** Its source has labelled it, and no role of the reader names the label: nothing of it is shown. */
    withheld: z.boolean(),
  })
  .check(z.refine(({ type, values }) => areFieldsOf(type, values), { path: ['values'] }))

export const getRecordInput = z.strictObject({ patientId, id: recordId })
export const getRecordOutput = record

/**
 * Where a page of records ended: in which order (active first: among the active ones or after), at which date
 * (in ms), after which record.
 */
const place = z
  .string()
  .check(
    z.regex(
      /^(newest-first|active-first\.[012]|by-id|untrusted)\.(none|-?\d{1,16})\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    ),
  )

const chartFacet = z.strictObject({ standing, state: z.nullable(z.string()), count })

export const listRecordsInput = z.strictObject({
  patientId,
  type: resourceType,
  cursor: z.optional(place),
  limit: z._default(limit, 50),
  /** Those of one standing, or one state (empty for none), alone: both as the summary has them. */
  standing: z.optional(standing),
  state: z.optional(typed(0, 200)),
  /** Those that are about one thing: one of the `kinds` of the summary. */
  kind: z.optional(typed(1, 200)),
})
export const listRecordsOutput = z.strictObject({
  items: z.array(record),
  nextCursor: z.nullable(place),
  order: recordOrder,
  /** Of all records of the type, with the first page; null with later ones and where there is no index. */
  summary: z.nullable(
    z.strictObject({
      total: count,
      /** Those without a date of their own, which come last. */
      undated: count,
      /** Those that their security labels keep from the reader: they come last, and show nothing. */
      withheld: count,
      states: z.array(chartFacet),
      /** What is measured often enough for a trend, most often first. */
      kinds: z.array(
        z.strictObject({
          kind: z.string(),
          title: z.string(),
          count,
          /** How many of the kind are in no trend: negated, taken back, not understood, or without a date. */
          leftOut: count,
        }),
      ),
    }),
  ),
})

/**
 * A part of a chart's overview: of one type of record or two that say the same kind of thing. What it says of
 * them is one of four things, none of which stands for another.
 */
const overviewSection = z.strictObject({
  /**
   * `not-yours`: the reader's roles don't show what such records say, and nothing more is told;
   * `not-imported`: there is none, and none was imported of any patient of this one's source;
   * `none`: there is none of this patient, though the source has sent some; `some`: there are some.
   */
  known: z.enum(['not-yours', 'not-imported', 'none', 'some']),
  /** All records of its types, whatever they say. */
  records: count,
  /** Of those, the ones that their security labels keep from the reader. */
  withheld: count,
  /** Of those, the ones that something changes that is not understood here. */
  notUnderstood: count,
  /** What belongs to how things are now, newest first. */
  items: z.array(record),
  /** There may be more than `items`. */
  cut: z.boolean(),
  /**
   * Not all that was stored is there as it was: the index does not fit the records, or a record is changed or
   * gone. What is shown was looked for among the records themselves where the index could not be used.
   */
  untrusted: z.boolean(),
})

export const overviewInput = z.strictObject({ patientId })
export const overviewOutput = z.strictObject({
  allergies: overviewSection,
  problems: overviewSection,
  medication: overviewSection,
  vitals: overviewSection,
  visits: overviewSection,
  orders: overviewSection,
})

/** As many values as one trend brings, the newest: more are counted, and the reader is told. */
export const MOST_TREND_VALUES = 2000

/** All of one `kind` of a summary that can be points of a trend. */
export const trendInput = z.strictObject({ patientId, kind: typed(1, 200) })
export const trendOutput = z.strictObject({
  /** How many there are. */
  count,
  /** Newest first: of each observation what it is of, when it was made, and its numbers. */
  items: z.array(
    z
      .strictObject({ id, values })
      .check(z.refine(({ values }) => areFieldsOf('Observation', values), { path: ['values'] })),
  ),
})

export type OverviewInput = z.output<typeof overviewInput>
export type OverviewOutput = z.output<typeof overviewOutput>
export type OverviewSection = z.output<typeof overviewSection>
export type TrendInput = z.output<typeof trendInput>
export type TrendOutput = z.output<typeof trendOutput>
export type GetRecordInput = z.output<typeof getRecordInput>
export type GetRecordOutput = z.output<typeof getRecordOutput>
export type ListRecordsInput = z.output<typeof listRecordsInput>
export type ListRecordsOutput = z.output<typeof listRecordsOutput>
export type RecordMeaning = z.output<typeof meaning>
export type ChartFacet = z.output<typeof chartFacet>
