import { describe, expect, it } from 'vitest'
import type { Policy, Statement } from './policy.ts'
import { fieldAccess, scopeUnder } from './scope.ts'
import {
  ANOTHER_PATIENT,
  ask,
  IN_CARE,
  MANY_PATIENTS,
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

describe('security labels', () => {
  const reads = (name: string, parts: Partial<Statement>): Statement => ({
    id: `${name}/read`,
    effect: 'allow',
    permissions: ['vault:record:read'],
    rows: 'all',
    ...parts,
  })
  const policy = policyOf({
    a: [reads('a', { clear: ['class:clinical'] })],
    b: [reads('b', { clear: ['Condition.code', 'Claim.total'], labels: ['hiv'] })],
    c: [{ ...reads('c', { clear: ['Claim.total'], labels: ['hiv'] }), effect: 'deny' }],
  })
  const of = (...roles: string[]) =>
    scopeOf({ roles, permission: 'vault:record:read', resource: ONE_PATIENT, policy })

  it('yield the fields of those statements alone that name them, whatever others would show', () => {
    const labelled = scopeUnder(of('a', 'b'), ['hiv'])
    expect([...labelled.fields.keys()].toSorted()).toEqual(['Claim.total', 'Condition.code'])
    expect(scopeUnder(of('a'), ['hiv']).fields.size).toBe(0)
  })

  it('are no more than a deny leaves, and a deny names none', () => {
    expect([...scopeUnder(of('b', 'c'), ['hiv']).fields.keys()]).toEqual(['Condition.code'])
    expect(fieldAccess(of('b', 'c'), 'Claim.total')).toBe('none')
  })

  it('that a stored policy does not spell are none', () => {
    const stored = parsed(JSON.stringify(policy).replaceAll('"hiv"', '"HIV"'))
    const scope = scopeOf({
      roles: ['b'],
      permission: 'vault:record:read',
      resource: ONE_PATIENT,
      policy: stored,
    })
    expect(scopeUnder(scope, ['hiv']).fields.size).toBe(0)
  })
})

describe('explicit deny', () => {
  const allow: Statement = {
    id: 'a/allow',
    effect: 'allow',
    permissions: ['vault:record:read'],
    rows: 'all',
    clear: ['class:clinical', 'class:narrative', 'Patient.name'],
  }
  const deny = (parts: Partial<Statement>): Statement => ({
    id: 'b/deny',
    effect: 'deny',
    permissions: ['vault:record:read'],
    ...parts,
  })
  const question = { roles: ['a', 'b'], permission: 'vault:record:read', resource: ONE_PATIENT } as const
  const under = (statement: Statement) => ({ ...question, policy: policyOf({ a: [allow], b: [statement] }) })

  it('beats an allow of another role, in whichever order they were assigned', () => {
    const refused = { effect: 'deny', reason: 'explicit-deny', statement: 'b/deny' }
    expect(ask(under(deny({})))).toMatchObject(refused)
    expect(ask({ ...under(deny({})), roles: ['b', 'a'] })).toMatchObject(refused)
    expect(ask({ ...under(deny({})), roles: ['a'] }).effect).toBe('allow')
  })

  it('takes away the fields it names, by class or type, from an allow that names them exactly', () => {
    const scope = scopeOf(under(deny({ clear: ['class:identity'], masked: ['Observation.*'] })))
    expect(fieldAccess(scope, 'Patient.name')).toBe('none')
    expect(fieldAccess(scope, 'Observation.code')).toBe('none')
    expect(fieldAccess(scope, 'Condition.code')).toBe('clear')
    expect(scope.statements).toEqual(['a/allow', 'b/deny'])
  })

  it('refuses where it leaves nothing of what was asked for', () => {
    const decision = ask({ ...under(deny({ clear: ['Observation.*'] })), resource: onTypes('Observation') })
    expect(decision).toMatchObject({ effect: 'deny', reason: 'explicit-deny', statement: 'b/deny' })
  })

  it('refuses the permission where its selector is unknown to the catalog', () => {
    const policy = parsed(
      JSON.stringify(policyOf({ a: [allow], b: [deny({})] })).replace(
        '"effect":"deny"',
        '"effect":"deny","clear":["Patient.renamed"]',
      ),
    )
    expect(ask({ ...question, policy }).reason).toBe('explicit-deny')
  })

  it('with rows holds for the patients they cover, and for a list that may contain one', () => {
    const own = under(deny({ rows: 'self' }))
    expect(ask({ ...own, patientId: PATIENT_ID }).reason).toBe('explicit-deny')
    expect(ask({ ...own, patientId: ANOTHER_PATIENT }).effect).toBe('allow')
    expect(ask({ ...own, resource: MANY_PATIENTS }).reason).toBe('explicit-deny')
  })

  it('of a permission without patients needs no rows to hold', () => {
    const policy = policyOf({
      a: [{ id: 'a/1', effect: 'allow', permissions: ['audit:entry:search'] }],
      b: [{ id: 'b/1', effect: 'deny', permissions: ['audit:entry:search'], rows: 'self' }],
    })
    expect(ask({ roles: ['a', 'b'], permission: 'audit:entry:search', policy }).reason).toBe('explicit-deny')
  })

  it('keeps the text of billing records from the care roles', () => {
    for (const role of ['clinician', 'nurse']) {
      const decision = ask({ roles: [role], ...readCare, resource: onTypes('Claim', 'Coverage') })
      expect(decision).toMatchObject({
        reason: 'explicit-deny',
        statement: `${role}/no-billing-narrative`,
      })
    }
  })
})

describe('selectors within one statement', () => {
  const scopeWith = (parts: Pick<Statement, 'clear' | 'masked'>) =>
    scopeOf({
      roles: ['a'],
      permission: 'vault:record:read',
      resource: ONE_PATIENT,
      policy: policyOf({
        a: [{ id: 'a/1', effect: 'allow', permissions: ['vault:record:read'], rows: 'all', ...parts }],
      }),
    })

  it('let an exact path beat a class or a type, in both directions', () => {
    const masked = scopeWith({ clear: ['class:identity', 'Patient.*'], masked: ['Patient.ssn'] })
    expect(fieldAccess(masked, 'Patient.ssn')).toBe('masked')
    expect(fieldAccess(masked, 'Patient.name')).toBe('clear')
    const clear = scopeWith({ clear: ['Patient.mrn'], masked: ['class:identity', 'Patient.*'] })
    expect(fieldAccess(clear, 'Patient.mrn')).toBe('clear')
    expect(fieldAccess(clear, 'Patient.name')).toBe('masked')
  })

  it('let the mask win where they are equally exact', () => {
    const scope = scopeWith({
      clear: ['Patient.name', 'Observation.*', 'class:clinical'],
      masked: ['Patient.name', 'class:narrative', 'Condition.*'],
    })
    expect(fieldAccess(scope, 'Patient.name')).toBe('masked')
    expect(fieldAccess(scope, 'Observation.note')).toBe('masked')
    expect(fieldAccess(scope, 'Observation.code')).toBe('clear')
    expect(fieldAccess(scope, 'Condition.code')).toBe('masked')
  })

  it('do not reach from a class into the directory', () => {
    const scope = scopeWith({ clear: ['class:identity', 'class:contact', 'class:narrative'] })
    expect([...scope.fields.keys()].filter((path) => /^(Practitioner|Organization)\./.test(path))).toEqual([])
    expect(fieldAccess(scopeWith({ clear: ['Practitioner.*'] }), 'Practitioner.npi')).toBe('clear')
  })
})

describe('several roles', () => {
  const both = ['billing', 'nurse'] as const

  it('add up, and clear beats masked, for a patient whom both cover', () => {
    const scope = scopeOf({ roles: both, ...readCare })
    expect(scope.statements).toEqual([
      'nurse/read-care',
      'billing/read-billing',
      'nurse/no-billing-narrative',
    ])
    expect(fieldAccess(scope, 'Observation.code')).toBe('clear')
    expect(fieldAccess(scope, 'Claim.item')).toBe('clear')
    expect(fieldAccess(scope, 'Patient.name')).toBe('clear')
    expect(fieldAccess(scope, 'Observation.note')).toBe('masked')
    expect(fieldAccess(scope, 'Claim.text')).toBe('none')
  })

  it('give a billing clerk who is a nurse too no nurse fields on a patient outside care', () => {
    const scope = scopeOf({ roles: both, ...readCare, relationship: null })
    const alone = scopeOf({ roles: ['billing'], ...readCare, relationship: null })
    expect([...scope.fields]).toEqual([...alone.fields])
    expect(scope.statements).toEqual(['billing/read-billing'])
    expect(scope.rows).toEqual({ kind: 'patient', patientId: PATIENT_ID })
  })

  it('give a list of all patients only the fields of the role that covers them all', () => {
    const scope = scopeOf({ roles: both, permission: 'vault:patient:search', resource: MANY_PATIENTS })
    expect(scope.rows).toEqual({ kind: 'all' })
    expect(fieldAccess(scope, 'Patient.name')).toBe('masked')
    expect(fieldAccess(scope, 'Patient.telecom')).toBe('none')
  })

  it('do not reach a patient outside care by a list that only the care role may make', () => {
    const scope = scopeOf({ roles: both, permission: 'vault:patient:list', resource: MANY_PATIENTS })
    expect(scope.rows).toEqual({ kind: 'care', userId: USER_ID })
    expect(fieldAccess(scope, 'Claim.item')).toBe('none')
  })

  it("show a nurse their own record whole and another's as a nurse", () => {
    const question = { roles: ['nurse', 'patient'], ...readCare, relationship: null } as const
    expect(fieldAccess(scopeOf({ ...question, patientId: PATIENT_ID }), 'Condition.note')).toBe('clear')
    expect(ask({ ...question, patientId: ANOTHER_PATIENT }).effect).toBe('needs-break-glass')
  })
})
