import { describe, expect, it } from 'vitest'
import { composedOf, compositionFrom, givenOf, levelOf, NOTHING, withGiven, withLevel } from './composed.ts'

describe('a composition in a form', () => {
  it('comes back as it was', () => {
    const composition = {
      permissions: [
        { permission: 'account:user:list', rows: null },
        { permission: 'vault:patient:read', rows: 'care' as const },
      ],
      clear: ['class:identity'],
      partly: [],
      masked: ['Patient.ssn'],
      hidden: [],
      labels: ['hiv'],
      breakGlass: true,
    }
    expect(compositionFrom(composedOf(composition))).toEqual(composition)
  })

  it('gives a permission once, for the patients chosen last', () => {
    const permissions = withGiven(withGiven([], 'vault:patient:read', 'care'), 'vault:patient:read', 'all')
    expect(permissions).toEqual(['vault:patient:read|all'])
    expect(givenOf({ permissions }, 'vault:patient:read')).toBe('all')
    expect(givenOf({ permissions }, 'vault:patient:readers')).toBe('no')
    expect(withGiven(permissions, 'vault:patient:read', 'no')).toEqual([])
  })

  it('shows a field by one list, or by what it is part of', () => {
    const masked = {
      ...NOTHING,
      ...withLevel({ ...NOTHING, clear: ['Patient.name'] }, 'Patient.name', 'masked'),
    }
    expect(masked).toEqual({ ...NOTHING, masked: ['Patient.name'] })
    expect(levelOf(masked, 'Patient.name')).toBe('masked')
    expect(levelOf({ ...masked, ...withLevel(masked, 'Patient.name', null) }, 'Patient.name')).toBeNull()
  })
})
