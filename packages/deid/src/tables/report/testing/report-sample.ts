import type { Alternative, TableRelease } from '../../format/risk-report.ts'
import type { ReleasedColumn, Risks, Utility } from '../../format/table-release.ts'

const risks = (smallestClass: number, classes: number, patients: number, high: number): Risks => ({
  prosecutor: 1 / smallestClass,
  marketer: classes / patients,
  atRisk: { '0.05': high, '0.1': high / 2, '0.2': high / 8, '0.33': high / 20 },
  unique: smallestClass === 1 ? high / 40 : 0,
  smallestClass,
  averageClass: patients / classes,
  classes,
})

const LOSS = { sex: 0, 'age "years"': 0.2114, 'zip<3>': 0.0312, diagnosed: 0.5 }

const utility = (scale: number): Utility => {
  const lossByColumn = Object.fromEntries(Object.entries(LOSS).map(([name, loss]) => [name, loss * scale]))
  const losses = Object.values(lossByColumn)
  return {
    loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
    lossByColumn,
    discernibility: Math.round(4_812_334 * scale),
    averageClass: 3.25 * scale,
  }
}

const alternative = (method: Alternative['method'], scale: number, classes: number): Alternative => ({
  method,
  proof:
    method === 'optimal'
      ? { kind: 'optimal' }
      : method === 'local'
        ? { kind: 'heuristic' }
        : { kind: 'best-found', gap: 0.01 },
  levels: method === 'optimal' ? { sex: 0, 'age "years"': 2, 'zip<3>': 1, diagnosed: 2 } : null,
  suppressedRows: method === 'optimal' ? 1346 : 12,
  utility: utility(scale),
  metrics: {
    loss: utility(scale).loss,
    discernibility: utility(scale).discernibility,
    'average-class': 16.25 * scale,
    'non-uniform-entropy': 0.3 * scale,
  },
  risks: risks(5, classes, 28_000, 0.6),
  classSizes: [
    { from: 1, to: 1, classes: 0, patients: 0 },
    { from: 2, to: 4, classes: 0, patients: 0 },
    { from: 5, to: 9, classes: classes - 30, patients: 6000 },
    { from: 10, to: 19, classes: 0, patients: 0 },
    { from: 20, to: 49, classes: 20, patients: 9000 },
    { from: 50, to: 99, classes: 10, patients: 13_000 },
    { from: 100, to: null, classes: 0, patients: 0 },
  ],
})

/** The solutions of a search for `tableRelease`, the released one second. */
export const alternatives = (): readonly Alternative[] => [
  alternative('optimal', 3.6, 398),
  alternative('local', 1, 1711),
  alternative('mondrian', 1.2, 1500),
]

const column = (
  name: string,
  role: ReleasedColumn['role'],
  rest: Partial<ReleasedColumn> = {},
): ReleasedColumn => ({
  name,
  role,
  category: 'none',
  content: 'other',
  transform: { kind: role === 'quasi-identifier' ? 'generalise' : 'keep' },
  coverage: role === 'quasi-identifier' ? { domain: 4, labels: { all: 4, one: 1 } } : null,
  weight: 1,
  ...rest,
})

/**
 * A release with each kind of column and of model, consistent enough to be written about; made anew for each
 * test.
 */
export const tableRelease = (): TableRelease => ({
  format: 'chartward-deid-release/1',
  engine: 'chartward-deid 0.1.0',
  plan: {
    format: 'chartward-deid-plan/1',
    title: 'Adult census, for the income study',
    profile: 'expert-determination',
    asOf: '2026-11-22',
    seed: 'seed',
    patient: 'mrn',
    columns: {
      mrn: { role: 'identifier', category: 'H', content: 'code', transform: { kind: 'random-id' } },
      'secret-column': { role: 'identifier', category: 'A', content: 'text', transform: { kind: 'redact' } },
      sex: {
        role: 'quasi-identifier',
        category: 'none',
        content: 'other',
        transform: { kind: 'generalise' },
        hierarchy: { kind: 'csv', file: 'sex.csv' },
      },
      'age "years"': {
        role: 'quasi-identifier',
        category: 'C',
        content: 'age',
        transform: { kind: 'generalise' },
        hierarchy: { kind: 'interval', widths: [5, 10, 20] },
      },
      'zip<3>': {
        role: 'quasi-identifier',
        category: 'B',
        content: 'zip',
        transform: { kind: 'generalise', level: 1 },
        hierarchy: { kind: 'prefix', lengths: [3, 1] },
      },
      diagnosed: {
        role: 'quasi-identifier',
        category: 'C',
        content: 'date',
        transform: { kind: 'generalise' },
        hierarchy: { kind: 'date', levels: ['month', 'year'] },
      },
      disease: { role: 'sensitive', category: 'none', content: 'code', transform: { kind: 'keep' } },
      income: { role: 'sensitive', category: 'none', content: 'number', transform: { kind: 'keep' } },
      admitted: {
        role: 'insensitive',
        category: 'C',
        content: 'date',
        transform: { kind: 'date-shift', days: 30 },
      },
      note: { role: 'text', category: 'R', content: 'text', transform: { kind: 'scrub' } },
    },
    models: [],
    suppressionLimit: 0.05,
    search: { method: 'best' },
    metric: 'loss',
    formats: ['csv', 'parquet'],
    expert: { name: 'Dr. Ada Quill', date: '2026-11-01' },
  },
  planSha256: 'ab'.repeat(32),
  profile: 'expert-determination',
  source: { rows: 30_162, patients: 28_400, columns: 11 },
  released: { rows: 30_150, patients: 28_390, suppressedRows: 12 },
  patientColumn: 'patient',
  columns: [
    column('patient', 'patient', { category: 'H', content: 'code', transform: { kind: 'random-id' } }),
    column('sex', 'quasi-identifier', { coverage: { domain: 2, labels: { Male: 1, Female: 1, '*': 2 } } }),
    column('age "years"', 'quasi-identifier', { category: 'C', content: 'age' }),
    column('zip<3>', 'quasi-identifier', {
      category: 'B',
      content: 'zip',
      transform: { kind: 'generalise', level: 1 },
    }),
    column('diagnosed', 'quasi-identifier', { category: 'C', content: 'date' }),
    column('disease', 'sensitive', { content: 'code' }),
    column('income', 'sensitive', { content: 'number' }),
    column('admitted', 'insensitive', {
      category: 'C',
      content: 'date',
      transform: { kind: 'date-shift', days: 30 },
    }),
    column('note', 'text', { category: 'R', content: 'text', transform: { kind: 'scrub' } }),
  ],
  models: [
    { model: { kind: 'k-anonymity', k: 5 }, reached: 5 },
    { model: { kind: 'entropy-l-diversity', attribute: 'disease', l: 2.5 }, reached: 2.731_42 },
    {
      model: { kind: 't-closeness', attribute: 'disease', t: 0.2, distance: 'ordered' },
      reached: 0.198_765_4,
    },
    { model: { kind: 'records-at-risk', threshold: 0.15, share: 0.5 }, reached: 0.2113 },
    { model: { kind: 'journalist-risk', threshold: 0.01, population: 1_500_000 }, reached: 0.003_786 },
    {
      model: {
        kind: 'population-uniqueness',
        threshold: 0.01,
        population: 1_500_000,
        estimator: 'dankar',
      },
      reached: 0.000_012,
    },
  ],
  distributions: [],
  method: 'local',
  proof: { kind: 'heuristic' },
  risksBefore: risks(1, 25_000, 28_400, 0.99),
  risksAfter: risks(5, 1711, 28_390, 0.6),
  utility: utility(1),
  zip3Table: { source: 'census', sha256: 'cd'.repeat(32) },
})
