import { kmsProblem } from '@chartward/contract'
import { z } from 'zod'
import { type ChartwardCode, ERRORS } from './errors.ts'

/** Of our own making (core/ids.ts): an id of a source system is none of these. */
const id = z.uuidv7()
/** The queue makes its own ids, and whoever puts an entry in behind the application chooses one. */
const anyId = z.guid()
const count = z.int().nonnegative()
/** What our own code calls a job or a follower. */
const ourName = z.string().regex(/^[a-z]{2,20}(-[a-z]{2,20}){0,4}$/)

/**
 * The words of the log: every key that a line may have beside `level`, `time`, `msg` and `error`, with the
 * form of its value. Ids, codes of closed lists, names of our own code and numbers; free text has no form.
 * docs/debugging.md says what each means.
 */
export const LOG_FORMS = {
  requestId: id,
  /** As the router names it; a name that it doesn't know never gets that far. */
  procedure: z.string().regex(/^[a-z]+\.[A-Za-z]+$/),
  /** The pattern of the route, not the URL. */
  route: z.string().regex(/^(\/:?[a-z][a-z-]*)+$/i),
  answer: z.literal(Object.keys(ERRORS) as ChartwardCode[]),

  recordId: id,
  version: count,
  exportId: id,
  failure: z.literal([
    'identifier-found',
    'not-verified',
    'records-untrusted',
    'too-large',
    'no-space',
    'cancelled',
    'gave-up',
  ]),
  job: ourName,
  jobId: anyId,
  /** Long work that somebody asked for. */
  workId: id,

  entryId: anyId,
  problem: z
    .string()
    .regex(
      /^(entry-missing|bad-mac|key-not-handed-over|key-not-in-force|(leaf-hash-mismatch|malformed-entry|column-mismatch): [A-Za-z]{1,30})$/,
    ),
  /** A kind of row that is vouched for. */
  rowKind: ourName,
  rowId: anyId,
  rowProblem: z.literal(['bad-seal', 'earlier-state', 'row-missing']),
  problems: count,
  entries: count,
  /** The process that gave an entry its number. */
  writer: id,
  number: count,
  refusals: count,

  fault: z.literal([
    'head-missing',
    'head-mismatch',
    'nodes-mismatch',
    'leaves-mismatch',
    'checkpoint-missing',
    'checkpoint-invalid',
    'checkpoint-ahead',
    'checkpoint-mismatch',
    'kept-invalid',
    'kept-ahead',
    'kept-mismatch',
    'store-invalid',
    'store-ahead',
    'store-mismatch',
    'store-changed',
    'entry-lost',
    'signing-key-missing',
    'cursor-ahead',
    'leaf-missing',
    'entry-missing',
    'bad-mac',
    'leaf-mismatch',
    'malformed-entry',
  ]),
  follower: ourName,
  /** Why a key store gave no key. */
  kmsProblem: z.literal(kmsProblem.options),
  index: count,
  /** A host and a path, as the log's checkpoints have it. */
  origin: z.string().regex(/^(localhost|[a-z0-9-]+(\.[a-z0-9-]+)+)(:\d+)?(\/[a-z0-9._-]+)+$/),
  exitCode: count,
  failures: count,
  size: count,
  limitMs: count,
  months: count,
  percentLeft: count,
  taken: count,
  sequenced: count,
  quarantined: count,
  current: count,
  fromCurrent: count,
} as const

type Forms = typeof LOG_FORMS

/**
 * What a line may say. `err` is whatever was thrown: only what core/causes.ts keeps of it is written,
 * under `error`.
 */
export type LogFacts = { readonly [K in keyof Forms]?: z.infer<Forms[K]> | null | undefined } & {
  readonly err?: unknown
}
