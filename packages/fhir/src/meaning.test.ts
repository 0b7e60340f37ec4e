import { existsSync, readFileSync } from 'node:fs'
import { RESOURCE_TYPES, type ResourceType, resourceOf } from '@chartward/policy'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deletedFields, toRecord, withdrawnFields } from './map.ts'
import { meaningOf } from './meaning.ts'
import { resourceArbitrary } from './testing/resources.ts'
import { fromRecord } from './unmap.ts'

const subject = { reference: 'Patient/p1' }
const of = (resourceType: ResourceType, elements: Record<string, unknown>) => {
  const { patientElement } = resourceOf(resourceType)
  const named = patientElement === null || patientElement === 'id' ? {} : { [patientElement]: subject }
  const record = toRecord({ resourceType, id: 'x', ...named, ...elements })
  return meaningOf(record.type, record.fields)
}
const coded = (code: string, system?: string) => ({
  coding: [{ ...(system === undefined ? {} : { system }), code }],
})

describe('what a record means', () => {
  it.each<[ResourceType, Record<string, unknown>, boolean]>([
    ['MedicationRequest', { status: 'active', doNotPerform: true }, false],
    ['MedicationRequest', { status: 'entered-in-error', doNotPerform: true }, true],
    ['ServiceRequest', { status: 'active', doNotPerform: true }, false],
    ['AllergyIntolerance', { code: { text: 'NKDA' } }, false],
    ['AllergyIntolerance', { code: coded('no-allergy-info') }, false],
    ['AllergyIntolerance', { verificationStatus: coded('refuted') }, true],
    ['Immunization', { status: 'not-done' }, true],
    ['Observation', { status: 'cancelled' }, true],
    ['Condition', { clinicalStatus: coded('resolved') }, false],
    ['Observation', { status: 'final', modifierExtension: [{ url: 'urn:x', valueBoolean: true }] }, false],
  ])(
    'is struck through where it is not so, and not where it stands and says no: %s %j',
    (type, elements, struck) => {
      expect(of(type, elements).struck).toBe(struck)
    },
  )

  it.each<[ResourceType, Record<string, unknown>, boolean, 'none' | 'no-information' | null]>([
    ['AllergyIntolerance', { clinicalStatus: coded('active'), code: { text: 'Penicillin' } }, true, null],
    ['AllergyIntolerance', { clinicalStatus: coded('active'), code: { text: 'NKDA' } }, true, 'none'],
    ['AllergyIntolerance', { code: coded('no-allergy-info') }, true, 'no-information'],
    ['AllergyIntolerance', { clinicalStatus: coded('inactive'), code: { text: 'NKDA' } }, false, null],
    ['AllergyIntolerance', { verificationStatus: coded('refuted'), code: { text: 'NKDA' } }, false, null],
    [
      'AllergyIntolerance',
      { verificationStatus: coded('entered-in-error'), code: { text: 'NKDA' } },
      false,
      null,
    ],
    ['AllergyIntolerance', { code: { text: 'NKDA' }, implicitRules: 'urn:x' }, false, null],
    ['MedicationRequest', { status: 'active', intent: 'order', doNotPerform: true }, true, null],
    ['MedicationRequest', { status: 'stopped', intent: 'order', doNotPerform: true }, false, null],
    ['MedicationRequest', { status: 'stopped', intent: 'order' }, false, null],
    ['Condition', { clinicalStatus: coded('resolved') }, false, null],
    ['Condition', { verificationStatus: coded('refuted') }, false, null],
  ])(
    'stands while what it says is in force, be it that there is none or not to be done: %s %j',
    (type, elements, stands, absence) => {
      expect(of(type, elements)).toMatchObject({ stands, absence })
    },
  )

  it('never stands where it was taken back, is struck through or not understood; and stands where it counts', () => {
    fc.assert(
      fc.property(resourceArbitrary, (resource) => {
        const { type, fields } = toRecord(resource)
        const { standing, counts, struck, stands, absence } = meaningOf(type, fields)
        if (standing === 'retracted' || standing === 'unknown' || struck) expect(stands).toBe(false)
        if (counts) expect(stands).toBe(true)
        if (!stands) expect(absence).toBeNull()
      }),
    )
  })

  it('is taken back where the source has deleted it, for whoever sees any class of it, and comes back with it', () => {
    const record = toRecord({
      resourceType: 'Observation',
      id: 'o',
      subject: { reference: 'Patient/p' },
      status: 'final',
      code: { text: 'TSH' },
      note: [{ text: 'x' }],
      strange: 1,
    })
    const deleted = deletedFields(record.fields)
    const gone = { standing: 'retracted', words: ['Deleted at the source'], counts: false, struck: true }
    for (const [fieldClass, values] of Object.entries(deleted)) {
      expect(meaningOf('Observation', { [fieldClass]: values })).toMatchObject(gone)
    }
    expect(Object.keys(deleted).toSorted()).toEqual(['clinical', 'narrative', 'unmapped'])
    expect(fromRecord('Observation', 'o', 'p', deleted)).toEqual(
      fromRecord('Observation', 'o', 'p', record.fields),
    )
    expect(meaningOf('Observation', record.fields).standing).toBe('said')
  })

  it('is taken back where its upload was withdrawn, for whoever sees any class of it', () => {
    const record = toRecord({
      resourceType: 'Observation',
      id: 'o',
      subject: { reference: 'Patient/p' },
      status: 'final',
      code: { text: 'TSH' },
      note: [{ text: 'x' }],
      strange: 1,
    })
    const withdrawn = withdrawnFields(record.fields)
    const gone = { standing: 'retracted', words: ['Withdrawn with its upload'], counts: false, struck: true }
    for (const [fieldClass, values] of Object.entries(withdrawn)) {
      expect(meaningOf('Observation', { [fieldClass]: values })).toMatchObject(gone)
    }
    expect(Object.keys(withdrawn).toSorted()).toEqual(['clinical', 'narrative', 'unmapped'])
    expect(fromRecord('Observation', 'o', 'p', withdrawn)).toEqual(
      fromRecord('Observation', 'o', 'p', record.fields),
    )
  })

  it.each<[ResourceType, Record<string, unknown>, string, string]>([
    ['MedicationRequest', { status: 'active', doNotPerform: true }, 'negated', 'Do not give'],
    ['ServiceRequest', { status: 'active', doNotPerform: true }, 'negated', 'Do not do'],
    ['Immunization', { status: 'not-done' }, 'negated', 'Not done'],
    ['Procedure', { status: 'not-done' }, 'negated', 'Not done'],
    ['Observation', { status: 'entered-in-error' }, 'retracted', 'Entered in error'],
    [
      'Observation',
      { status: 'final', dataAbsentReason: coded('not-performed') },
      'negated',
      'Not performed',
    ],
    ['Condition', { verificationStatus: coded('entered-in-error') }, 'retracted', 'Entered in error'],
    [
      'Condition',
      { clinicalStatus: coded('active'), verificationStatus: coded('refuted', 'urn:x') },
      'negated',
      'Refuted',
    ],
    ['AllergyIntolerance', { verificationStatus: { text: 'Refuted' } }, 'negated', 'Refuted'],
    ['AllergyIntolerance', { code: coded('716186003') }, 'negated', 'Says that there is none'],
    ['AllergyIntolerance', { code: { text: 'NKDA' } }, 'negated', 'Says that there is none'],
    ['Condition', { code: coded('no-known-problems') }, 'negated', 'Says that there is none'],
    ['AllergyIntolerance', { code: coded('no-allergy-info') }, 'negated', 'Says that nothing is known'],
    [
      'MedicationStatement',
      { status: 'active', medicationCodeableConcept: coded('no-known-medications') },
      'negated',
      'Says that there is none',
    ],
    ['Encounter', { status: 'cancelled' }, 'retracted', 'Cancelled'],
    ['Appointment', { status: 'noshow' }, 'retracted', 'Did not come'],
    ['Goal', { lifecycleStatus: 'rejected' }, 'retracted', 'Rejected'],
    ['ServiceRequest', { status: 'revoked' }, 'retracted', 'Revoked'],
    [
      'DocumentReference',
      { status: 'current', docStatus: 'entered-in-error' },
      'retracted',
      'Entered in error',
    ],
  ])('of %s %j is %s: %s', (type, elements, standing, words) => {
    const meaning = of(type, elements)
    expect([meaning.standing, meaning.words[0], meaning.counts]).toEqual([standing, words, false])
  })

  it('of a patient whom another record has replaced, or who is dead, says so', () => {
    const link = (type: string) => ({ link: [{ other: subject, type }] })
    expect(of('Patient', link('replaced-by')).standing).toBe('retracted')
    expect(of('Patient', link('seealso')).counts).toBe(true)
    expect(of('Patient', { active: false })).toMatchObject({ words: ['No longer in use'], counts: false })
    for (const dead of [{ deceasedBoolean: true }, { deceasedDateTime: '2020' }])
      expect(of('Patient', dead).words).toEqual(['Deceased'])
    expect(of('Patient', { active: true, deceasedBoolean: false }).words).toEqual([])
  })

  it('of what nobody here understands is unknown, at whatever depth it stands', () => {
    const strange = [{ url: 'https://example.org/negated', valueBoolean: true }]
    const plain = { status: 'final' }
    for (const elements of [
      { modifierExtension: strange },
      { contained: [{ resourceType: 'Medication', modifierExtension: strange }] },
      { component: [{ code: {}, modifierExtension: strange }] },
      { referenceRange: [{ modifierExtension: strange }] },
      { implicitRules: 'https://example.org/rules' },
      { contained: [{ resourceType: 'Medication', implicitRules: 'https://example.org/rules' }] },
      { status: 'made-up' },
      { status: undefined, _status: { extension: [{ url: 'x', valueCode: 'unknown' }] } },
    ]) {
      const meaning = of('Observation', { ...plain, ...elements })
      expect([JSON.stringify(elements), meaning.standing, meaning.counts]).toEqual([
        JSON.stringify(elements),
        'unknown',
        false,
      ])
    }
    expect(of('Observation', { ...plain, modifierExtension: [] }).standing).toBe('said')
    expect(of('Condition', { verificationStatus: { text: 'ruled out, see notes' } }).standing).toBe('unknown')
  })

  it('names the gravest first, and each once', () => {
    expect(
      of('MedicationRequest', {
        status: 'entered-in-error',
        doNotPerform: true,
        intent: 'plan',
        modifierExtension: [{ url: 'x' }],
      }).words,
    ).toEqual([
      'Entered in error',
      'Changed by something that this system does not understand',
      'Do not give',
      'A plan, not an order',
    ])
  })

  it('of a finished order is that it is over, of a finished act that it is a fact', () => {
    expect(of('MedicationRequest', { status: 'completed' }).counts).toBe(false)
    expect(of('Immunization', { status: 'completed' })).toMatchObject({ counts: true, words: [] })
    expect(of('Immunization', { status: 'completed', isSubpotent: true }).counts).toBe(false)
    expect(of('Condition', { clinicalStatus: coded('resolved') })).toMatchObject({
      standing: 'said',
      counts: false,
    })
    expect(of('CarePlan', { activity: [{ detail: { doNotPerform: true } }] }).words).toEqual([
      'Part of it is not to be done',
    ])
  })

  it('never leaves out of what counts without a word why', () => {
    for (const type of RESOURCE_TYPES) {
      for (const [element, reading] of Object.entries(resourceOf(type).modifiers)) {
        const says = 'says' in reading ? Object.values(reading.says) : [reading.said]
        for (const { counts, words, standing } of says) {
          expect([type, element, counts || words !== null]).toEqual([type, element, true])
          expect([type, element, counts && standing !== 'said']).toEqual([type, element, false])
        }
      }
    }
  })

  it('of a consent that keeps something from somebody says so, and counts it as in force', () => {
    const denied = { status: 'active', scope: coded('patient-privacy') }
    for (const restricting of [
      { provision: { type: 'deny' } },
      { provision: { type: 'permit', provision: [{ type: 'deny' }] } },
      { policyRule: coded('OPTOUT') },
    ])
      expect(of('Consent', { ...denied, ...restricting })).toMatchObject({
        standing: 'said',
        counts: true,
        words: expect.arrayContaining(['Restricts disclosure']),
      })
    expect(of('Consent', { ...denied, provision: { type: 'permit' } }).words).toEqual(['About privacy'])
    expect(of('Consent', { ...denied, status: 'rejected' }).standing).toBe('negated')
  })

  it('says security labels in words, the gravest first, and one that it does not know too', () => {
    const labelled = (...codes: string[]) =>
      of('Observation', { status: 'final', meta: { security: codes.map((code) => ({ code })) } }).labels
    expect(labelled('R', 'v')).toEqual(['Very restricted', 'Restricted'])
    expect(labelled('42CFRPart2', 'PSYTHPN')).toEqual([
      'Psychotherapy notes',
      '42 CFR Part 2 (substance use)',
    ])
    expect(labelled('N', 'HTEST')).toEqual([])
    expect(labelled('local-17')).toEqual(['Restricted by its source'])
    expect(
      of('Observation', { contained: [{ resourceType: 'Specimen', meta: { security: [{ code: 'V' }] } }] })
        .labels,
    ).toEqual(['Very restricted'])
    expect(of('Observation', { meta: { security: [{ display: 'secret' }] } }).labels).toHaveLength(1)
  })

  it.each<[string, object]>([
    ['a label that is no list', { meta: { security: { code: 'R' } } }],
    ['a bare code', { meta: { security: 'R' } }],
    ['a bare code in a list', { meta: { security: ['R'] } }],
    ['a list of meta', { meta: [{ security: [{ code: 'R' }] }] }],
    ['a label without a code', { meta: { security: [{}] } }],
    ['a label that is null', { meta: { security: [null] } }],
    [
      'an inline label of a version',
      {
        note: [
          {
            text: 'x',
            extension: [
              {
                url: 'http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label|1.0.0',
                valueCoding: { code: 'R' },
              },
            ],
          },
        ],
      },
    ],
  ])('takes %s for one', (_, more) => {
    expect(of('Observation', { status: 'final', ...more }).labels).toHaveLength(1)
  })

  it('takes nothing said for none', () => {
    for (const security of [undefined, null, []])
      expect(of('Observation', { status: 'final', meta: { security } }).labels).toEqual([])
  })

  it('is read of any resource of a stored type, and every leaf of it is in its record', () => {
    const leaves = (value: unknown): string[] =>
      typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(leaves)
        : [JSON.stringify(value) ?? '']
    const strange = [{ url: 'https://example.org/negated', valueBoolean: true }]
    fc.assert(
      fc.property(resourceArbitrary, fc.boolean(), (plain, isStrange) => {
        const resource = isStrange ? { ...plain, modifierExtension: strange } : plain
        const { type, sourceId, patientRef, fields } = toRecord(resource)
        // The row holds the type, the id and the plain reference to the patient.
        const kept = [...leaves(fields), type, sourceId, ...(patientRef === null ? [] : [patientRef])].map(
          (leaf) => leaf.replaceAll(/^"|"$/g, ''),
        )
        const lost = leaves(resource).filter((leaf) => {
          const bare = leaf.replaceAll(/^"|"$/g, '')
          return !kept.includes(bare) && !kept.some((one) => bare.endsWith(one) && one === patientRef)
        })
        expect([type, lost]).toEqual([type, []])
        const { standing, words, counts } = meaningOf(type, fields)
        if (isStrange) expect(['unknown', 'retracted']).toContain(standing)
        expect([type, standing === 'said' || words.length > 0, standing === 'said' || !counts]).toEqual([
          type,
          true,
          true,
        ])
      }),
      { numRuns: 300, seed: 20_261_129 },
    )
  })

  const cases = new URL('../../../../shared/cases/fhir/z1-modifiers.json', import.meta.url)
  it.runIf(existsSync(cases))('is read of the cases as is expected of them', () => {
    const { entry } = JSON.parse(readFileSync(cases, 'utf8'))
    const standings = Object.fromEntries(
      entry.map(({ resource }: { resource: Parameters<typeof toRecord>[0] }) => {
        const { type, fields } = toRecord(resource)
        return [resource.id, meaningOf(type, fields).standing]
      }),
    )
    expect(standings).toMatchObject({
      z1: 'said',
      z1m: 'negated',
      z1s: 'negated',
      z1c1: 'retracted',
      z1c2: 'negated',
      z1c3: 'unknown',
      z1a: 'negated',
      z1i: 'negated',
      z1p: 'negated',
      z1w3: 'retracted',
      z1o10: 'negated',
    })
  })
})
