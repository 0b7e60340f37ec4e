import { FIELD_PATHS, RESOURCE_TYPES } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { fieldsOf } from './catalog-fields.ts'
import { fieldLabel, pathLabel, typePlural } from './labels.ts'

/** R4's choices of datatype: https://hl7.org/fhir/R4/formats.html#choice */
const CHOICES =
  'Value,Effective,Performed,Medication,Reason,Deceased,Abatement,As needed,Born,Created,Occurred,Occurrence,Onset,Quantity,Reported,Status reason'.split(
    ',',
  )

describe('labels', () => {
  it('every field of the catalog has a label, and no two of one type share it', () => {
    for (const type of RESOURCE_TYPES) {
      const labels = fieldsOf(type).map(({ name }) => fieldLabel(name))
      expect(labels.every((label) => /^\p{Lu}/u.test(label))).toBe(true)
      // What FHIR calls a choice is one fact in several datatypes, of which a record has one.
      const choices = labels.filter((label) => !CHOICES.includes(label))
      expect(new Set(choices).size).toBe(choices.length)
    }
  })

  it('names are words', () => {
    expect(fieldLabel('valueCodeableConcept')).toBe('Value')
    expect(pathLabel('Patient.mrn')).toBe('Patient: MRN')
    expect(pathLabel('Patient.birthDate')).toBe('Patient: birth date')
    expect(FIELD_PATHS.every((path) => pathLabel(path).includes(': '))).toBe(true)
    expect(typePlural('ImagingStudy')).toBe('Imaging studies')
    expect(['FamilyMemberHistory', 'Media', 'Binary', 'Provenance'].map(typePlural)).toEqual([
      'Family histories',
      'Media',
      'Binary files',
      'Provenance',
    ])
  })
})
