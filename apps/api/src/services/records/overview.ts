import type { OverviewInput, OverviewOutput, OverviewSection } from '@chartward/contract'
import { titleFields } from '@chartward/fhir'
import { fieldAccess, isFieldPath, type PatientId, type ResourceType, type Scope } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { readChart, type TypeIndex } from '../../vault/chart/read-chart.ts'
import { importedTypes } from '../../vault/imported-types.ts'
import { openedClasses } from '../../vault/opened-classes.ts'
import { rowsOf } from '../../vault/rows.ts'
import { selectVersions } from '../../vault/select-versions.ts'
import type { SealedVersion } from '../../vault/version.ts'
import { type RecordView, viewVersions } from '../../vault/view.ts'
import { referencedNames } from '../directory/referenced.ts'
import { OVERVIEW_PARTS, OVERVIEW_TYPES, type OverviewPart } from './overview-parts.ts'
import { recordOf } from './record-of.ts'

interface Question {
  readonly ctx: VerbContext<'record.listed'>
  readonly scope: Scope
  readonly input: OverviewInput
}

/** A part without its records, and what leaves of it: sealed, in order. */
interface ReadPart {
  readonly told: Omit<OverviewSection, 'items'>
  readonly kept: readonly SealedVersion[]
}

/**
 * How a patient is now, and what happened last: what somebody who treats them has to know before anything
 * else. Of each part it says what can be said: that there is none, that none was ever sent, and that the
 * reader may not see any are three things. Which records belong to it is decided by what they mean, and never
 * by a status alone; what labels withhold is counted and not told. Where an index does not fit the records,
 * they are looked through themselves, and the part says so.
 */
export const overview = async (question: Question): Promise<OverviewOutput> => {
  const { ctx, scope, input } = question
  const { app, entry } = ctx
  const { patientId } = input
  const yours = yoursAmong(scope)
  const indexes = await readChart(app, scope, patientId, yours)
  const none = yours.filter((type) => (indexes.get(type)?.records ?? 0) === 0)
  const imported = await importedTypes(app.db, patientId, none)
  const read = (part: OverviewPart) => readPart(question, part, indexes, imported)
  const parts = {
    allergies: await read(OVERVIEW_PARTS.allergies),
    problems: await read(OVERVIEW_PARTS.problems),
    medication: await read(OVERVIEW_PARTS.medication),
    vitals: await read(OVERVIEW_PARTS.vitals),
    visits: await read(OVERVIEW_PARTS.visits),
    orders: await read(OVERVIEW_PARTS.orders),
  }
  // Opened once more, those alone that leave: the entry names what was shown, not what was looked through.
  const kept = Object.values(parts).flatMap((part) => part.kept)
  const { items, shown, masked } = await viewVersions(app, scope, patientId, kept)
  const named = await referencedNames(app, scope, patientId, items)
  const views = new Map(items.map((item) => [item.id, recordOf(item, named.names.get(item.id))]))
  entry.for('overview of the chart')
  entry.shown({
    fields: [...shown, ...named.shown],
    masked,
    count: items.length,
    resource: { type: 'Patient', id: patientId },
  })
  const section = ({ told, kept }: ReadPart): OverviewSection => ({
    ...told,
    items: kept.flatMap(({ recordId }) => views.get(recordId) ?? []),
  })
  return {
    allergies: section(parts.allergies),
    problems: section(parts.problems),
    medication: section(parts.medication),
    vitals: section(parts.vitals),
    visits: section(parts.visits),
    orders: section(parts.orders),
  }
}

/** The types of which the Scope shows what their records are about: of others nothing can be said. */
const yoursAmong = (scope: Scope): ResourceType[] =>
  OVERVIEW_TYPES.filter((type) =>
    titleFields(type).some((name) => {
      const path = `${type}.${name}`
      return isFieldPath(path) && fieldAccess(scope, path) === 'clear'
    }),
  )

const readPart = async (
  { ctx: { app }, scope, input: { patientId } }: Question,
  part: OverviewPart,
  indexes: ReadonlyMap<ResourceType, TypeIndex>,
  imported: ReadonlySet<ResourceType>,
): Promise<ReadPart> => {
  const now = app.clock().getTime()
  const types = part.types.flatMap((type) => {
    const index = indexes.get(type)
    return index === undefined ? [] : [{ type, index }]
  })
  const opened = await Promise.all(types.map((one) => openType(app, scope, patientId, part, one)))
  const chosen = part.choose(
    opened.flatMap(({ views }) => views),
    now,
  )
  const shown = chosen.slice(0, part.most)
  const versions = new Map(opened.flatMap((one) => one.versions).map((one) => [one.recordId, one]))
  const sum = (of: (one: Opened) => number): number => opened.reduce((total, one) => total + of(one), 0)
  const records = sum(({ index }) => index.records)
  return {
    told: {
      known:
        types.length === 0
          ? 'not-yours'
          : records > 0
            ? 'some'
            : types.some(({ type }) => imported.has(type))
              ? 'none'
              : 'not-imported',
      records,
      withheld: sum(({ lines }) => lines.filter(({ withheld }) => withheld).length),
      notUnderstood: sum(({ lines }) => lines.filter(({ standing }) => standing === 'unknown').length),
      cut: chosen.length > shown.length || opened.some(({ cut }) => cut),
      untrusted: opened.some((one) => one.untrusted),
    },
    kept: shown.flatMap(({ id }) => versions.get(id) ?? []),
  }
}

/**
 * As many records of a type as are opened to find those that are shown: beyond that the answer says that
 * there may be more.
 */
const MOST_OPENED = 200

/** What was opened of a type, and each of its records as far as it is known: by its line, else by itself. */
interface Opened {
  readonly index: TypeIndex
  readonly lines: readonly { readonly withheld: boolean; readonly standing: string }[]
  readonly versions: readonly SealedVersion[]
  readonly views: readonly RecordView[]
  readonly cut: boolean
  /** The index does not fit, a record that it lists is not there, or one is not what was stored. */
  readonly untrusted: boolean
}

const openType = async (
  app: App,
  scope: Scope,
  patientId: PatientId,
  part: OverviewPart,
  { type, index }: { readonly type: ResourceType; readonly index: TypeIndex },
): Promise<Opened> => {
  if (index.records === 0)
    return { index, lines: [], versions: [], views: [], cut: false, untrusted: index.lines === null }
  const picked = index.lines === null ? null : part.pick(index.lines)
  const selection =
    picked === null
      ? { patientId, type, after: null, limit: MOST_OPENED }
      : { patientId, type, ids: picked.slice(0, MOST_OPENED).map(({ id }) => id) }
  const versions = await selectVersions(
    app.db,
    await rowsOf(app, scope),
    selection,
    openedClasses(scope, type),
  )
  const { items: views } = await viewVersions(app, scope, patientId, versions)
  const found = picked === null ? index.records : picked.length
  return {
    index,
    lines: index.lines ?? views.map(({ withheld, meaning: { standing } }) => ({ withheld, standing })),
    versions,
    views,
    cut: found > MOST_OPENED,
    untrusted:
      picked === null ||
      versions.length < Math.min(found, MOST_OPENED) ||
      views.some((view) => view.untrusted),
  }
}
