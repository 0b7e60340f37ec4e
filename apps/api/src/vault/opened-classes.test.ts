import { labelClasses } from '@chartward/fhir'
import {
  decide,
  definePolicy,
  type FieldPath,
  fieldOf,
  pathsOf,
  READABLE_CLASSES,
  RESOURCE_TYPES,
  readableClasses,
  type Scope,
} from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { nilId } from '../core/ids.ts'
import { openedClasses, openedClassesOfAll } from './opened-classes.ts'

/** The scope of a role that sees one field of anybody, and nothing else. */
const seeing = (path: FieldPath): Scope => {
  const permissions = ['vault:record:read'] as const
  const statement = { id: 'a/read', effect: 'allow', permissions, rows: 'all', clear: [path] } as const
  const role = { name: 'a', version: 1, title: 'a', description: 'a', privileged: false }
  const decision = decide({
    actor: {
      kind: 'user',
      id: nilId(),
      roles: [{ name: 'a', assignmentId: 'a', startsAt: new Date(0), endsAt: null }],
      patientId: null,
    },
    permission: 'vault:record:read',
    resource: { kind: 'patient', patientId: nilId() },
    context: { now: new Date(1), factorAt: null, relationship: null },
    policy: definePolicy({ version: 'test/1', roles: { a: { ...role, statements: [statement] } } }),
  })
  if (decision.effect !== 'allow') throw new Error(`refused: ${decision.reason}`)
  return decision.scope
}

/** A field of each class of each type. */
const PATHS = RESOURCE_TYPES.flatMap((type) =>
  READABLE_CLASSES.flatMap((fieldClass) => {
    const path = pathsOf(type).find((one) => fieldOf(one)?.class === fieldClass)
    return path === undefined ? [] : [[type, path] as const]
  }),
)

describe('the classes that are opened', () => {
  it('say of each type whether the record is labelled, whatever of it is read, and nothing of another', () => {
    expect(PATHS.length).toBeGreaterThan(RESOURCE_TYPES.length)
    for (const [type, path] of PATHS) {
      const scope = seeing(path)
      const wanted = new Set<string>([...readableClasses(scope, type), ...labelClasses(type)])
      expect([path, new Set<string>(openedClasses(scope, type))]).toEqual([path, wanted])
      expect(new Set<string>(openedClassesOfAll(scope))).toEqual(wanted)
    }
  })

  it('of each type are known by its meta, and by what else says how confidential it is', () => {
    for (const type of RESOURCE_TYPES) expect([type, labelClasses(type).length > 0]).toEqual([type, true])
  })
})
