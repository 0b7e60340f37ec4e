import { describe, expect, it } from 'vitest'
import type { Model } from '../format/model.ts'
import type { Profile, Transform } from '../format/plan.ts'
import type { TableRelease } from '../format/risk-report.ts'
import { riskReport } from './risk-report.ts'
import { alternatives, tableRelease } from './testing/report-sample.ts'

const reportOf = (changes: Partial<TableRelease> = {}) =>
  riskReport({ ...tableRelease(), ...changes }, alternatives())

const caveatsOf = (changes: Partial<TableRelease> = {}): string => reportOf(changes).caveats.join('\n')

describe('a risk report', () => {
  it('has the figures of the manifest, unchanged', () => {
    const release = tableRelease()
    const report = reportOf()
    expect(report).toMatchObject({
      format: 'chartward-risk-report/1',
      engine: release.engine,
      title: release.plan.title,
      asOf: '2026-11-22',
      planSha256: release.planSha256,
      source: release.source,
      released: release.released,
      suppressionLimit: 0.05,
      method: 'local',
      proof: { kind: 'heuristic' },
      metric: 'loss',
      utility: release.utility,
    })
    expect(report.risks.before).toEqual(release.risksBefore)
    expect(report.risks.after).toEqual(release.risksAfter)
    expect(report.models.map(({ model, reached }) => ({ model, reached }))).toEqual(release.models)
  })

  it('names no column that was left out, and counts them', () => {
    const report = reportOf()
    expect(report.columnsLeftOut).toBe(2)
    expect(JSON.stringify(report)).not.toMatch(/secret-column|mrn/)
  })

  it('is JSON: written and read again it is the same', () => {
    const report = reportOf()
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })

  it('says of each alternative whether it is the released one, and takes over nothing but what the report has', () => {
    const given = alternatives().map((alternative) => ({ ...alternative, solution: new Int32Array(3) }))
    const report = riskReport(tableRelease(), given)
    expect(report.alternatives.map(({ method, released }) => [method, released])).toEqual([
      ['optimal', false],
      ['local', true],
      ['mondrian', false],
    ])
    expect(report.alternatives[1]).toEqual({ ...alternatives()[1], released: true })
  })

  it('without the released solution among the alternatives is refused', () => {
    expect(() => riskReport(tableRelease(), alternatives().slice(2))).toThrow(
      expect.objectContaining({ code: 'bad-release' }),
    )
  })

  it('estimates the journalist’s risk before by the same rule as after, and has none without a population', () => {
    expect(reportOf().risks.journalist).toEqual({
      population: 1_500_000,
      before: 28_400 / 1_500_000,
      after: 0.003_786,
    })
    expect(reportOf({ models: [] }).risks.journalist).toBeNull()
  })

  it('tells of each column its category with the paragraph, what was done and what was lost', () => {
    const columns = new Map(reportOf().columns.map((column) => [column.name, column]))
    expect(columns.get('age "years"')).toEqual({
      name: 'age "years"',
      role: 'quasi-identifier',
      category: {
        title: 'Elements of dates (except year) and ages over 89',
        citation: '45 CFR 164.514(b)(2)(i)(C)',
      },
      content: 'age',
      done: 'Generalised by its hierarchy (values, bands of 5, bands of 10, bands of 20, all in one), as far as the search found to be needed.',
      loss: 0.2114,
      weight: 1,
    })
    expect(columns.get('zip<3>')?.done).toBe(
      'Generalised to level 1 of its hierarchy (the first 3 characters).',
    )
    expect(columns.get('sex')?.done).toBe(
      'Generalised by its hierarchy, as far as the search found to be needed.',
    )
    expect(columns.get('patient')?.done).toBe('Tells patients apart, by ids of this export.')
    expect(columns.get('disease')).toMatchObject({ category: null, done: 'Kept as it was.', loss: null })
  })

  it('tells the level where the search set one for the whole column', () => {
    const report = reportOf({ method: 'optimal', proof: { kind: 'optimal' } })
    expect(report.columns.find(({ name }) => name === 'diagnosed')?.done).toBe(
      'Generalised to level 2 of its hierarchy (years).',
    )
    expect(report.columns.find(({ name }) => name === 'sex')?.done).toBe(
      'Generalised to level 0 of its hierarchy.',
    )
  })

  it.each<[Transform, RegExp]>([
    [{ kind: 'redact' }, /^Left out\.$/],
    [{ kind: 'top-code', above: 89 }, /above 89 are one group/],
    [{ kind: 'bottom-code', below: 18 }, /below 18 are one group/],
    [{ kind: 'bin', width: 10 }, /bands of 10/],
    [{ kind: 'perturb', scale: 2.5 }, /Laplace, scale 2\.5/],
    [{ kind: 'pseudonym' }, /HMAC-SHA-256/],
    [{ kind: 'random-id' }, /random id/],
    [{ kind: 'date-shift', days: 1 }, /1 to 1 day,/],
    [{ kind: 'year' }, /The year alone/],
    [{ kind: 'zip3' }, /20,000/],
    [{ kind: 'substitute', values: ['a'] }, /another value/],
    [{ kind: 'scrub' }, /Free text/],
  ])('%j is told in plain words', (transform, words) => {
    const release = tableRelease()
    const columns = release.columns.map((column) =>
      column.name === 'income' ? { ...column, transform } : column,
    )
    expect(reportOf({ columns }).columns.find(({ name }) => name === 'income')?.done).toMatch(words)
  })

  it.each<[Profile, string, readonly string[]]>([
    ['safe-harbor', '45 CFR 164.514(b)(2)', []],
    ['expert-determination', '45 CFR 164.514(b)(1)', ['Dr. Ada Quill', '2026-11-01']],
    ['limited-data-set', '45 CFR 164.514(e)', ['Registry', 'Research', '2027-01-01']],
  ])('of %s cites %s and what it stands on', (profile, citation, basis) => {
    const { plan } = tableRelease()
    const report = reportOf({
      profile,
      plan: {
        ...plan,
        dataUseAgreement: { recipient: 'Registry', purpose: 'Research', ends: '2027-01-01' },
      },
    })
    expect(report.profile).toMatchObject({ profile, citation })
    expect(report.profile.basis.map(({ value }) => value)).toEqual(basis)
  })
})

describe('the verdict on a model', () => {
  const verdictOn = (model: Model, reached: number, rows = 10) =>
    reportOf({
      models: [{ model, reached }],
      released: { rows, patients: rows, suppressedRows: 0 },
    }).models[0]

  it.each<[Model, number, number]>([
    [{ kind: 'k-anonymity', k: 5 }, 5, 4],
    [{ kind: 'distinct-l-diversity', attribute: 'disease', l: 3 }, 3, 2],
    [{ kind: 'entropy-l-diversity', attribute: 'disease', l: 2 }, 2 - 1e-13, 1.99],
    [{ kind: 'recursive-l-diversity', attribute: 'disease', c: 3, l: 2 }, 2.999, 3],
    [{ kind: 't-closeness', attribute: 'disease', t: 0.2, distance: 'equal' }, 0.2 + 1e-13, 0.201],
    [{ kind: 'small-cells', attribute: 'disease', minimum: 11 }, 11, 10],
    [{ kind: 'prosecutor-risk', threshold: 0.2 }, 0.2, 0.25],
    [{ kind: 'records-at-risk', threshold: 0.1, share: 0.05 }, 0.05, 0.051],
    [{ kind: 'marketer-risk', threshold: 0.1 }, 0.1, 0.11],
    [{ kind: 'journalist-risk', threshold: 0.1, population: 1000 }, 0.1, 0.11],
    [{ kind: 'population-uniqueness', threshold: 0.1, population: 1000, estimator: 'pitman' }, 0.1, 0.11],
  ])('%j holds at %d and not at %d', (model, kept, broken) => {
    expect(verdictOn(model, kept)?.holds).toBe(true)
    expect(verdictOn(model, broken)?.holds).toBe(false)
  })

  it('holds where nothing is released, having nothing to hold for', () => {
    expect(verdictOn({ kind: 'k-anonymity', k: 5 }, 0, 0)?.holds).toBe(true)
    expect(verdictOn({ kind: 'k-anonymity', k: 5 }, 0)?.holds).toBe(false)
  })

  it('names the sensitive column, and says which figures are estimates', () => {
    const estimates = reportOf().models.filter(({ estimated }) => estimated)
    expect(estimates.map(({ model }) => model.kind)).toEqual(['journalist-risk', 'population-uniqueness'])
    expect(reportOf().models.map(({ attribute }) => attribute)).toEqual([
      null,
      'disease',
      'disease',
      null,
      null,
      null,
    ])
  })
})

describe('what a report says that it does not say', () => {
  it('which sensitive columns no model bounds', () => {
    expect(caveatsOf()).toMatch(/No model bounds what a class tells of "income":/)
    expect(caveatsOf({ models: [] })).toMatch(/what a class tells of "disease", "income":/)
    const bounded = ['disease', 'income'].map((attribute) => ({
      model: { kind: 'distinct-l-diversity', attribute, l: 2 } as const,
      reached: 2,
    }))
    expect(caveatsOf({ models: bounded })).not.toMatch(/No model bounds/)
  })

  it('that rows may be of one patient, where no column tells patients apart', () => {
    expect(caveatsOf()).not.toMatch(/taken for a patient of its own/)
    expect(caveatsOf({ patientColumn: null })).toMatch(/taken for a patient of its own/)
  })

  it('that what is suppressed, generalised by class, scrubbed, shifted or estimated has its price', () => {
    const said = caveatsOf()
    expect(said).toMatch(/12 rows of 30,162 rows \(0\.04%\) were suppressed/)
    expect(said).toMatch(/labels of one column may overlap/)
    expect(said).toMatch(/Identifiers in "note" were found/)
    expect(said).toMatch(/dates in "admitted" keep their distances/)
    expect(said).toMatch(/population are estimates/)
  })

  it('nothing of that where it does not apply', () => {
    const { columns } = tableRelease()
    const said = caveatsOf({
      method: 'optimal',
      models: [],
      released: { rows: 10, patients: 10, suppressedRows: 0 },
      columns: columns.filter(({ name }) => name !== 'note' && name !== 'admitted'),
    })
    expect(said).not.toMatch(/suppressed|overlap|Identifiers in|distances|estimates/)
  })

  it.each<[Profile, RegExp]>([
    ['safe-harbor', /\(b\)\(2\)\(ii\)/],
    ['expert-determination', /for the expert to say/],
    ['limited-data-set', /is protected health information/],
  ])('what a figure cannot do for %s', (profile, words) => {
    expect(caveatsOf({ profile })).toMatch(words)
  })
})
