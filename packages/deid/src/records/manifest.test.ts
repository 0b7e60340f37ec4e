import { describe, expect, it } from 'vitest'
import { buildManifest, type ManifestInput, manifestJson } from './manifest.ts'
import { createFieldTally } from './tally.ts'

const input = (): ManifestInput => {
  const tally = createFieldTally()
  tally.count('Patient.name', 'suppressed')
  tally.count('Patient.birthDate', 'grouped')
  tally.unnamed(3)
  return {
    exportId: '0f0e0d0c-0000-4000-8000-000000000000',
    profile: 'safe-harbor',
    asOf: new Date('2026-11-22T10:11:12Z'),
    policyVersion: '1',
    patients: 1,
    patientsLeftOut: 2,
    recordsLeftOut: { labelled: 1, 'not-understood': 2, retracted: 3, negated: 4 },
    counts: { Observation: 0, Patient: 1 },
    files: [
      { name: 'b.csv', bytes: 2, sha256: 'b'.repeat(64) },
      { name: 'a.csv', bytes: 1, sha256: 'a'.repeat(64) },
    ],
    tally,
    facts: { format: 'csv' },
  }
}

describe('a manifest', () => {
  it('says what was released, by which rules, and what became of every field', () => {
    const manifest = buildManifest(input())
    expect(manifest).toMatchObject({
      profile: 'safe-harbor',
      asOf: '2026-11-22',
      counts: { Patient: 1, Observation: 0 },
      patientsLeftOut: 2,
      recordsLeftOut: { labelled: 1, 'not-understood': 2, retracted: 3, negated: 4 },
      unnamedFieldsDropped: 3,
      rules: {
        ageGroup: '90 or older',
        zip3: { threshold: 20_000, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
    })
    expect(manifest.files.map(({ name }) => name)).toEqual(['a.csv', 'b.csv'])
    expect(manifest.categories).toHaveLength(18)
    expect(manifest.fields).toContainEqual({
      path: 'Patient.name',
      class: 'identity',
      category: 'A',
      treatment: 'drop',
      kept: 0,
      grouped: 0,
      suppressed: 1,
    })
    expect(manifest.fields.some(({ path }) => path.startsWith('Claim.'))).toBe(false)
  })

  it('is canonical JSON: members in order, no spaces, the same for the same release', () => {
    const text = manifestJson(buildManifest(input()))
    expect(text).toBe(manifestJson(buildManifest(input())))
    expect(text).not.toMatch(/\n/)
    const parsed: Record<string, unknown> = JSON.parse(text)
    expect(Object.keys(parsed)).toEqual(Object.keys(parsed).toSorted())
    expect(parsed).toEqual(buildManifest(input()))
  })

  it.each([
    ['a negative count', { counts: { Patient: -1 } }],
    ['half a patient', { patients: 0.5 }],
    ['a file without its hash', { files: [{ name: 'a', bytes: 1, sha256: '' }] }],
    ['a file twice', { files: [1, 2].map((bytes) => ({ name: 'a', bytes, sha256: 'a'.repeat(64) })) }],
  ])('refuses %s', (_, wrong) => {
    expect(() => buildManifest({ ...input(), ...wrong })).toThrow(
      expect.objectContaining({ code: 'bad-manifest' }),
    )
  })

  it('refuses an as-of date that is none, and facts that are no JSON', () => {
    expect(() => buildManifest({ ...input(), asOf: new Date('x') })).toThrow(
      expect.objectContaining({ code: 'bad-as-of' }),
    )
    expect(() => manifestJson(buildManifest({ ...input(), facts: { x: Number.NaN } }))).toThrow()
    expect(() => manifestJson(buildManifest({ ...input(), facts: { x: '\uD800' } }))).toThrow()
  })
})
