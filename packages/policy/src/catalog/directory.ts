import {
  concepts,
  everyResource,
  flag,
  moment,
  names,
  pictures,
  reference,
  references,
  structure,
} from './common.ts'
import { defineResource, type Field } from './field.ts'
import { activeFlag } from './readings.ts'

/**
 * Facts of a provider. They are no PHI of their own, but beside a record they would be: stored encrypted too.
 */
const providerContact = (element: 'telecom' | 'address') =>
  ({
    type: element === 'telecom' ? 'ContactPoint[]' : 'Address[]',
    class: 'contact',
    mask: 'hidden',
    identifier: element === 'telecom' ? 'D' : 'B',
    safeHarbor: 'drop',
    search: 'none',
    source: { element },
  }) as const satisfies Field

export const Practitioner = defineResource({
  compartment: 'directory',
  patientElement: null,
  withoutPatient: 'directory',
  occurred: [],
  title: ['name'],
  modifiers: { active: activeFlag },
  fields: {
    ...everyResource('identity'),
    npi: {
      type: 'Identifier[]',
      class: 'identity',
      mask: 'hidden',
      identifier: 'K',
      safeHarbor: 'drop',
      search: 'identifier',
      source: { element: 'identifier' },
    },
    name: names,
    gender: {
      type: 'code',
      class: 'identity',
      mask: 'hidden',
      identifier: 'none',
      safeHarbor: 'drop',
      search: 'none',
      source: { element: 'gender' },
    },
    telecom: providerContact('telecom'),
    address: providerContact('address'),
    qualification: { ...concepts('identity', 'qualification'), type: 'Complex', safeHarbor: 'drop' },
    active: flag('identity', 'active'),
    birthDate: { ...moment('identity', 'birthDate'), safeHarbor: 'drop' },
    photo: pictures('identity', 'photo'),
    communication: { ...concepts('identity', 'communication'), safeHarbor: 'drop' },
  },
})

export const Organization = defineResource({
  compartment: 'directory',
  patientElement: null,
  withoutPatient: 'directory',
  occurred: [],
  title: ['name'],
  modifiers: { active: activeFlag },
  fields: {
    ...everyResource('identity'),
    identifier: {
      type: 'Identifier[]',
      class: 'identity',
      mask: 'hidden',
      identifier: 'R',
      safeHarbor: 'drop',
      search: 'none',
      source: { element: 'identifier' },
    },
    name: {
      type: 'string',
      class: 'identity',
      mask: 'hidden',
      identifier: 'A',
      safeHarbor: 'drop',
      search: 'none',
      source: { element: 'name' },
    },
    type: { ...concepts('identity', 'type'), safeHarbor: 'drop' },
    telecom: providerContact('telecom'),
    address: providerContact('address'),
    active: flag('identity', 'active'),
    alias: structure('identity', 'alias'),
    partOf: reference('identity', 'partOf'),
    contact: { ...structure('contact', 'contact'), identifier: 'A' },
    endpoint: references('identity', 'endpoint'),
  },
})
