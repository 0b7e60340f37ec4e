import { describe, expect, it } from 'vitest'
import { namedValue } from './names.ts'
import { referenceText } from './text.ts'

const record = {
  type: 'MedicationRequest' as const,
  names: [
    { reference: 'Medication/1', words: 'Warfarin' },
    { reference: 'Practitioner/2', words: 'A practitioner that was not sent' },
  ],
  values: {
    medicationReference: { reference: 'Medication/1' },
    requester: { reference: 'Practitioner/2' },
    recorder: { reference: 'Practitioner/2', display: 'Dr. Own' },
    performer: [{ actor: { reference: 'Practitioner/2' } }, 1],
    contained: [{ id: 'm', code: { text: 'Insulin' } }],
  },
}

describe('a reference', () => {
  it('has the words of what it means, also inside a structure, and keeps its own', () => {
    expect(referenceText(namedValue(record, 'medicationReference'))).toBe('Warfarin')
    expect(referenceText(namedValue(record, 'recorder'))).toBe('Dr. Own')
    expect(namedValue(record, 'performer')).toEqual([
      { actor: { reference: 'Practitioner/2', display: 'A practitioner that was not sent' } },
      1,
    ])
  })
  it('to a contained medication has its words', () => {
    const values = { ...record.values, medicationReference: { reference: '#m' } }
    expect(referenceText(namedValue({ ...record, values }, 'medicationReference'))).toBe('Insulin')
  })
  it('that is masked, or means nothing that is named, stays as it is', () => {
    const masked = { masked: true, mask: 'hidden', shown: null, reason: 'x' }
    const values = { requester: masked, subject: { reference: 'constructor' } }
    expect(namedValue({ ...record, values }, 'requester')).toBe(masked)
    expect(namedValue({ ...record, values }, 'subject')).toEqual({ reference: 'constructor' })
  })
})
