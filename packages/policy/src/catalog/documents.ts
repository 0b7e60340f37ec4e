import {
  concept,
  concepts,
  everyResource,
  freeStructure,
  freeText,
  identifiers,
  moment,
  person,
  reference,
  references,
  status,
  structure,
} from './common.ts'
import { defineResource } from './field.ts'
import { codes } from './readings.ts'

/** What was written, answered and filed. */

export const DocumentReference = defineResource({
  compartment: 'patient',
  patientElement: 'subject',
  withoutPatient: 'refused',
  occurred: ['date'],
  title: ['type', 'category', 'description'],
  modifiers: {
    status: codes('current superseded entered-in-error'),
    docStatus: codes('preliminary final amended entered-in-error'),
  },
  fields: {
    ...everyResource('clinical'),
    masterIdentifier: structure('clinical', 'masterIdentifier'),
    identifier: identifiers('clinical'),
    status: status('clinical'),
    docStatus: status('clinical', 'docStatus'),
    type: concept('clinical', 'type'),
    category: concepts('clinical', 'category'),
    subject: person('subject'),
    date: moment('clinical', 'date'),
    author: references('clinical', 'author'),
    authenticator: reference('clinical', 'authenticator'),
    custodian: reference('clinical', 'custodian'),
    relatesTo: structure('clinical', 'relatesTo'),
    description: freeText('narrative', 'description'),
    securityLabel: concepts('clinical', 'securityLabel'),
    content: freeStructure('content'),
    context: structure('clinical', 'context'),
  },
})

export const Composition = defineResource({
  compartment: 'patient',
  patientElement: 'subject',
  withoutPatient: 'directory',
  occurred: ['date'],
  title: ['title', 'type'],
  modifiers: { status: codes('preliminary final amended entered-in-error') },
  fields: {
    ...everyResource('clinical'),
    identifier: structure('clinical', 'identifier'),
    status: status('clinical'),
    type: concept('clinical', 'type'),
    category: concepts('clinical', 'category'),
    subject: person('subject'),
    encounter: reference('clinical', 'encounter'),
    date: moment('clinical', 'date'),
    author: references('clinical', 'author'),
    title: freeText('narrative', 'title'),
    confidentiality: freeText('clinical', 'confidentiality'),
    attester: structure('clinical', 'attester'),
    custodian: reference('clinical', 'custodian'),
    relatesTo: structure('clinical', 'relatesTo'),
    event: structure('clinical', 'event'),
    section: freeStructure('section'),
  },
})

export const QuestionnaireResponse = defineResource({
  compartment: 'patient',
  patientElement: 'subject',
  withoutPatient: 'directory',
  occurred: ['authored'],
  title: ['questionnaire'],
  modifiers: { status: codes('in-progress completed amended entered-in-error stopped') },
  fields: {
    ...everyResource('clinical'),
    identifier: structure('clinical', 'identifier'),
    basedOn: references('clinical', 'basedOn'),
    partOf: references('clinical', 'partOf'),
    questionnaire: freeText('clinical', 'questionnaire'),
    status: status('clinical'),
    subject: person('subject'),
    encounter: reference('clinical', 'encounter'),
    authored: moment('clinical', 'authored'),
    author: reference('clinical', 'author'),
    source: reference('clinical', 'source'),
    item: structure('clinical', 'item'),
  },
})

export const Binary = defineResource({
  compartment: 'patient',
  patientElement: 'securityContext',
  withoutPatient: 'directory',
  occurred: [],
  title: ['contentType'],
  modifiers: {},
  fields: {
    ...everyResource('clinical'),
    contentType: freeText('clinical', 'contentType'),
    securityContext: person('securityContext'),
    data: freeText('narrative', 'data'),
    url: freeText('clinical', 'url'),
  },
})
