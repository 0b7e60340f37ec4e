import type { GetPeopleChangeInput, GetPeopleChangeOutput, LineResult } from '@chartward/contract'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { resultFigures } from './change-people-work.ts'
import type { ChangeId } from './change-row.ts'
import { countsOf, planNow } from './people-terms.ts'
import { shownChanges } from './view.ts'

const PAGE = 100

type Lines = NonNullable<GetPeopleChangeOutput['difference']>['lines']

/** Every line of a change, with what has become of it so far; null where nothing is left of it. */
export const allLines = async (
  { app }: Pick<VerbContext, 'app'>,
  id: ChangeId,
): Promise<(ReturnType<typeof countsOf> & { hash: string; lines: Lines }) | null> => {
  const plan = await planNow(app.db, app, id)
  if (plan === null) return null
  const rows = await app.db.sql<{ line: number; outcome: LineResult }[]>`
    select line, outcome from people_change_lines where change_id = ${id}`
  const results = new Map(rows.map(({ line, outcome }) => [line, outcome]))
  const lines = plan.lines
    .map(({ line }) => ({ ...line, result: results.get(line.line) ?? null }))
    .toSorted((a, b) => a.line - b.line)
  return { ...countsOf(plan), hash: plan.hash, lines }
}

/**
 * One change: before it is agreed on what it would come to now, afterwards what was agreed on and what has
 * become of each line.
 */
export const getPeopleChange = async ({
  ctx,
  input: { id, outcome, result, after = 0, limit = PAGE },
}: {
  readonly ctx: VerbContext<'people.viewed'>
  readonly input: GetPeopleChangeInput
}): Promise<GetPeopleChangeOutput> => {
  const { app, entry } = ctx
  entry.about({ type: 'people-change', id }, null)
  const [found] = await shownChanges(ctx, { id, limit: 1 })
  if (found === undefined) throw new ChartwardError('NOT_FOUND')
  const all = await allLines(ctx, found.row.id)
  const rest = (all?.lines ?? []).filter(
    (line) =>
      line.line > after &&
      (outcome === undefined || line.outcome === outcome) &&
      (result === undefined || line.result === result),
  )
  const lines = rest.slice(0, limit)
  entry.shown({ count: lines.length, resource: { type: 'people-change', id } })
  return {
    ...found.shown,
    difference:
      all === null
        ? null
        : { ...all, lines, next: rest.length > lines.length ? (lines.at(-1)?.line ?? null) : null },
    results: await resultFigures(app.db, found.row.id),
  }
}
