import { describe, expect, it } from 'vitest'
import { DeidError } from '../../shared/errors.ts'
import { fc } from '../../shared/testing/property.ts'
import type { Model } from '../format/model.ts'
import type { ColumnPlan, Plan } from '../format/plan.ts'
import { cellsOf, release, verify } from './testing/release.ts'

const quasi = (values: readonly string[], content: ColumnPlan['content'] = 'other'): ColumnPlan => ({
  role: 'quasi-identifier',
  category: 'none',
  content,
  transform: { kind: 'generalise' },
  hierarchy: { kind: 'order', values, fanouts: [2, 2] },
})

const sensitive: ColumnPlan = {
  role: 'sensitive',
  category: 'none',
  content: 'other',
  transform: { kind: 'keep' },
}

const A = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']
const B = ['b1', 'b2', 'b3', 'b4']
const S = ['s1', 's2', 's3']

const planOf = (changes: Partial<Plan> = {}): Plan => ({
  format: 'chartward-deid-plan/1',
  title: 'A test',
  profile: 'expert-determination',
  asOf: '2026-01-01',
  seed: 'seed',
  patient: null,
  columns: { a: quasi(A), b: quasi(B), s: sensitive },
  models: [{ kind: 'k-anonymity', k: 2 }],
  suppressionLimit: 0.2,
  search: { method: 'best' },
  metric: 'loss',
  formats: ['csv', 'parquet'],
  expert: { name: 'Example Expert', date: '2025-12-01' },
  ...changes,
})

/** Rows of every combination, some of them more often than others. */
const rows = (count: number): string[][] => [
  ['p', 'a', 'b', 's'],
  ...Array.from({ length: count }, (_, row) => [
    `p${Math.floor(row / 2)}`,
    A[(row * row) % A.length] ?? '',
    B[(row * 7) % B.length] ?? '',
    S[(row * 5) % S.length] ?? '',
  ]),
]

describe('a release', () => {
  it('is confirmed by the verifier, which shares no code with it', async () => {
    const built = await release(planOf(), rows(60))
    expect(await verify(built)).toMatchObject({ ok: true, findings: [] })
  })

  it('has the same bytes for the same rows in any order', async () => {
    const [header = [], ...body] = rows(60)
    const plan = planOf({ search: { method: 'optimal' } })
    const one = await release(plan, [header, ...body])
    const other = await release(plan, [header, ...body.toReversed()])
    expect(other.files.get('data.csv')).toEqual(one.files.get('data.csv'))
  })

  it('numbers patients by ids that say nothing of them, and counts each once', async () => {
    const built = await release(planOf({ patient: 'p' }), rows(80))
    const [header = [], ...body] = cellsOf(built)
    expect(header[0]).toBe('patient')
    expect(new Set(body.map(([id]) => id)).size).toBe(built.manifest.released.patients)
    expect(built.manifest.source.patients).toBe(40)
    expect(String(built.files.get('data.csv'))).not.toMatch(/\bp\d/)
    expect(await verify(built)).toMatchObject({ ok: true })
  })

  it('leaves out what the plan does not name, and what it suppresses', async () => {
    const built = await release(planOf({ columns: { a: quasi(A) } }), rows(60))
    const [header, ...body] = cellsOf(built)
    expect(header).toEqual(['a'])
    expect(body).toHaveLength(built.manifest.released.rows)
    expect(built.manifest.released.rows + built.manifest.released.suppressedRows).toBe(60)
  })

  it('names no label in its manifest that does not stand in its data', async () => {
    const { manifest, files } = await release(planOf(), rows(60))
    const cells = new Set(cellsOf({ files }).flat())
    const labels = manifest.columns.flatMap(({ coverage }) => Object.keys(coverage?.labels ?? {}))
    expect(labels.filter((label) => !cells.has(label))).toEqual([])
  })

  it('counts sensitive values as they are shown: two that the plan joins are one', async () => {
    const table = [
      ['a', 's'],
      ...Array.from({ length: 20 }, (_, row) => [A[row % 2] ?? '', row % 4 < 2 ? '91' : '95']),
    ]
    const score: ColumnPlan = {
      role: 'sensitive',
      category: 'none',
      content: 'number',
      transform: { kind: 'top-code', above: 89 },
    }
    const models: Model[] = [
      { kind: 'k-anonymity', k: 2 },
      { kind: 'distinct-l-diversity', attribute: 's', l: 2 },
    ]
    await expect(
      release(planOf({ columns: { a: quasi(A), s: score }, models }), table),
    ).rejects.toMatchObject({
      code: 'contradictory-models',
    })
  })

  it('may not claim a profile that its plan does not earn: every reason is given', async () => {
    const plan = planOf({
      profile: 'safe-harbor',
      columns: { s: { ...sensitive, content: 'date', category: 'C' } },
    })
    await expect(release(plan, rows(60))).rejects.toMatchObject({
      code: 'not-eligible',
      message: expect.stringContaining('164.514(b)(2)'),
    })
  })

  it('is refused for a table that lacks a column of the plan, also one that is left out', async () => {
    const columns = { ...planOf().columns, ward: { ...sensitive, transform: { kind: 'redact' } } as const }
    await expect(release(planOf({ columns }), rows(60))).rejects.toMatchObject({ code: 'unknown-column' })
  })

  it('with a fixed level and other settled columns holds its models over what is shown', async () => {
    const columns: Plan['columns'] = {
      a: { ...quasi(A), transform: { kind: 'generalise', level: 2 } },
      b: { ...quasi(B), transform: { kind: 'keep' } },
    }
    const { hierarchy: _unused, ...kept } = columns.b ?? quasi(B)
    const built = await release(planOf({ columns: { ...columns, b: kept } }), rows(60))
    expect(await verify(built)).toMatchObject({ ok: true, findings: [] })
  })

  it('takes out of free text what other columns and other rows know of the patient, whatever it looks like', async () => {
    const identifier = (category: ColumnPlan['category']): ColumnPlan => ({
      role: 'identifier',
      category,
      content: 'other',
      transform: { kind: 'redact' },
    })
    const columns: Plan['columns'] = {
      a: quasi(A),
      name: identifier('A'),
      chart: identifier('H'),
      note: { role: 'text', category: 'R', content: 'text', transform: { kind: 'scrub' } },
    }
    const rows = Array.from({ length: 12 }, (_, row) => [
      `p${row % 6}`,
      A[row % 2] ?? '',
      row < 6 ? `river${row % 6} stone` : '',
      row < 6 ? '' : `zq-${row % 6}-xy`,
      `the river${row % 6} was fine, chart ZQ ${row % 6} XY, bp 120/80`,
    ])
    const built = await release(planOf({ columns, patient: 'p', suppressionLimit: 0 }), [
      ['p', 'a', 'name', 'chart', 'note'],
      ...rows,
    ])
    const csv = String(built.files.get('data.csv'))
    expect(csv).not.toMatch(/river|zq/i)
    expect(csv).toContain('120/80')
    expect(await verify(built)).toMatchObject({ ok: true })
  })

  it('property: whatever plan and table, it is confirmed or it is refused', async () => {
    const model = fc.constantFrom<Model>(
      { kind: 'k-anonymity', k: 3 },
      { kind: 'distinct-l-diversity', attribute: 's', l: 2 },
      { kind: 'entropy-l-diversity', attribute: 's', l: 1.5 },
      { kind: 'recursive-l-diversity', attribute: 's', c: 3, l: 2 },
      { kind: 't-closeness', attribute: 's', t: 0.4, distance: 'equal' },
      { kind: 'small-cells', attribute: 's', minimum: 2 },
      { kind: 'records-at-risk', threshold: 0.3, share: 0.2 },
      { kind: 'marketer-risk', threshold: 0.4 },
      { kind: 'journalist-risk', threshold: 0.1, population: 1000 },
      { kind: 'population-uniqueness', threshold: 0.1, population: 1000, estimator: 'dankar' },
    )
    const row = fc.tuple(
      fc.nat(19).map((patient) => `p${patient}`),
      fc.constantFrom(...A),
      fc.constantFrom(...B),
      fc.constantFrom(...S),
    )
    const outcomes = { confirmed: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 60 }),
        fc.uniqueArray(model, { selector: ({ kind }) => kind, maxLength: 3 }),
        fc.constantFrom('optimal', 'local', 'mondrian', 'best'),
        fc.boolean(),
        fc.constantFrom(0, 0.1, 0.5, 1),
        async (body, models, method, byPatient, suppressionLimit) => {
          const plan = planOf({
            models: [{ kind: 'k-anonymity', k: 2 }, ...models.filter(({ kind }) => kind !== 'k-anonymity')],
            search: { method },
            patient: byPatient ? 'p' : null,
            suppressionLimit,
          })
          try {
            const verified = await verify(await release(plan, [['p', 'a', 'b', 's'], ...body]))
            expect(verified).toMatchObject({ findings: [], ok: true })
            outcomes.confirmed += 1
          } catch (error) {
            if (!(error instanceof DeidError)) throw error
            // What a search proposes is checked before it is given out: that it went wrong must never happen.
            expect(error.code).not.toBe('bad-release')
            outcomes.refused += 1
          }
        },
      ),
      { numRuns: 300 },
    )
    expect(outcomes.confirmed).toBeGreaterThan(50)
    expect(outcomes.refused).toBeGreaterThan(10)
  })
})
