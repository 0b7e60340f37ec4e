import type { ListRecordsInput, ListRecordsOutput } from '@chartward/contract'
import type { FieldPath, Scope } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { readChart, type TypeIndex } from '../../vault/chart/read-chart.ts'
import { openedClasses } from '../../vault/opened-classes.ts'
import { rowsOf } from '../../vault/rows.ts'
import { type Selection, selectVersions } from '../../vault/select-versions.ts'
import type { SealedVersion } from '../../vault/version.ts'
import { viewVersions } from '../../vault/view.ts'
import { referencedNames } from '../directory/referenced.ts'
import { compareRanked, cursorOf, orderOf, placeIn, placeOf, summaryOf } from './order.ts'
import { recordOf } from './record-of.ts'

interface Question {
  readonly ctx: VerbContext<'record.listed' | 'record.taken-away'>
  readonly scope: Scope
  readonly input: ListRecordsInput
}

/** Sealed versions of a page in order, and where the next one begins. */
interface Page extends Pick<ListRecordsOutput, 'order' | 'nextCursor' | 'summary'> {
  readonly versions: readonly SealedVersion[]
}

/**
 * A patient's records of one type, newest first by their own dates (problems, medication and orders with what
 * is active before the rest), cut down to the Scope, a page at a time. The order is that of the chart's
 * index. Where the index does not fit the records, or the Scope shows nothing of it, they come in order of id
 * and the answer says which it is: all of them, and never fewer in silence.
 */
export const listRecords = async (question: Question): Promise<ListRecordsOutput> => {
  const { ctx, scope, input } = question
  const { patientId, type } = input
  const index = (await readChart(ctx.app, scope, patientId, [type])).get(type)
  const { versions, order, nextCursor, summary } =
    index === undefined || index.lines === null
      ? await pageById(question, index?.trust === 'untrusted' ? 'untrusted' : 'by-id')
      : await pageByDate(question, index.lines)
  const { items, shown, masked } = await viewVersions(ctx.app, scope, patientId, versions)
  const named = await referencedNames(ctx.app, scope, patientId, items)
  const told: Iterable<FieldPath> = summary === null ? [] : (index?.shown ?? [])
  ctx.entry.shown({
    fields: [...shown, ...told, ...named.shown],
    masked,
    count: items.length,
    resource: { type, id: null },
  })
  return { items: items.map((item) => recordOf(item, named.names.get(item.id))), nextCursor, order, summary }
}

const select = async ({ ctx: { app }, scope, input }: Question, selection: Selection) =>
  selectVersions(app.db, await rowsOf(app, scope), selection, openedClasses(scope, input.type))

const pageByDate = async (question: Question, lines: NonNullable<TypeIndex['lines']>): Promise<Page> => {
  const { patientId, type, cursor, limit, standing, state, kind } = question.input
  const wanted = lines.filter(
    (line) =>
      (standing === undefined || line.standing === standing) &&
      (state === undefined || (line.state ?? '') === state) &&
      (kind === undefined || line.title?.kind === kind) &&
      (!line.withheld || (standing ?? state ?? kind) === undefined),
  )
  const order = orderOf(type)
  const after = placeOf(cursor, [order])
  const rest = wanted
    .map((line) => placeIn(order, line))
    .filter((place) => after === null || compareRanked(place, after) > 0)
    .toSorted(compareRanked)
  const page = rest.slice(0, limit)
  const found = await select(question, { patientId, type, ids: page.map(({ id }) => id) })
  const byId = new Map(found.map((version) => [version.recordId, version]))
  const last = page.at(-1)
  return {
    versions: page.map(({ id }) => byId.get(id) ?? missing()),
    order,
    nextCursor: rest.length > limit && last !== undefined ? cursorOf(order, last) : null,
    summary: after === null ? summaryOf(lines) : null,
  }
}

/** The index names a record that has none of its versions: no list may leave it out in silence. */
const missing = (): never => {
  throw new ChartwardError('INTEGRITY')
}

const pageById = async (question: Question, order: 'by-id' | 'untrusted'): Promise<Page> => {
  const { patientId, type, cursor, limit } = question.input
  const after = placeOf(cursor, ['by-id', 'untrusted'])?.id ?? null
  const found = await select(question, { patientId, type, after, limit: limit + 1 })
  const versions = found.slice(0, limit)
  const last = versions.at(-1)?.recordId
  return {
    versions,
    order,
    nextCursor:
      found.length > limit && last !== undefined ? cursorOf(order, { date: null, id: last, part: 0 }) : null,
    summary: null,
  }
}
