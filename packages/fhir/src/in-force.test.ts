import { type ResourceType, resourceOf } from '@chartward/policy'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isInForce } from './in-force.ts'
import { toRecord } from './map.ts'
import { meaningOf } from './meaning.ts'
import { resourceArbitrary } from './testing/resources.ts'

const NOW = Date.UTC(2026, 10, 29)

const inForce = (resourceType: ResourceType, elements: Record<string, unknown>): boolean => {
  const { patientElement } = resourceOf(resourceType)
  const named = patientElement === null ? {} : { [patientElement]: { reference: 'Patient/p' } }
  const { fields } = toRecord({ resourceType, id: 'x', ...named, ...elements })
  const values = Object.assign({}, ...Object.values(fields))
  return isInForce(resourceType, values, meaningOf(resourceType, fields), NOW)
}

const coded = (code: string) => ({ coding: [{ code }] })
const ACTIVE = { clinicalStatus: coded('active') }

describe('what is in force', () => {
  it.each<[ResourceType, Record<string, unknown>]>([
    ['Condition', ACTIVE],
    ['Condition', { clinicalStatus: coded('recurrence') }],
    ['AllergyIntolerance', ACTIVE],
    ['AllergyIntolerance', { ...ACTIVE, code: { text: 'No known allergies' } }],
    ['MedicationRequest', { status: 'active', intent: 'order' }],
    ['MedicationRequest', { status: 'active', intent: 'order', doNotPerform: true }],
    ['MedicationStatement', { status: 'active', effectivePeriod: { start: '2020' } }],
    ['MedicationStatement', { status: 'active', effectivePeriod: { start: '2020', end: '2026-11' } }],
    ['ServiceRequest', { status: 'active', intent: 'original-order' }],
    ['Encounter', { status: 'finished' }],
  ])('counts %s %j', (type, elements) => {
    expect(inForce(type, elements)).toBe(true)
  })

  it.each<[ResourceType, Record<string, unknown>]>([
    ['Condition', { ...ACTIVE, verificationStatus: coded('entered-in-error') }],
    ['Condition', { ...ACTIVE, verificationStatus: coded('refuted') }],
    ['Condition', { clinicalStatus: coded('resolved') }],
    ['Condition', { ...ACTIVE, abatementDateTime: '2020' }],
    ['Condition', { ...ACTIVE, modifierExtension: [{ url: 'urn:x', valueBoolean: true }] }],
    ['AllergyIntolerance', { ...ACTIVE, verificationStatus: coded('refuted') }],
    ['MedicationRequest', { status: 'stopped', intent: 'order' }],
    ['MedicationRequest', { status: 'completed', intent: 'order' }],
    ['MedicationRequest', { status: 'stopped', intent: 'order', doNotPerform: true }],
    ['MedicationRequest', { status: 'active', intent: 'proposal' }],
    ['MedicationRequest', { status: 'active', intent: 'plan' }],
    ['MedicationStatement', { status: 'not-taken' }],
    ['MedicationStatement', { status: 'active', effectivePeriod: { start: '2020', end: '2026-10' } }],
    ['ServiceRequest', { status: 'active', intent: 'option' }],
    ['ServiceRequest', { status: 'revoked', intent: 'order' }],
    ['Encounter', { status: 'planned' }],
    ['Encounter', { status: 'cancelled' }],
  ])('leaves out %s %j', (type, elements) => {
    expect(inForce(type, elements)).toBe(false)
  })

  it('is nothing that was taken back, is struck through or not understood, whatever the record', () => {
    fc.assert(
      fc.property(resourceArbitrary, (resource) => {
        const { type, fields } = toRecord(resource)
        const meaning = meaningOf(type, fields)
        const values = Object.assign({}, ...Object.values(fields))
        const { standing, struck } = meaning
        if (standing === 'retracted' || standing === 'unknown' || struck)
          expect(isInForce(type, values, meaning, NOW)).toBe(false)
      }),
    )
  })
})
