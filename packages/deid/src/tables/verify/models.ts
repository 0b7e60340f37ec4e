import type { ClassModel, Model, TableModel } from '../format/model.ts'
import type { Distribution, ModelClaim, TableManifest } from '../format/table-release.ts'
import { type ClassFacts, holdsAt, reachedBy, worseIsLower } from './class-models.ts'
import { patientsByValue, type ReleasedClasses } from './classes.ts'
import { closeTo } from './close-to.ts'
import type { Findings } from './finding.ts'
import { type ReadColumn, type ReadTable, readColumn } from './table.ts'
import { reachedByTable, tableHolds, toleranceOf } from './table-models.ts'

const FILE = 'manifest.json'

const isTableModel = (model: Model): model is TableModel =>
  [
    'prosecutor-risk',
    'records-at-risk',
    'marketer-risk',
    'journalist-risk',
    'population-uniqueness',
  ].includes(model.kind)

const attributeOf = (model: ClassModel): string | null => ('attribute' in model ? model.attribute : null)

/** Why the released data alone cannot show that a model holds, or null. */
const unverifiable = (
  model: Model,
  { columns }: TableManifest,
  distributions: ReadonlyMap<string, Distribution>,
): string | null => {
  if (!('attribute' in model)) return null
  const column = columns.find(({ name }) => name === model.attribute)
  if (column?.role !== 'sensitive') return `"${model.attribute}" is not released as a sensitive column.`
  if (model.kind !== 't-closeness') return null
  const distribution = distributions.get(model.attribute)
  if (distribution === undefined) return 'The manifest has no distribution to measure from.'
  if (model.distance === 'ordered' && distribution.ranks === null) return 'The distribution has no order.'
  if (model.distance === 'hierarchical' && distribution.groups === null)
    return 'The distribution has no hierarchy.'
  return null
}

interface Worst {
  readonly model: ClassModel
  reached: number | null
}

const compareClaim = (model: Model, claimed: number, found: number, findings: Findings): void => {
  const tolerance = isTableModel(model) ? toleranceOf(model) : undefined
  if (!closeTo(claimed, found, tolerance))
    findings.add('model-claim', { file: FILE }, `${model.kind}: claimed ${claimed}, found ${found}.`)
}

/** Asks every class model of every class, one class at a time, and notes the worst that each reached. */
const askClasses = (
  models: readonly ClassModel[],
  table: ReadTable,
  classes: ReleasedClasses,
  patient: ReadColumn | null,
  distributions: ReadonlyMap<string, Distribution>,
  findings: Findings,
): readonly Worst[] => {
  const worst = models.map((model): Worst => ({ model, reached: null }))
  const attributes = [...new Set(models.flatMap((model) => attributeOf(model) ?? []))]
  const none: ReadonlyMap<string, number> = new Map()
  for (let at = 0; at < classes.count; at++) {
    const rows = classes.members.subarray(classes.starts[at], classes.starts[at + 1])
    const byAttribute = new Map<string, ReadonlyMap<string, number>>()
    for (const name of attributes) {
      const column = readColumn(table, name)
      if (column === undefined) continue
      const counts = [...patientsByValue(rows, column, patient)]
      byAttribute.set(name, new Map(counts.map(([code, count]) => [column.values[code] ?? '', count])))
    }
    for (const entry of worst) {
      const { model } = entry
      const name = attributeOf(model)
      const facts: ClassFacts = {
        patients: classes.patients[at] ?? 0,
        byValue: name === null ? none : (byAttribute.get(name) ?? none),
      }
      const reached = reachedBy(model, facts, name === null ? null : (distributions.get(name) ?? null))
      if (!holdsAt(model, reached))
        findings.add(
          'model-broken',
          {
            file: table.file,
            class: at + 1,
            row: (rows[0] ?? 0) + 1,
            ...(name === null ? {} : { column: name }),
          },
          `${model.kind}: the class reaches ${reached}.`,
        )
      if (entry.reached === null || (worseIsLower(model) ? reached < entry.reached : reached > entry.reached))
        entry.reached = reached
    }
  }
  return worst
}

/** Every model of the plan, asked again of the released classes, and what the manifest claims it reached. */
export const checkModels = (
  manifest: TableManifest,
  table: ReadTable,
  classes: ReleasedClasses,
  patient: ReadColumn | null,
  distributions: ReadonlyMap<string, Distribution>,
  findings: Findings,
): readonly ModelClaim[] => {
  const { models, source } = manifest
  const claims = models.filter(({ model }) => {
    const why = unverifiable(model, manifest, distributions)
    if (why !== null) findings.add('model-unverifiable', { file: FILE }, `${model.kind}: ${why}`)
    return why === null
  })
  const ofClasses = claims.flatMap(({ model }) => (isTableModel(model) ? [] : [model]))
  const worst = askClasses(ofClasses, table, classes, patient, distributions, findings)
  const reachedByClasses = new Map<Model, number>(worst.map(({ model, reached }) => [model, reached ?? 0]))
  return claims.map(({ model, reached: claimed }) => {
    const reached = isTableModel(model)
      ? reachedByTable(model, classes.patients, source.patients)
      : (reachedByClasses.get(model) ?? 0)
    if (isTableModel(model) && !tableHolds(model, reached))
      findings.add('model-broken', { file: table.file }, `${model.kind}: the table reaches ${reached}.`)
    compareClaim(model, claimed, reached, findings)
    return { model, reached }
  })
}
