import type { ColumnPlan, Plan } from '../../format/plan.ts'

const columns: Record<string, ColumnPlan> = {
  age: {
    role: 'quasi-identifier',
    category: 'C',
    content: 'age',
    transform: { kind: 'generalise' },
    hierarchy: { kind: 'interval', widths: [5, 10], top: 90 },
    weight: 2,
  },
  sex: { role: 'quasi-identifier', category: 'none', content: 'code', transform: { kind: 'keep' } },
  diagnosis: { role: 'sensitive', category: 'none', content: 'code', transform: { kind: 'keep' } },
}

const plan: Plan = {
  format: 'chartward-deid-plan/1',
  title: 'A plan',
  profile: 'expert-determination',
  asOf: '2026-11-22',
  seed: 'seed',
  patient: null,
  columns,
  models: [{ kind: 'k-anonymity', k: 5 }],
  suppressionLimit: 0.05,
  search: { method: 'best', maxNodes: 1000 },
  metric: 'loss',
  formats: ['csv'],
  expert: { name: 'An expert', date: '2026-11-01' },
}

/** The JSON of a good plan, with some of it replaced; undefined leaves a setting out. */
export const planJson = (more: Record<string, unknown> = {}): Record<string, unknown> & { columns: object } =>
  JSON.parse(JSON.stringify({ ...plan, ...more }))
