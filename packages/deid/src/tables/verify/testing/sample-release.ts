import { createHash } from 'node:crypto'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { TableManifest } from '../../format/table-release.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { ReleaseFolder } from '../folder.ts'

type Mutable<T> = { -readonly [K in keyof T]: Mutable<T[K]> }

/** A release before its files are written: tests change it and see it refused. */
export interface ReleaseDraft {
  header: string[]
  rows: string[][]
  manifest: Mutable<TableManifest>
  /** What stands in data.parquet, where it is not what stands in data.csv. */
  parquetRows: string[][] | null
  parquetNote: string | null
  /** Over what the manifest gives, for each column that it names. */
  dictionary: { [name: string]: unknown; columns: { name: string; [name: string]: unknown }[] }
  /** Over what the manifest gives. */
  report: Record<string, unknown>
  html: string
}

export type Files = Map<string, Uint8Array>

/** Areas of the 2020 Census: two large ones, and 036 with too few people. */
export const POPULATIONS: ReadonlyMap<string, number> = new Map([
  ['021', 1_414_778],
  ['036', 13_153],
  ['100', 1_603_996],
])
const POPULATIONS_SHA256 = createHash('sha256').update('021 1414778\n036 13153\n100 1603996\n').digest('hex')

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

const CLASSES = [
  ['F', '[40, 50)', '021'],
  ['F', '[50, 60)', '021'],
  ['M', '[40, 50)', '100'],
  ['M', '>= 90', '100'],
] as const

/**
 * Twelve patients of a class, the first three with a second row and another diagnosis: 5, 6 and 4 of them
 * with each.
 */
const DIAGNOSES = [
  ...['flu', 'flu', 'flu', 'flu', 'flu', 'asthma', 'asthma', 'asthma', 'asthma', 'diabetes', 'diabetes'],
  ...['diabetes', 'asthma', 'diabetes', 'asthma'],
]

const sampleRows = (): string[][] =>
  CLASSES.flatMap((labels, at) =>
    DIAGNOSES.map((diagnosis, row) => {
      const patient = sha256(`${at} ${row % 12}`).slice(0, 20)
      return [patient, ...labels, diagnosis, row === 4 ? '-12.5' : String(row * 10)]
    }),
  )

const noCoverage = { coverage: null, weight: 1 }

/**
 * 60 rows of 48 patients in 4 classes, out of 64 rows of 52 patients: four with the flu were suppressed.
 * Every figure below was worked out by hand.
 */
export const sampleDraft = (): ReleaseDraft => {
  const models: Mutable<TableManifest['models']> = [
    { model: { kind: 'k-anonymity', k: 5 }, reached: 12 },
    { model: { kind: 'distinct-l-diversity', attribute: 'diagnosis', l: 3 }, reached: 3 },
    {
      model: { kind: 'entropy-l-diversity', attribute: 'diagnosis', l: 2.5 },
      // Shares of 1/3, 2/5 and 4/15.
      reached: 3 ** (1 / 3) * 2.5 ** (2 / 5) * 3.75 ** (4 / 15),
    },
    { model: { kind: 'recursive-l-diversity', attribute: 'diagnosis', c: 1, l: 2 }, reached: 6 / 9 },
    // Against 24, 24 and 16 of 64: -1/24, 1/40 and 1/60.
    { model: { kind: 't-closeness', attribute: 'diagnosis', t: 0.05, distance: 'equal' }, reached: 1 / 24 },
    { model: { kind: 't-closeness', attribute: 'diagnosis', t: 0.05, distance: 'ordered' }, reached: 1 / 48 },
    {
      model: { kind: 't-closeness', attribute: 'diagnosis', t: 0.05, distance: 'hierarchical' },
      reached: 7 / 240,
    },
    { model: { kind: 'small-cells', attribute: 'diagnosis', minimum: 4 }, reached: 4 },
    { model: { kind: 'prosecutor-risk', threshold: 0.1 }, reached: 1 / 12 },
    { model: { kind: 'records-at-risk', threshold: 0.1, share: 0.1 }, reached: 0 },
    { model: { kind: 'marketer-risk', threshold: 0.1 }, reached: 1 / 12 },
    { model: { kind: 'journalist-risk', threshold: 0.05, population: 5200 }, reached: 1 / 1200 },
    {
      model: { kind: 'population-uniqueness', threshold: 0.05, population: 5200, estimator: 'dankar' },
      reached: 0,
    },
  ]
  const manifest: Mutable<TableManifest> = {
    format: 'chartward-deid-release/1',
    engine: 'test',
    plan: {
      format: 'chartward-deid-plan/1',
      title: 'Diagnoses by age',
      profile: 'safe-harbor',
      asOf: '2024-06-30',
      seed: 'seed',
      patient: 'mrn',
      columns: {
        sex: {
          role: 'quasi-identifier',
          category: 'none',
          content: 'other',
          transform: { kind: 'generalise' },
          hierarchy: { kind: 'order', values: ['F', 'M'], fanouts: [2] },
        },
        age: {
          role: 'quasi-identifier',
          category: 'C',
          content: 'age',
          transform: { kind: 'generalise' },
          hierarchy: { kind: 'interval', widths: [10], top: 90 },
          weight: 2,
        },
        zip: { role: 'quasi-identifier', category: 'B', content: 'zip', transform: { kind: 'zip3' } },
        diagnosis: { role: 'sensitive', category: 'none', content: 'other', transform: { kind: 'keep' } },
        cost: { role: 'insensitive', category: 'none', content: 'number', transform: { kind: 'keep' } },
        surname: { role: 'identifier', category: 'A', content: 'other', transform: { kind: 'redact' } },
      },
      models: models.map(({ model }) => ({ ...model })),
      suppressionLimit: 0.1,
      search: { method: 'optimal' },
      metric: 'loss',
      formats: ['csv', 'parquet'],
    },
    planSha256: '',
    profile: 'safe-harbor',
    source: { rows: 64, patients: 52, columns: 7 },
    released: { rows: 60, patients: 48, suppressedRows: 4 },
    patientColumn: 'patient',
    columns: [
      {
        name: 'patient',
        role: 'patient',
        category: 'R',
        content: 'other',
        transform: { kind: 'random-id' },
        ...noCoverage,
      },
      {
        name: 'sex',
        role: 'quasi-identifier',
        category: 'none',
        content: 'other',
        transform: { kind: 'generalise', level: 0 },
        coverage: { domain: 2, labels: { F: 1, M: 1 } },
        weight: 1,
      },
      {
        name: 'age',
        role: 'quasi-identifier',
        category: 'C',
        content: 'age',
        transform: { kind: 'generalise', level: 1 },
        coverage: { domain: 101, labels: { '[40, 50)': 10, '[50, 60)': 10, '>= 90': 11 } },
        weight: 2,
      },
      {
        name: 'zip',
        role: 'quasi-identifier',
        category: 'B',
        content: 'zip',
        transform: { kind: 'zip3' },
        coverage: { domain: 50, labels: { '021': 1, '100': 1 } },
        weight: 1,
      },
      {
        name: 'diagnosis',
        role: 'sensitive',
        category: 'none',
        content: 'other',
        transform: { kind: 'keep' },
        ...noCoverage,
      },
      {
        name: 'cost',
        role: 'insensitive',
        category: 'none',
        content: 'number',
        transform: { kind: 'keep' },
        ...noCoverage,
      },
    ],
    models,
    distributions: [
      {
        attribute: 'diagnosis',
        values: ['asthma', 'diabetes', 'flu'],
        patients: [24, 16, 24],
        ranks: [0, 5, 3],
        groups: [
          [0, 1, 2],
          [0, 1, 0],
          [0, 0, 0],
        ],
      },
    ],
    method: 'optimal',
    proof: { kind: 'optimal' },
    risksBefore: {
      prosecutor: 1,
      marketer: 2 / 3,
      atRisk: { '0.05': 1, '0.1': 1, '0.2': 1, '0.33': 0.9 },
      unique: 0.4,
      smallestClass: 1,
      averageClass: 1.5,
      classes: 40,
    },
    risksAfter: {
      prosecutor: 1 / 12,
      marketer: 1 / 12,
      atRisk: { '0.05': 1, '0.1': 0, '0.2': 0, '0.33': 0 },
      unique: 0,
      smallestClass: 12,
      averageClass: 12,
      classes: 4,
    },
    utility: {
      // 4 of 64 rows lost, and of age 45 rows by 9/100 and 15 by 10/100.
      lossByColumn: { sex: 4 / 64, age: 9.55 / 64, zip: 4 / 64 },
      loss: (4 / 64 + (2 * 9.55) / 64 + 4 / 64) / 4,
      // Four classes of 15 rows, four rows of 64.
      discernibility: 4 * 225 + 4 * 64,
      averageClass: 60 / 4 / 5,
    },
    zip3Table: { source: 'test', sha256: POPULATIONS_SHA256 },
    files: [],
  }
  return {
    header: manifest.columns.map(({ name }) => name),
    rows: sampleRows(),
    manifest,
    parquetRows: null,
    parquetNote: null,
    dictionary: { columns: manifest.columns.map(({ name }) => ({ name })) },
    report: {},
    html: '<!doctype html><html><head><title>Risk</title></head><body><p>Twelve at least.</p></body></html>',
  }
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

export const csvOf = (lines: readonly (readonly string[])[]): Uint8Array =>
  new TextEncoder().encode(lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join(''))

const parquetOf = ({ header, rows, parquetRows, parquetNote }: ReleaseDraft): Uint8Array => {
  const cells = parquetRows ?? rows.map((row) => row.map((cell) => cell.replace(/^'(?=[=@])/, '')))
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: header.map((name, at) => {
        const data = cells.map((row) => row[at] ?? '')
        return name === 'cost' && data.every((cell) => String(Number(cell)) === cell)
          ? { name, data: data.map(Number), type: 'DOUBLE' as const }
          : { name, data, type: 'STRING' as const }
      }),
      ...(parquetNote === null ? {} : { kvMetadata: [{ key: 'note', value: parquetNote }] }),
    }),
  )
}

const dictionaryOf = ({ header, rows, manifest, dictionary }: ReleaseDraft): unknown => ({
  rows: rows.length,
  ...dictionary,
  columns: dictionary.columns.map((column) => {
    const at = header.indexOf(column.name)
    const labels = manifest.columns.find(({ name }) => name === column.name)?.coverage?.labels
    return {
      distinctValues: new Set(rows.map((row) => row[at])).size,
      values:
        labels === undefined ? null : Object.entries(labels).map(([label, covers]) => ({ label, covers })),
      ...column,
    }
  }),
})

const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

const reportOf = ({ manifest, report }: ReleaseDraft): unknown => {
  const { planSha256, source, released, method, proof, utility, profile, models, columns } = manifest
  return {
    ...{ planSha256, source, released, method, proof, utility, profile: { profile } },
    risks: { before: manifest.risksBefore, after: manifest.risksAfter },
    models: models.map(({ model, reached }) => ({ model, reached, holds: true })),
    columns: columns.map(({ name }) => ({ name })),
    ...report,
  }
}

/** The manifest's bytes for files that may have been changed since. */
export const resealed = (files: Files, manifest: TableManifest): Files => {
  const others = [...files].filter(([name]) => name !== 'manifest.json')
  const sealed = {
    ...manifest,
    files: others.map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
  }
  return new Map([...others, ['manifest.json', jsonBytes(sealed)]])
}

/** Writes the files, hashes them, and hashes the plan unless the draft has a hash for it. */
export const seal = (draft: ReleaseDraft): Files => {
  const { manifest } = draft
  if (manifest.planSha256 === '') manifest.planSha256 = sha256(canonicalJson(manifest.plan))
  const files: Files = new Map()
  if (manifest.plan.formats.includes('csv')) files.set('data.csv', csvOf([draft.header, ...draft.rows]))
  if (manifest.plan.formats.includes('parquet')) files.set('data.parquet', parquetOf(draft))
  files.set('dictionary.json', jsonBytes(dictionaryOf(draft)))
  files.set('report.json', jsonBytes(reportOf(draft)))
  files.set('report.html', new TextEncoder().encode(draft.html))
  return resealed(files, manifest)
}

/** The files as a folder, each read in pieces of a few bytes. */
export const folderOf = (files: Files, piece = 1021): ReleaseFolder => ({
  names: async () => [...files.keys()],
  read: async function* (name) {
    const bytes = files.get(name)
    if (bytes === undefined) throw new Error('no such file')
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
  },
})
