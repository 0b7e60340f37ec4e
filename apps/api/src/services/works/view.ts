import { getWorkOutput, type Work as ShownWork, type WorkKindName } from '@chartward/contract'
import { and, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { VerbContext } from '../../guard/guard.ts'
import { holds } from '../../guard/holds.ts'
import { personOf, userNames } from '../users/names.ts'
import type { WorkKind } from './kind.ts'
import { ALL_KINDS, workKindOf } from './kinds.ts'
import { type WorkRow, works } from './work.ts'

/** Below this nothing is said of how fast it goes, in seconds. */
const LEAST_SECONDS = 2

/** By the database's clock, as are `phaseAt` and `heartbeat`. */
const PACE = {
  row: works,
  seconds: sql<number | null>`extract(epoch from ${works.heartbeat} - ${works.phaseAt})::float8`,
  silent: sql<boolean>`coalesce(${works.state} = 'running' and ${works.heartbeat} < now() - interval '30 seconds', false)`,
}

type Reader = Pick<VerbContext, 'app' | 'actor' | 'policy' | 'session' | 'user'>

/** The works that the reader's roles show, now: having asked for one is not enough. */
export const visibleTo = (reader: Reader): SQL | undefined => {
  const named = (kinds: readonly WorkKind[]): WorkKindName[] => kinds.map(({ kind }) => kind)
  const all = ALL_KINDS.filter(({ sees }) => holds(reader, sees.all))
  const own = ALL_KINDS.filter(({ sees }) => sees.own !== null && holds(reader, sees.own))
  return or(
    inArray(works.kind, named(all)),
    and(inArray(works.kind, named(own)), eq(works.askedBy, reader.user.id)),
  )
}

/** The newest works that the reader may see, of those that fit `where`. */
export const visibleWorks = async (
  reader: Reader,
  where: SQL | undefined,
  limit: number,
): Promise<ShownWork[]> => {
  const { app } = reader
  const found = await app.db.orm
    .select(PACE)
    .from(works)
    .where(and(visibleTo(reader), where))
    .orderBy(desc(works.id))
    .limit(limit)
  const names = await userNames(
    app.db,
    found.flatMap(({ row }) => [row.askedBy, row.cancelAskedBy]),
  )
  return Promise.all(
    found.map(async ({ row, seconds, silent }) => {
      const vouched = await app.vouching.admits('work', row)
      return z.parse(getWorkOutput, {
        ...factsOf(row),
        kind: row.kind,
        askedBy: personOf(names, row.askedBy),
        mine: row.askedBy === reader.user.id,
        cancelAskedBy: row.cancelAskedBy === null ? null : personOf(names, row.cancelAskedBy),
        vouched,
        mayCancel: isOpenRow(row) && row.cancelAskedAt === null && workKindOf(row.kind).cancel !== 'never',
        result: vouched && row.state === 'done' ? resultOf(row) : null,
        phase: row.state === 'running' ? row.phase : null,
        ...paceOf(row, seconds),
        silent,
      })
    }),
  )
}

const factsOf = (row: WorkRow) => ({
  id: row.id,
  subjectId: row.subjectId,
  askedAt: row.askedAt.toISOString(),
  state: row.state,
  startedAt: row.startedAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
  cancelAskedAt: row.cancelAskedAt?.toISOString() ?? null,
  failure: row.failure,
  done: row.done,
  total: row.total,
})

export const isOpenRow = ({ state }: Pick<WorkRow, 'state'>): boolean =>
  state === 'waiting' || state === 'running'

const resultOf = ({ kind, result }: WorkRow): unknown => {
  return workKindOf(kind).show(result)
}

/** Honest: null while too little is known, and where nobody knows how much there is. */
const paceOf = (
  { state, done, total }: WorkRow,
  seconds: number | null,
): { readonly rate: number | null; readonly secondsLeft: number | null } => {
  if (state !== 'running' || seconds === null || seconds < LEAST_SECONDS || done === 0)
    return { rate: null, secondsLeft: null }
  const rate = done / seconds
  return { rate, secondsLeft: total === null ? null : Math.max(0, Math.ceil((total - done) / rate)) }
}
