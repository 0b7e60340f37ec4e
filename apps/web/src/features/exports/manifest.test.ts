import { describe, expect, it } from 'vitest'
import { parseManifest } from './manifest.ts'

const manifest = {
  format: 'chartward-release-manifest/1',
  basis: '45 CFR 164.514(b)(2)',
  patients: 2,
  counts: { Patient: 2 },
  policyVersion: 'p/1',
  files: [{ name: 'Patient.csv', bytes: 10, sha256: 'ab' }],
  fields: [
    {
      path: 'Patient.name',
      class: 'identity',
      category: 'A',
      treatment: 'drop',
      kept: 0,
      grouped: 0,
      suppressed: 2,
    },
  ],
  unnamedFieldsDropped: 0,
  categories: [
    { letter: 'A', title: 'Names', done: 'Left out.', fields: [{ path: 'Patient.name', treatment: 'drop' }] },
  ],
  rules: { ageGroup: '90 or older', zip3: { source: 'Census', threshold: 20_000, sha256: 'cd' } },
}

describe('a release manifest', () => {
  it('a release manifest is read, whatever else it says', () => {
    expect(parseManifest({ ...manifest, facts: {} })).toMatchObject({ patients: 2, counts: { Patient: 2 } })
  })

  it('anything else is none, so that no half of it is shown', () => {
    const { categories, ...lacking } = manifest
    expect(categories).toHaveLength(1)
    for (const value of [null, {}, lacking, { ...manifest, patients: 'two' }])
      expect(parseManifest(value)).toBeNull()
  })
})
