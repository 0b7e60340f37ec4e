import * as z from 'zod/mini'
import { count, done, id, instant, person } from './forms.ts'
import { integrityReport } from './integrity.ts'
import { changePeopleFigures } from './people.ts'
import { importUploadFigures, withdrawUploadFigures } from './upload-results.ts'
import { workState } from './words.ts'

/** What takes longer than an answer may, each kind done by the service that owns it. */
export const workKind = z.enum([
  'check-log',
  'export-log',
  'build-export',
  'import-upload',
  'withdraw-upload',
  'change-people',
  'lock-down',
])

/** Why work failed; all that is kept and shown of it. */
export const workFailure = z.enum([
  /** Every attempt was cut off or met an error that is in the process's log. */
  'gave-up',
  /** The process that did it stopped, and it can't be taken up again. */
  'cut-off',
  /** Whoever it was sent to took no more of it. */
  'broken-off',
  'identifier-found',
  'not-verified',
  'records-untrusted',
  'too-large',
  'no-space',
  /** Whoever asked for it may not do it any more. */
  'not-permitted',
])

const { problems: _, checkedAt: __, ...checked } = integrityReport.shape

/** What is the same of all work. */
const common = {
  id,
  /** What it is done of, where it is about one thing: an export. */
  subjectId: z.nullable(id),
  askedBy: person,
  mine: z.boolean(),
  askedAt: instant,
  state: workState,
  /** False where the row is none that the application vouches for: then nothing of it counts. */
  vouched: z.boolean(),
  startedAt: z.nullable(instant),
  endedAt: z.nullable(instant),
  cancelAskedAt: z.nullable(instant),
  cancelAskedBy: z.nullable(person),
  mayCancel: z.boolean(),
  failure: z.nullable(workFailure),
  done: count,
  /** Null where it is not known. */
  total: z.nullable(count),
  /** A second's worth of `done` in this phase; null while too little is known. */
  rate: z.nullable(z.number()),
  /** Until this phase ends, at that rate; null where it is not known. */
  secondsLeft: z.nullable(count),
  /** It runs, and nothing has been heard of whoever does it for a while. */
  silent: z.boolean(),
}

/** The words of each kind's phases, in their order. */
const PHASES = {
  'check-log': ['entries', 'rows', 'contents'],
  'export-log': ['sending'],
  'build-export': ['people', 'records', 'verifying'],
  'import-upload': ['reading', 'waiting'],
  'withdraw-upload': ['patients'],
  'change-people': ['persons'],
  'lock-down': ['accounts'],
} as const satisfies Record<z.output<typeof workKind>, readonly [string, ...string[]]>

/** What is shown of each kind's result. */
export const WORK_RESULTS = {
  'check-log': z.strictObject(checked),
  'export-log': z.strictObject({ size: count }),
  'build-export': z.strictObject({ patients: count, records: count }),
  'import-upload': importUploadFigures,
  'withdraw-upload': withdrawUploadFigures,
  'change-people': changePeopleFigures,
  /** Of so many people: locked down, waiting for a second person, closed already, left to somebody else. */
  'lock-down': z.strictObject({
    people: count,
    lockedDown: count,
    waiting: count,
    left: count,
    bound: count,
  }),
} as const satisfies Record<z.output<typeof workKind>, z.ZodMiniType>

const workOf = <const K extends z.output<typeof workKind>>(kind: K) =>
  z.strictObject({
    ...common,
    kind: z.literal(kind),
    /** What it is doing; null unless it runs. */
    phase: z.nullable(z.enum(PHASES[kind])),
    /** Of a work that is done: what came of it. */
    result: z.nullable(WORK_RESULTS[kind]),
  })

const work = z.discriminatedUnion('kind', [
  workOf('check-log'),
  workOf('export-log'),
  workOf('build-export'),
  workOf('import-upload'),
  workOf('withdraw-upload'),
  workOf('change-people'),
  workOf('lock-down'),
])

export const listWorksInput = z.strictObject({
  kind: z.optional(workKind),
  /** Only what waits or runs. */
  open: z.optional(z.boolean()),
  /** Only what the reader has asked for. */
  mine: z.optional(z.boolean()),
  /** Only what ended so, or is so. */
  state: z.optional(workState),
  /** Only what is done of this one. */
  subjectId: z.optional(id),
  /** Only what was asked for before this one. */
  cursor: z.optional(id),
  limit: z._default(z.int().check(z.minimum(1), z.maximum(30)), 30),
})
export const listWorksOutput = z.strictObject({ items: z.array(work), nextCursor: z.nullable(id) })

export const getWorkInput = z.strictObject({ id })
export const getWorkOutput = work

export const cancelWorkInput = z.strictObject({ id })
export const cancelWorkOutput = done

export type WorkKindName = z.output<typeof workKind>
export type WorkState = z.output<typeof workState>
export type WorkFailure = z.output<typeof workFailure>
export type Work = z.output<typeof work>
export type WorkOf<K extends WorkKindName> = Extract<Work, { kind: K }>
export type WorkPhase<K extends WorkKindName> = (typeof PHASES)[K][number]
export type WorkResult<K extends WorkKindName> = z.output<(typeof WORK_RESULTS)[K]>
export type ListWorksInput = z.output<typeof listWorksInput>
export type ListWorksOutput = z.output<typeof listWorksOutput>
