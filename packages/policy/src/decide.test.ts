import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import type { DecisionResource, RoleAssignment } from './decision.ts'
import type { Permission } from './permissions.ts'
import type { Policy } from './policy.ts'
import { REASON_TEXT } from './reasons.ts'
import { builtInPolicy } from './roles.ts'
import { scopeUnder } from './scope.ts'
import { LABELS } from './security-labels.ts'
import {
  ANOTHER_PATIENT,
  ANOTHER_USER,
  ask,
  assigned,
  at,
  IN_CARE,
  MANY_PATIENTS,
  NOTHING,
  NOW,
  ONE_PATIENT,
  onTypes,
  PATIENT_ID,
  policyOf,
  scopeOf,
  USER_ID,
} from './testing/ask.ts'

/** What a policy out of a database may hold in spite of its type. */
const parsed = (json: string): Policy => JSON.parse(json)

const readCare = { permission: 'vault:record:read', resource: ONE_PATIENT, relationship: IN_CARE } as const

describe('default deny', () => {
  it('refuses a permission that is not on the list, own properties of objects included', () => {
    for (const name of ['vault:record:delete', 'constructor', '__proto__', '']) {
      const permission: Permission = JSON.parse(JSON.stringify(name))
      const decision = ask({ roles: ['administrator', 'clinician'], permission, factorAt: NOW })
      expect([decision.effect, decision.reason]).toEqual(['deny', 'unknown-permission'])
    }
  })

  it('refuses whoever holds a role that the policy does not have, whatever else they hold', () => {
    for (const name of ['janitor', 'constructor', '__proto__', 'toString']) {
      const decision = ask({ roles: ['clinician', name], ...readCare })
      expect([decision.effect, decision.reason]).toEqual(['deny', 'unknown-role'])
    }
  })

  it('refuses without a policy', () => {
    expect(ask({ roles: ['clinician'], ...readCare, policy: null })).toMatchObject({
      effect: 'deny',
      reason: 'no-policy',
    })
  })

  it('refuses a resource type that the catalog does not know', () => {
    const types = JSON.parse('["Observation", "CarePackage"]')
    const resource = { kind: 'patient', patientId: PATIENT_ID, types } as const
    expect(ask({ roles: ['clinician'], ...readCare, resource }).reason).toBe('unknown-resource-type')
  })

  it('refuses a permission about patients to a request that names none', () => {
    for (const permission of [
      'vault:record:read',
      'vault:patient:search',
      'care:relationship:list',
    ] as const) {
      const decision = ask({ roles: ['clinician'], permission, resource: NOTHING, relationship: IN_CARE })
      expect([decision.effect, decision.reason]).toEqual(['deny', 'no-patient-named'])
    }
  })

  it('refuses where none of the types asked for has a field to show, an empty list included', () => {
    const decision = ask({ roles: ['nurse'], ...readCare, resource: onTypes('Group') })
    expect([decision.effect, decision.reason]).toEqual(['deny', 'no-readable-field'])
    expect(ask({ roles: ['nurse'], ...readCare, resource: onTypes() }).reason).toBe('no-readable-field')
    expect(ask({ roles: ['billing'], ...readCare, resource: onTypes('Observation') }).reason).toBe(
      'no-readable-field',
    )
  })

  it('grants nothing for a selector, a row rule or an effect that it does not know', () => {
    const policy = parsed(`{"version": "t", "roles": {
      "a": {"name": "a", "version": 1, "title": "", "privileged": false, "statements": [
        {"id": "a/1", "effect": "allow", "permissions": ["vault:record:read"], "rows": "everyone", "clear": ["class:identity"]}]},
      "b": {"name": "b", "version": 1, "title": "", "privileged": false, "statements": [
        {"id": "b/1", "effect": "allow", "permissions": ["vault:record:read"], "rows": "all",
         "clear": ["class:unmapped", "class:*", "Patient.nope", "Nope.*", "*", "constructor.name"]}]},
      "c": {"name": "c", "version": 1, "title": "", "privileged": false, "statements": [
        {"id": "c/1", "effect": "permit", "permissions": ["audit:entry:search"]}]},
      "d": {"name": "d", "version": 1, "title": "", "privileged": false, "statements": [
        {"id": "d/1", "effect": "allow", "permissions": ["audit:entry:search"]}]}}}`)
    expect(ask({ roles: ['a'], ...readCare, policy }).effect).toBe('deny')
    expect(ask({ roles: ['b'], ...readCare, policy }).reason).toBe('no-readable-field')
    expect(ask({ roles: ['c', 'd'], permission: 'audit:entry:search', policy }).reason).toBe('explicit-deny')
    expect(ask({ roles: ['d'], permission: 'audit:entry:search', policy }).effect).toBe('allow')
  })

  it('covers no patient with an allow that names no rows', () => {
    const policy = policyOf({
      a: [{ id: 'a/1', effect: 'allow', permissions: ['vault:record:read'], clear: ['class:clinical'] }],
    })
    expect(ask({ roles: ['a'], ...readCare, policy }).effect).toBe('deny')
    expect(ask({ roles: ['a'], ...readCare, resource: MANY_PATIENTS, policy }).effect).toBe('deny')
  })

  it('has a sentence for every reason', () => {
    for (const text of Object.values(REASON_TEXT)) expect(text).toMatch(/^[A-Z].*\.$/)
  })
})

describe('role assignments', () => {
  const effectOf = (...roles: RoleAssignment[]) => ask({ roles, permission: 'audit:entry:search' })

  it('hold from their start on and until just before their end', () => {
    const name = 'auditor'
    expect(effectOf(assigned(name, at(0), at(1))).effect).toBe('allow')
    expect(effectOf(assigned(name, at(0.001))).reason).toBe('no-active-role')
    expect(effectOf(assigned(name, at(-60), at(0))).reason).toBe('no-active-role')
    expect(effectOf(assigned(name, at(-60), at(0.001))).effect).toBe('allow')
    expect(effectOf(assigned(name, at(60), at(-60))).reason).toBe('no-active-role')
  })

  it('do not hold where a date is no date', () => {
    const never = new Date(Number.NaN)
    expect(effectOf(assigned('auditor', never)).effect).toBe('deny')
    expect(effectOf(assigned('auditor', at(-1), never)).effect).toBe('deny')
    expect(ask({ roles: ['auditor'], permission: 'audit:entry:search', now: never }).effect).toBe('deny')
  })

  it('of the same role may overlap: one that ended takes nothing from one in force', () => {
    expect(effectOf(assigned('auditor', at(-60), at(-30)), assigned('auditor')).effect).toBe('allow')
  })

  it('leave sign-out and nothing else when the last one has ended', () => {
    const ended = assigned('administrator', at(-60), at(-1))
    expect(ask({ roles: [ended], permission: 'self:session:read' }).effect).toBe('allow')
    expect(ask({ roles: [ended], permission: 'account:user:list' }).reason).toBe('no-active-role')
  })
})

describe('care relationships', () => {
  const withRelationship = (startsAt: Date, endsAt: Date | null, role = 'clinician') =>
    ask({ roles: [role], ...readCare, relationship: { id: 'r', startsAt, endsAt } })

  it('open a patient from their start on and until just before their end', () => {
    expect(withRelationship(at(0), null).effect).toBe('allow')
    expect(withRelationship(at(0.001), null).effect).toBe('needs-break-glass')
    expect(withRelationship(at(-60), at(0)).effect).toBe('needs-break-glass')
    expect(withRelationship(at(-60), at(0.001)).effect).toBe('allow')
  })

  it('can be replaced by break-glass for clinicians and nurses reading one patient, and for nobody else', () => {
    for (const role of ['clinician', 'nurse']) {
      for (const permission of ['vault:patient:read', 'vault:record:list', 'vault:record:read'] as const) {
        expect(ask({ roles: [role], permission, resource: ONE_PATIENT })).toMatchObject({
          effect: 'needs-break-glass',
          reason: 'no-care-relationship',
          statement: `${role}/read-care`,
        })
      }
    }
    expect(
      ask({ roles: ['clinician'], permission: 'care:relationship:create', resource: ONE_PATIENT }),
    ).toMatchObject({ effect: 'deny', reason: 'no-care-relationship' })
    expect(ask({ roles: ['patient'], ...readCare }).reason).toBe('not-self')
    expect(ask({ roles: ['administrator'], ...readCare }).reason).toBe('no-statement')
  })

  it('have break-glass in their place within its time, for what the role would show in care and no more', () => {
    const assignmentId = assigned('nurse').assignmentId
    const breakGlass = { id: 'glass-1', startsAt: at(-60), endsAt: at(60), assignmentId }
    const question = { roles: ['nurse'], permission: 'vault:record:read', resource: ONE_PATIENT } as const
    const decision = ask({ ...question, breakGlass })
    expect(decision).toMatchObject({
      effect: 'allow',
      facts: { relationshipInForce: false, breakGlass: 'glass-1', breakGlassInForce: true },
    })
    const inCare = scopeOf({ ...question, relationship: IN_CARE })
    const scope = scopeOf({ ...question, breakGlass })
    expect([...scope.fields]).toEqual([...inCare.fields])
    for (const label of LABELS)
      expect([...scopeUnder(scope, [label]).fields]).toEqual([...scopeUnder(inCare, [label]).fields])
    // Nothing that changes anything, no list, and nobody's but the holder's role.
    const byClinician = { ...breakGlass, assignmentId: assigned('clinician').assignmentId }
    const clinician = { ...question, roles: ['clinician'] } as const
    expect([...scopeOf({ ...clinician, breakGlass: byClinician }).fields]).toEqual([
      ...scopeOf({ ...clinician, relationship: IN_CARE }).fields,
    ])
    const giving = { ...clinician, permission: 'care:relationship:create', factorAt: NOW } as const
    const given = ask({ ...giving, aboutUserId: ANOTHER_USER, breakGlass: byClinician })
    expect([given.effect, given.facts.breakGlassInForce]).toEqual(['deny', true])
    const list = { ...question, permission: 'vault:patient:list', resource: MANY_PATIENTS } as const
    expect(scopeOf({ ...list, breakGlass }).rows).toEqual({ kind: 'care', userId: USER_ID })
    expect(
      ask({ ...question, roles: ['billing'], resource: onTypes('Observation'), breakGlass }).effect,
    ).toBe('deny')
  })

  it('have break-glass in their place until its end, to the millisecond, and as long as the role is held', () => {
    const opened = (startsAt: Date, endsAt: Date, roles = [assigned('nurse')]) =>
      ask({
        roles,
        permission: 'vault:patient:read',
        resource: ONE_PATIENT,
        breakGlass: { id: 'glass-1', startsAt, endsAt, assignmentId: 'assignment-nurse' },
      }).effect
    expect(opened(at(-60), at(0.001))).toBe('allow')
    expect(opened(at(-60), at(0))).toBe('needs-break-glass')
    // A process whose clock is a little behind believes it; one that is further behind does not.
    expect(opened(at(5), at(60))).toBe('allow')
    expect(opened(at(5.001), at(60))).toBe('needs-break-glass')
    expect(opened(at(-60), at(60), [assigned('nurse', at(-3600), at(0))])).toBe('deny')
    // The same role, given anew, does not bring it back.
    const again = { ...assigned('nurse'), assignmentId: 'another' }
    expect(opened(at(-60), at(60), [again])).toBe('needs-break-glass')
  })

  it('are not missed in break-glass for what it would not show, whatever else one holds', () => {
    const of = (roles: string[], resource: DecisionResource) =>
      ask({ roles, permission: 'vault:record:read', resource }).effect
    expect(of(['nurse'], onTypes('Group'))).toBe('deny')
    expect(of(['nurse'], onTypes('Observation'))).toBe('needs-break-glass')
    // Who may see billing of everybody is not kept from care by that.
    expect(of(['nurse', 'billing'], onTypes('Observation'))).toBe('needs-break-glass')
    expect(of(['nurse', 'billing'], onTypes('Claim'))).toBe('allow')
  })

  it('give a list of those in care, without a relationship with anyone in particular', () => {
    const scope = scopeOf({ roles: ['nurse'], permission: 'vault:patient:list', resource: MANY_PATIENTS })
    expect(scope.rows).toEqual({ kind: 'care', userId: USER_ID })
  })
})

describe("a patient's own record", () => {
  it('is open to them, and nobody else is', () => {
    const question = { roles: ['patient'], permission: 'vault:record:read', resource: ONE_PATIENT } as const
    expect(ask({ ...question, patientId: PATIENT_ID }).effect).toBe('allow')
    expect(ask({ ...question, patientId: ANOTHER_PATIENT }).reason).toBe('not-self')
    expect(ask({ ...question, patientId: null }).reason).toBe('not-self')
    expect(ask({ ...question, patientId: null, relationship: IN_CARE }).reason).toBe('not-self')
  })

  it('gives rows of their own over many', () => {
    const policy = policyOf({
      a: [
        {
          id: 'a/1',
          effect: 'allow',
          permissions: ['vault:patient:list'],
          rows: 'self',
          clear: ['Patient.name'],
        },
      ],
    })
    const question = {
      roles: ['a'],
      permission: 'vault:patient:list',
      resource: MANY_PATIENTS,
      policy,
    } as const
    expect(scopeOf({ ...question, patientId: PATIENT_ID }).rows).toEqual({
      kind: 'self',
      patientId: PATIENT_ID,
    })
    expect(ask(question).reason).toBe('not-self')
  })
})

describe('step-up', () => {
  const question = { roles: ['privacy-officer'], permission: 'export:request:decide' } as const

  it('asks for a factor no older than five minutes', () => {
    expect(ask({ ...question, factorAt: at(-300) }).effect).toBe('allow')
    expect(ask({ ...question, factorAt: at(-300.001) }).effect).toBe('needs-step-up')
    expect(ask({ ...question, factorAt: null })).toMatchObject({
      effect: 'needs-step-up',
      reason: 'factor-too-old',
      statement: 'privacy-officer/decide-exports',
    })
    expect(ask({ ...question, factorAt: new Date(Number.NaN) }).effect).toBe('needs-step-up')
  })

  it('bears clocks a few seconds apart, and believes no factor from further in the future', () => {
    expect(ask({ ...question, factorAt: at(5) }).effect).toBe('allow')
    expect(ask({ ...question, factorAt: at(60) }).effect).toBe('needs-step-up')
  })

  it('is asked only of those who would be allowed', () => {
    expect(ask({ roles: ['analyst'], permission: 'export:request:decide' }).reason).toBe('no-statement')
    expect(ask({ ...question, aboutUserId: USER_ID }).reason).toBe('own-benefit')
  })
})

describe('separation of duties', () => {
  const FOR_OTHERS = [
    ['administrator', 'account:practitioner:link', NOTHING],
    ['administrator', 'access:assignment:request', NOTHING],
    ['administrator', 'access:approval:decide', NOTHING],
    ['privacy-officer', 'export:request:decide', NOTHING],
    ['privacy-officer', 'care:relationship:create', ONE_PATIENT],
    ['privacy-officer', 'care:relationship:end', ONE_PATIENT],
    ['clinician', 'care:relationship:create', ONE_PATIENT],
    ['clinician', 'care:relationship:end', ONE_PATIENT],
  ] as const

  it('lets nobody act for themselves', () => {
    for (const [role, permission, resource] of FOR_OTHERS) {
      const question = { roles: [role], permission, resource, relationship: IN_CARE, factorAt: NOW }
      expect(ask({ ...question, aboutUserId: USER_ID }).reason).toBe('own-benefit')
      expect(ask({ ...question, aboutUserId: ANOTHER_USER }).effect).toBe('allow')
    }
  })
})

describe('facts', () => {
  it('hold what it takes to decide again', () => {
    const decision = ask({
      roles: ['nurse', assigned('billing', at(-60), at(-1)), 'clinician'],
      ...readCare,
      resource: onTypes('Condition', 'Patient'),
      factorAt: at(-12.3),
      aboutUserId: ANOTHER_USER,
    })
    expect(decision.facts).toEqual({
      policy: 'built-in/9',
      permission: 'vault:record:read',
      resource: 'patient',
      types: ['Condition', 'Patient'],
      roles: ['nurse@5', 'clinician@5'],
      assignments: ['assignment-nurse', 'assignment-clinician'],
      relationship: 'relationship-1',
      relationshipInForce: true,
      breakGlass: null,
      breakGlassInForce: false,
      self: false,
      aboutSelf: false,
      factorAgeSeconds: 13,
    })
  })

  it('are kept for a refusal too, and survive JSON unchanged', () => {
    const decision = ask({ roles: ['ghost'], ...readCare, factorAt: at(0.5) })
    expect(decision.facts).toMatchObject({ roles: ['ghost@?'], factorAgeSeconds: 0 })
    expect(JSON.parse(JSON.stringify(decision.facts))).toStrictEqual(decision.facts)
  })
})

describe('purity', () => {
  it('gives the same answer again and leaves the request as it was', () => {
    const request = {
      actor: { kind: 'user', id: USER_ID, roles: [assigned('clinician')], patientId: null },
      permission: 'vault:record:read',
      resource: onTypes('Condition'),
      context: { now: NOW, factorAt: null, relationship: IN_CARE },
      policy: builtInPolicy,
    } as const
    const before = structuredClone(request)
    const [first, second] = [decide(request), decide(request)]
    expect(request).toEqual(before)
    expect(JSON.stringify(second)).toBe(JSON.stringify(first))
    if (first.effect === 'allow' && second.effect === 'allow') {
      expect([...second.scope.fields]).toEqual([...first.scope.fields])
    }
    expect(first.effect).toBe('allow')
  })
})
