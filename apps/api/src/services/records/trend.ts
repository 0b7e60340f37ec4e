import { MOST_TREND_VALUES, type TrendInput, type TrendOutput } from '@chartward/contract'
import { dateFields, titleFields } from '@chartward/fhir'
import { type FieldPath, isFieldPath, type Scope } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'
import { readChart } from '../../vault/chart/read-chart.ts'
import { openedClasses } from '../../vault/opened-classes.ts'
import { rowsOf } from '../../vault/rows.ts'
import { selectVersions } from '../../vault/select-versions.ts'
import { viewVersions } from '../../vault/view.ts'
import { compareLines } from './order.ts'

const TYPE = 'Observation'

/** What a point is made of: what was measured, when, and its numbers. */
const POINT_FIELDS: ReadonlySet<string> = new Set([
  ...titleFields(TYPE),
  ...dateFields(TYPE),
  'valueQuantity',
  'valueInteger',
  'component',
])

/**
 * All values of one measurement, newest first, cut down to the Scope and to what a point is made of: not
 * those of a list's page. Left out is what can be no point: taken back, negated, not understood, withheld or
 * without a date; and a record that is not what was stored. Beyond `MOST_TREND_VALUES` the newest are given
 * and all are counted.
 */
export const trend = async ({
  ctx: { app, entry },
  scope,
  input: { patientId, kind },
}: {
  ctx: VerbContext<'record.listed'>
  scope: Scope
  input: TrendInput
}): Promise<TrendOutput> => {
  const lines = (await readChart(app, scope, patientId, [TYPE])).get(TYPE)?.lines ?? []
  const points = lines
    .filter((line) => line.title?.kind === kind && line.counts && line.date !== null)
    .toSorted(compareLines)
  const ids = points.slice(0, MOST_TREND_VALUES).map(({ id }) => id)
  const versions = await selectVersions(
    app.db,
    await rowsOf(app, scope),
    { patientId, type: TYPE, ids },
    openedClasses(scope, TYPE),
  )
  const { items, shown, masked } = await viewVersions(app, scope, patientId, versions)
  const byId = new Map(items.map((item) => [item.id, item]))
  const isOfPoint = (path: FieldPath): boolean => POINT_FIELDS.has(path.slice(path.indexOf('.') + 1))
  entry.for('trend of a measurement')
  entry.shown({
    fields: [...shown].filter(isOfPoint),
    masked: [...masked].filter(isOfPoint),
    count: items.length,
    resource: { type: TYPE, id: null },
  })
  return {
    count: points.length,
    items: ids.flatMap((id) => {
      const item = byId.get(id)
      if (item === undefined || item.untrusted || item.withheld) return []
      const values = Object.entries(item.values).filter(
        ([name]) => POINT_FIELDS.has(name) && isFieldPath(`${TYPE}.${name}`),
      )
      return [{ id, values: Object.fromEntries(values) }]
    }),
  }
}
