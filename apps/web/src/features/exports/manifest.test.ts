import { describe, expect, it } from 'vitest'
import { leftOutOf, parseManifest } from './manifest.ts'

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

  it('says in words what was left out for what it means, and that nothing was', () => {
    const said = (more: object) => {
      const parsed = parseManifest({ ...manifest, ...more })
      return parsed === null ? 'no manifest' : leftOutOf(parsed)
    }
    const none = { labelled: 0, 'not-understood': 0, retracted: 0, negated: 0 }
    expect(said({})).toBeNull()
    expect(said({ patientsLeftOut: 0, recordsLeftOut: none })).toBe('Nothing')
    const all = { labelled: 1, 'not-understood': 2, retracted: 3, negated: 4, later: 5 }
    expect(said({ patientsLeftOut: 1, recordsLeftOut: all })?.split('; ')).toEqual([
      '1 whole patient whose own record is one of these',
      '1 record with a security label that restricts who may see it',
      '2 records changed by something that this system does not understand',
      '3 records taken back: entered in error, cancelled, or deleted at the source',
      '4 records saying that something is not so, or is not to be done',
      '5 records for another reason',
    ])
  })

  it('anything else is none, so that no half of it is shown', () => {
    const { categories, ...lacking } = manifest
    expect(categories).toHaveLength(1)
    for (const value of [null, {}, lacking, { ...manifest, patients: 'two' }])
      expect(parseManifest(value)).toBeNull()
  })
})
