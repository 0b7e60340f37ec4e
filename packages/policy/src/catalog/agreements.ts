import {
  addresses,
  concept,
  concepts,
  everyResource,
  flag,
  freeStructure,
  identifiers,
  moment,
  names,
  period,
  person,
  pictures,
  reference,
  references,
  status,
  structure,
  telecom,
} from './common.ts'
import { defineResource } from './field.ts'
import { activeFlag, codes, consentScope, REFUSED } from './readings.ts'

/** Who may know, who has written, who stands beside the patient. */

export const Consent = defineResource({
  compartment: 'patient',
  patientElement: 'patient',
  withoutPatient: 'directory',
  occurred: ['dateTime'],
  title: ['scope', 'category'],
  modifiers: {
    status: codes('draft proposed active rejected inactive entered-in-error', REFUSED),
    scope: consentScope,
  },
  fields: {
    ...everyResource('clinical'),
    identifier: identifiers('clinical'),
    status: status('clinical'),
    scope: concept('clinical', 'scope'),
    category: concepts('clinical', 'category'),
    patient: person('patient'),
    dateTime: moment('clinical', 'dateTime'),
    performer: references('clinical', 'performer'),
    organization: references('clinical', 'organization'),
    sourceAttachment: freeStructure('sourceAttachment'),
    sourceReference: reference('clinical', 'sourceReference'),
    policy: structure('clinical', 'policy'),
    policyRule: concept('clinical', 'policyRule'),
    verification: structure('clinical', 'verification'),
    provision: structure('clinical', 'provision'),
  },
})

export const Provenance = defineResource({
  compartment: 'patient',
  patientElement: 'target',
  withoutPatient: 'directory',
  occurred: ['occurredDateTime', 'occurredPeriod', 'recorded'],
  title: ['activity', 'reason'],
  modifiers: {},
  fields: {
    ...everyResource('clinical'),
    target: references('clinical', 'target'),
    occurredPeriod: period('clinical', 'occurredPeriod'),
    occurredDateTime: moment('clinical', 'occurredDateTime'),
    recorded: moment('clinical', 'recorded'),
    policy: structure('clinical', 'policy'),
    location: reference('clinical', 'location'),
    reason: concepts('clinical', 'reason'),
    activity: concept('clinical', 'activity'),
    agent: structure('clinical', 'agent'),
    entity: structure('clinical', 'entity'),
    signature: { ...structure('clinical', 'signature'), identifier: 'P' },
  },
})

export const RelatedPerson = defineResource({
  compartment: 'patient',
  patientElement: 'patient',
  withoutPatient: 'refused',
  occurred: ['period'],
  title: ['name', 'relationship'],
  modifiers: { active: activeFlag },
  fields: {
    ...everyResource('contact'),
    identifier: { ...identifiers('contact') },
    active: flag('contact', 'active'),
    patient: person('patient'),
    relationship: concepts('contact', 'relationship'),
    name: { ...names, class: 'contact', search: 'none' },
    telecom: telecom,
    gender: { ...status('contact', 'gender'), safeHarbor: 'drop' },
    birthDate: { ...moment('contact', 'birthDate'), safeHarbor: 'drop' },
    address: { ...addresses, safeHarbor: 'drop', mask: 'hidden' },
    photo: pictures('contact', 'photo'),
    period: { ...period('contact', 'period'), safeHarbor: 'drop' },
    communication: structure('contact', 'communication'),
  },
})
