import { describe, expect, it } from 'vitest'
import {
  catalog,
  defineResource,
  FIELD_CLASSES,
  FIELD_PATHS,
  type Field,
  fieldOf,
  IDENTIFIER_CATEGORIES,
  isFieldPath,
  isResourceType,
  pathsOf,
  RESOURCE_TYPES,
  resourceOf,
} from './catalog/index.ts'

const complete = {
  type: 'string',
  class: 'identity',
  mask: 'hidden',
  identifier: 'R',
  safeHarbor: 'drop',
  search: 'none',
  source: { element: 'x' },
} as const satisfies Field

const without = <Key extends keyof Field>(key: Key): Omit<typeof complete, Key> => {
  const { [key]: _, ...rest } = complete
  return rest
}

describe('the catalog', () => {
  it('takes no field that leaves something undecided', () => {
    const complies: Field = complete
    // @ts-expect-error a field without a type
    const type: Field = without('type')
    // @ts-expect-error a field without a class
    const fieldClass: Field = without('class')
    // @ts-expect-error a field without a mask
    const mask: Field = without('mask')
    // @ts-expect-error a field without an identifier category
    const identifier: Field = without('identifier')
    // @ts-expect-error a field without a Safe Harbor treatment
    const safeHarbor: Field = without('safeHarbor')
    // @ts-expect-error a field without a search kind
    const search: Field = without('search')
    // @ts-expect-error a field without a source
    const source: Field = without('source')
    expect(Object.keys(complies)).toHaveLength(7)
    for (const incomplete of [type, fieldClass, mask, identifier, safeHarbor, search, source]) {
      expect(Object.keys(incomplete)).toHaveLength(6)
    }
    defineResource({
      compartment: 'patient',
      patientElement: 'subject',
      withoutPatient: 'refused',
      occurred: [],
      title: [],
      modifiers: {},
      // @ts-expect-error a resource with a field without a mask
      fields: { x: without('mask') },
    })
  })

  it('declares fields by closed vocabularies, under paths of their own', () => {
    expect(new Set(FIELD_PATHS).size).toBe(FIELD_PATHS.length)
    for (const path of FIELD_PATHS) {
      const field = fieldOf(path)
      expect(path).toMatch(/^[A-Z][A-Za-z]+\.[a-z][A-Za-z]*$/)
      expect(FIELD_CLASSES).toContain(field?.class)
      expect([...Object.keys(IDENTIFIER_CATEGORIES), 'none']).toContain(field?.identifier)
      expect(field?.source.element).toMatch(/^(?:[a-z][A-Za-z]*|_)$/)
    }
  })

  it('has no field of the unmapped class: what is unmapped has no name', () => {
    expect(FIELD_PATHS.filter((path) => fieldOf(path)?.class === 'unmapped')).toEqual([])
  })

  it('names, for what a resource is about and when it occurred, fields that it has', () => {
    for (const type of RESOURCE_TYPES) {
      const { occurred, title, fields } = resourceOf(type)
      for (const name of [...occurred, ...title]) {
        expect([type, name, Object.hasOwn(fields, name)]).toEqual([type, name, true])
      }
    }
  })

  it('takes each value from one place: no two fields of a resource share a source', () => {
    for (const type of RESOURCE_TYPES) {
      const sources = Object.values(resourceOf(type).fields).map(({ source }) => JSON.stringify(source))
      expect([type, sources.length]).toEqual([type, new Set(sources).size])
    }
  })

  it('drops free text, and keeps nothing as it is that is an identifier', () => {
    for (const path of FIELD_PATHS) {
      const field = fieldOf(path)
      if (field?.class === 'narrative')
        expect([path, field.safeHarbor, field.identifier]).toEqual([path, 'drop', 'R'])
      if (field?.safeHarbor === 'keep') expect([path, field.identifier]).toEqual([path, 'none'])
    }
  })

  it('lets a field be searched only where it is an identifier or a name', () => {
    expect(FIELD_PATHS.filter((path) => fieldOf(path)?.search !== 'none')).toEqual([
      'Patient.name',
      'Patient.mrn',
      'Practitioner.npi',
    ])
  })

  it('knows its own and nothing that objects inherit', () => {
    for (const name of ['constructor', '__proto__', 'toString', '']) {
      expect([isResourceType(name), isFieldPath(name), fieldOf(name)]).toEqual([false, false, undefined])
    }
    expect(RESOURCE_TYPES).toHaveLength(Object.keys(catalog).length)
    expect(RESOURCE_TYPES.flatMap((type) => pathsOf(type)).sort()).toEqual([...FIELD_PATHS].sort())
    expect(pathsOf('Patient', 'billing')).toEqual(['Patient.memberNumber'])
  })
})
