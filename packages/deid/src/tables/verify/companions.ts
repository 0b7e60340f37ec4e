import { z } from 'zod'
import { isObject } from '../../shared/json.ts'
import type { RiskReport } from '../format/risk-report.ts'
import type { TableManifest } from '../format/table-release.ts'
import { jsonTexts } from './canaries.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Findings } from './finding.ts'
import { readWhole } from './folder.ts'
import { htmlTexts, isActivePage } from './html-texts.ts'
import { COMPANIONS, checkFacts, has, type Release } from './release.ts'
import { parseStrictJson } from './strict-json.ts'

const COMPANION_LIMIT = 256 * 1024 * 1024

/** What of a dictionary or a report is checked; whatever else they tell is theirs. */
const withColumns = z.looseObject({ columns: z.array(z.looseObject({ name: z.string() })) })

/**
 * Columns that JSON names: as members of `columns`, as an `attribute`, or as the names of a table by column.
 */
function* columnsNamed(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* columnsNamed(item)
  else if (isObject(value))
    for (const [key, member] of Object.entries(value)) {
      if (key === 'attribute' && typeof member === 'string') yield member
      if (key.endsWith('ByColumn') && isObject(member)) yield* Object.keys(member)
      if (key === 'columns' && Array.isArray(member))
        for (const column of member)
          if (isObject(column) && typeof column.name === 'string') yield column.name
      yield* columnsNamed(member)
    }
}

const parsed = (file: string, bytes: Uint8Array, findings: Findings): unknown => {
  const json = parseStrictJson(bytes)
  if (!json.ok) findings.add('bad-companion', { file }, `Not readable as JSON: ${json.why}.`)
  return json.ok ? json.value : undefined
}

/** The columns that the file describes must be those of the release, and it may name no other. */
const checkNames = (file: string, value: unknown, { columns }: TableManifest, findings: Findings): void => {
  const released = new Set(columns.map(({ name }) => name))
  const described = withColumns.safeParse(value)
  const names = described.success ? described.data.columns.map(({ name }) => name) : []
  if (names.length !== released.size || !names.every((name) => released.has(name)))
    findings.add('bad-companion', { file }, 'It does not describe each column of the release once.')
  for (const name of columnsNamed(value))
    if (!released.has(name))
      findings.add('unreleased-named', { file }, 'It names a column that is not released.')
}

const CLAIMS = [
  'planSha256',
  'source',
  'released',
  'method',
  'proof',
  'utility',
] as const satisfies readonly (keyof RiskReport & keyof TableManifest)[]

/** The report tells people what the manifest tells programs: the same figures. */
const checkReport = (file: string, value: unknown, manifest: TableManifest, findings: Findings): void => {
  const report = isObject(value) ? value : {}
  const risks = isObject(report.risks) ? report.risks : {}
  const profile = isObject(report.profile) ? report.profile : {}
  const models = Array.isArray(report.models) ? report.models.filter(isObject) : []
  const told: readonly (readonly [string, unknown, unknown])[] = [
    ...CLAIMS.map((name) => [name, report[name], manifest[name]] as const),
    ['profile', profile.profile, manifest.profile],
    ['risks.before', risks.before, manifest.risksBefore],
    ['risks.after', risks.after, manifest.risksAfter],
    [
      'models',
      models.map(({ model, reached }) => ({ model, reached })),
      manifest.models.map(({ model, reached }) => ({ model, reached })),
    ],
  ]
  for (const [name, says, claimed] of told)
    if (says === undefined || canonicalJson(says) !== canonicalJson(claimed))
      findings.add('bad-companion', { file }, `Its "${name}" is not that of the manifest.`)
  if (models.some(({ holds }) => holds !== true))
    findings.add('model-broken', { file }, 'It says itself that a model does not hold.')
}

/** Returns the JSON; undefined, with a finding, where it cannot be read. */
const checkDictionary = (
  file: string,
  bytes: Uint8Array,
  manifest: TableManifest,
  findings: Findings,
): unknown => {
  const value = parsed(file, bytes, findings)
  if (value !== undefined) checkNames(file, value, manifest, findings)
  return value
}

const checkReportJson = (
  file: string,
  bytes: Uint8Array,
  manifest: TableManifest,
  findings: Findings,
): unknown => {
  const value = parsed(file, bytes, findings)
  if (value !== undefined) {
    checkNames(file, value, manifest, findings)
    checkReport(file, value, manifest, findings)
  }
  return value
}

/** Returns the texts of the page; empty, with a finding, where it cannot be read. */
const checkReportHtml = (file: string, bytes: Uint8Array, findings: Findings): readonly string[] => {
  let html: string
  try {
    html = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    findings.add('bad-companion', { file }, 'It is not UTF-8.')
    return []
  }
  if (isActivePage(html))
    findings.add(
      'active-report',
      { file },
      'It holds a script, a handler, or something that a browser would fetch.',
    )
  return htmlTexts(html)
}

/**
 * Reads the dictionary and the report, as data and as a page. Returns the dictionary; undefined where it
 * cannot be read.
 */
export const checkCompanions = async (release: Release): Promise<unknown> => {
  const { folder, findings, watch, manifest } = release
  let dictionary: unknown
  for (const file of COMPANIONS) {
    if (!has(release, file)) continue
    const read = await readWhole(folder, file, findings, COMPANION_LIMIT)
    if (read === null) continue
    checkFacts(release, file, read.facts)
    if (read.bytes === null) continue
    watch.lookInBytes(read.bytes, { file })
    if (file === 'report.html') {
      for (const text of checkReportHtml(file, read.bytes, findings)) watch.look(text, { file })
      continue
    }
    const check = file === 'report.json' ? checkReportJson : checkDictionary
    const value = check(file, read.bytes, manifest, findings)
    if (file === 'dictionary.json') dictionary = value
    for (const text of jsonTexts(value)) watch.look(text, { file })
  }
  return dictionary
}
