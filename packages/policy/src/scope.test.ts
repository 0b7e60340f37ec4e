import { describe, expect, it } from 'vitest'
import { FIELD_PATHS, type Field, type FieldPath, fieldOf, pathsOf } from './catalog/index.ts'
import type { Scope } from './scope.ts'
import { fieldAccess, isScope, readableClasses, redactions, scopeUnder, searchableFields } from './scope.ts'
import { LABELS, type SecurityLabel } from './security-labels.ts'
import { expandSelector, type FieldSelector, indexSelectors } from './selectors.ts'
import { IN_CARE, MANY_PATIENTS, ONE_PATIENT, PATIENT_ID, scopeOf } from './testing/ask.ts'

const reading = (role: string) =>
  scopeOf({
    roles: [role],
    permission: 'vault:record:read',
    resource: ONE_PATIENT,
    relationship: IN_CARE,
    patientId: PATIENT_ID,
  })

const searching = (role: string) =>
  scopeOf({ roles: [role], permission: 'vault:patient:search', resource: MANY_PATIENTS })

/** The labels that alone keep nothing of a record from a role. */
const opens = (role: string): SecurityLabel[] => {
  const scope = reading(role)
  return LABELS.filter((label) => scopeUnder(scope, [label]).fields.size > 0)
}

describe('a record that its source has labelled', () => {
  it('is opened by the roles that name its label, and by no other', () => {
    const treated = LABELS.filter(
      (label) => !['very-restricted', 'psychotherapy-notes', 'part-2', 'other'].includes(label),
    )
    expect(opens('clinician')).toEqual(treated)
    expect(opens('patient')).toEqual(LABELS.filter((label) => label !== 'psychotherapy-notes'))
    expect(['nurse', 'billing'].map(opens)).toEqual([[], []])
  })

  it('takes one role that names all that it carries', () => {
    const scope = reading('clinician')
    const fieldsUnder = (...labels: SecurityLabel[]) => scopeUnder(scope, labels).fields.size
    expect(fieldsUnder()).toBe(scope.fields.size)
    expect(fieldsUnder('hiv', 'restricted')).toBe(scope.fields.size)
    expect(fieldsUnder('hiv', 'part-2')).toBe(0)
    expect(scopeUnder(scopeUnder(scope, ['part-2']), ['hiv']).fields.size).toBe(0)
  })

  it('leaves the scope what it is otherwise', () => {
    const scope = reading('clinician')
    const narrowed = scopeUnder(scope, ['hiv'])
    expect(isScope(narrowed)).toBe(true)
    expect(narrowed).toMatchObject({ permission: scope.permission, rows: scope.rows })
    expect(scopeUnder(scope, [])).toBe(scope)
  })
})

describe('a scope', () => {
  it('is made by decide() alone: neither a spread nor a look-alike is one', () => {
    const scope = reading('billing')
    expect(isScope(scope)).toBe(true)
    const widened = { ...scope, rows: { kind: 'all' as const } }
    expect(isScope(widened)).toBe(false)
    expect(isScope(JSON.parse(JSON.stringify(scope)))).toBe(false)
    expect(isScope(Object.create(scope))).toBe(false)
    expect(isScope(null)).toBe(false)
    // @ts-expect-error a spread of a scope is not a scope
    const forged: Scope = widened
    expect(forged).not.toBe(scope)
  })

  it('cannot be widened after it was made', () => {
    const scope = reading('billing')
    expect(Object.isFrozen(scope) && Object.isFrozen(scope.rows) && Object.isFrozen(scope.statements)).toBe(
      true,
    )
    expect('set' in scope.fields).toBe(false)
    expect(() => Map.prototype.set.call(scope.fields, 'Patient.ssn', 'clear')).toThrow(TypeError)
    expect(fieldAccess(reading('billing'), 'Patient.ssn')).toBe('none')
  })

  it('has no access to a path that the catalog does not know', () => {
    for (const path of ['Patient.nope', 'constructor', '__proto__', '']) {
      const unknown: FieldPath = JSON.parse(JSON.stringify(path))
      expect(fieldAccess(reading('patient'), unknown)).toBe('none')
    }
  })

  it('reads as a map does', () => {
    const { fields } = reading('billing')
    const visited: string[] = []
    fields.forEach((grant, path) => {
      visited.push(`${path}=${grant}`)
    })
    expect(visited).toEqual([...fields].map(([path, grant]) => `${path}=${grant}`))
    expect([fields.size, [...fields.keys()].length, [...fields.values()].length]).toEqual(
      Array(3).fill(visited.length),
    )
    expect([fields.has('Patient.mrn'), fields.get('Patient.mrn')]).toEqual([true, 'clear'])
  })
})

describe('the classes to decrypt', () => {
  it('are those of which something is shown', () => {
    expect(readableClasses(reading('clinician'))).toEqual(['identity', 'contact', 'clinical', 'narrative'])
    expect(readableClasses(reading('billing'))).toEqual(['identity', 'contact', 'billing'])
    expect(readableClasses(reading('billing'), 'Claim')).toEqual(['billing'])
    expect(readableClasses(reading('clinician'), 'Claim')).toEqual([])
    expect(readableClasses(searching('privacy-officer'))).toEqual(['identity'])
  })
})

describe('search', () => {
  it('goes only by what the scope shows clear', () => {
    expect(searchableFields(searching('billing'))).toEqual(['Patient.mrn'])
    expect(searchableFields(searching('clinician'))).toEqual(['Patient.name', 'Patient.mrn'])
    expect(searchableFields(searching('privacy-officer'))).toEqual(['Patient.name', 'Patient.mrn'])
  })
})

describe('redactions', () => {
  it('name every field that is not shown clear', () => {
    const { masked, withheld } = redactions(reading('billing'), 'Patient')
    expect(masked).toEqual(['Patient.name', 'Patient.birthDate', 'Patient.address'])
    expect(withheld).toContain('Patient.ssn')
    expect(masked.length + withheld.length + 2).toBe(pathsOf('Patient').length)
    expect(redactions(reading('patient'), 'Patient')).toEqual({ masked: [], withheld: [] })
  })
})

describe('selectors', () => {
  const unmapped: Field = {
    type: 'Complex',
    class: 'unmapped',
    mask: 'hidden',
    identifier: 'R',
    safeHarbor: 'drop',
    search: 'none',
    source: { element: 'rest' },
  }
  const known: readonly (readonly [FieldPath, Field])[] = FIELD_PATHS.map((path) => [
    path,
    fieldOf(path) ?? unmapped,
  ])

  it('never reach a field of the unmapped class, by path, by type or by class', () => {
    const planted = indexSelectors(
      known.map(([path, field]) => [path, path === 'Patient.photo' ? unmapped : field] as const),
    )
    expect([...planted.values()].flat()).not.toContain('Patient.photo')
    expect(planted.get('class:unmapped')).toBeUndefined()
    expect(planted.get('Patient.photo')).toBeUndefined()
    expect(indexSelectors(known).get('Patient.*')).toContain('Patient.photo')
  })

  it('cannot be written for the unmapped class or an unknown field', () => {
    const written: readonly FieldSelector[] = [
      // @ts-expect-error no role can name the unmapped class
      'class:unmapped',
      // @ts-expect-error no such class
      'class:everything',
      // @ts-expect-error no such field
      'Patient.nope',
      // @ts-expect-error no such resource type
      'Nope.*',
    ]
    expect(written.map((selector) => expandSelector(selector))).toEqual(Array(4).fill(undefined))
  })
})
