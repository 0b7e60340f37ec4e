import { describe, expect, it } from 'vitest'
import { ALL_PERMISSIONS } from './permissions.ts'
import { permitsOf } from './permits.ts'
import { builtInPolicy, builtInRoles, ROLE_NAMES } from './roles.ts'
import { ask, IN_CARE, NOTHING, NOW, ONE_PATIENT, PATIENT_ID } from './testing/ask.ts'

const of = (role: keyof typeof builtInRoles) => permitsOf(builtInPolicy, builtInRoles[role])

describe('what a role permits', () => {
  it.each(ROLE_NAMES)('is for %s what decide() allows at best, and no more', (name) => {
    const role = builtInPolicy.roles[name]
    if (role === undefined) throw new Error(name)
    const best = (permission: (typeof ALL_PERMISSIONS)[number]) =>
      [NOTHING, ONE_PATIENT].some(
        (resource) =>
          ask({
            roles: [name],
            permission,
            resource,
            patientId: PATIENT_ID,
            factorAt: NOW,
            relationship: IN_CARE,
          }).effect === 'allow',
      )
    const permitted = permitsOf(builtInPolicy, role).permissions.map(({ permission }) => permission)
    expect(permitted).toEqual(ALL_PERMISSIONS.filter(best))
  })

  it('says for which patients at most', () => {
    const rule = (role: keyof typeof builtInRoles) =>
      of(role).permissions.find(({ permission }) => permission === 'vault:record:read')?.patients
    expect([rule('clinician'), rule('billing'), rule('patient'), rule('administrator')]).toEqual([
      'care',
      'all',
      'self',
      undefined,
    ])
    expect(
      of('administrator').permissions.find(({ permission }) => permission === 'account:user:list'),
    ).toEqual({ permission: 'account:user:list', patients: null })
  })

  it('says how much of each class is shown', () => {
    expect(of('administrator').sees).toEqual([])
    expect(of('privacyOfficer').sees).toMatchObject([{ fieldClass: 'identity', clear: 3, masked: 0 }])
    const billing = of('billing').sees
    expect(billing.map(({ fieldClass }) => fieldClass)).toEqual(['identity', 'contact', 'billing'])
    const claims = billing.find(({ fieldClass }) => fieldClass === 'billing')
    expect(claims?.clear).toBe((claims?.of ?? 0) - (claims?.masked ?? 0))
    expect(claims?.masked).toBeGreaterThan(0)
    expect(of('clinician').labels).not.toContain('psychotherapy-notes')
    expect(of('nurse').labels.length).toBeLessThanOrEqual(of('clinician').labels.length)
  })
})
