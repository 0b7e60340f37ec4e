import {
  concept,
  concepts,
  count,
  flag,
  freeText,
  identifiers,
  meta,
  moment,
  narrativeText,
  notes,
  period,
  quantity,
  reference,
  references,
  resourceId,
  status,
  structure,
} from './common.ts'
import { defineResource } from './field.ts'
import {
  abated,
  absentReason,
  codes,
  doNotPerform,
  eventStatus,
  OVER,
  partNotToBeDone,
  partStatus,
  requestIntent,
  requestStatus,
  resultStatus,
  subpotent,
} from './readings.ts'

const common = {
  id: resourceId('clinical'),
  identifier: identifiers('clinical'),
  text: narrativeText,
  meta: meta('clinical'),
} as const

export const Encounter = defineResource({
  compartment: 'patient',
  patientElement: 'subject',
  occurred: ['period'],
  title: ['type', 'class'],
  modifiers: {
    status: codes('planned arrived triaged in-progress onleave finished cancelled entered-in-error unknown'),
  },
  fields: {
    ...common,
    status: status('clinical'),
    class: { ...concept('clinical', 'class'), type: 'Coding' },
    type: concepts('clinical', 'type'),
    participant: structure('clinical', 'participant'),
    period: period('clinical', 'period'),
    reasonCode: concepts('clinical', 'reasonCode'),
    reasonReference: references('clinical', 'reasonReference'),
    hospitalization: structure('clinical', 'hospitalization'),
    location: structure('clinical', 'location'),
    serviceProvider: reference('clinical', 'serviceProvider'),
  },
})

export const Condition = defineResource({
  compartment: 'patient',
  patientElement: 'subject',
  occurred: ['onsetDateTime', 'recordedDate'],
  title: ['code'],
  modifiers: {
    clinicalStatus: codes('active recurrence relapse inactive remission resolved'),
    verificationStatus: codes('unconfirmed provisional differential confirmed refuted entered-in-error'),
    abatementDateTime: abated,
  },
  fields: {
    ...common,
    clinicalStatus: concept('clinical', 'clinicalStatus'),
    verificationStatus: concept('clinical', 'verificationStatus'),
    category: concepts('clinical', 'category'),
    severity: concept('clinical', 'severity'),
    code: concept('clinical', 'code'),
    bodySite: concepts('clinical', 'bodySite'),
    encounter: reference('clinical', 'encounter'),
    onsetDateTime: moment('clinical', 'onsetDateTime'),
    abatementDateTime: moment('clinical', 'abatementDateTime'),
    recordedDate: moment('clinical', 'recordedDate'),
    note: notes,
  },
})

export const Observation = defineResource({
  compartment: 'patient',
  patientElement: 'subject',
  occurred: ['effectiveDateTime', 'effectivePeriod', 'issued'],
  title: ['code'],
  modifiers: { status: codes(resultStatus), dataAbsentReason: absentReason },
  fields: {
    ...common,
    status: status('clinical'),
    category: concepts('clinical', 'category'),
    code: concept('clinical', 'code'),
    encounter: reference('clinical', 'encounter'),
    effectiveDateTime: moment('clinical', 'effectiveDateTime'),
    effectivePeriod: period('clinical', 'effectivePeriod'),
    issued: moment('clinical', 'issued'),
    valueQuantity: quantity('clinical', 'valueQuantity'),
    valueCodeableConcept: concept('clinical', 'valueCodeableConcept'),
    valueString: freeText('narrative', 'valueString'),
    valueBoolean: flag('clinical', 'valueBoolean'),
    valueInteger: count('clinical', 'valueInteger'),
    interpretation: concepts('clinical', 'interpretation'),
    referenceRange: structure('clinical', 'referenceRange'),
    component: { ...structure('clinical', 'component'), type: 'Component[]', safeHarbor: 'codes' },
    performer: references('clinical', 'performer'),
    device: { ...reference('clinical', 'device'), identifier: 'M', safeHarbor: 'drop' },
    note: notes,
  },
})

export const MedicationRequest = defineResource({
  compartment: 'patient',
  patientElement: 'subject',
  occurred: ['authoredOn'],
  title: ['medicationCodeableConcept', 'medicationReference'],
  modifiers: {
    status: codes('active on-hold cancelled completed entered-in-error stopped draft unknown', OVER),
    intent: requestIntent,
    doNotPerform: doNotPerform('Do not give'),
  },
  fields: {
    ...common,
    status: status('clinical'),
    intent: status('clinical', 'intent'),
    category: concepts('clinical', 'category'),
    medicationCodeableConcept: concept('clinical', 'medicationCodeableConcept'),
    medicationReference: reference('clinical', 'medicationReference'),
    encounter: reference('clinical', 'encounter'),
    authoredOn: moment('clinical', 'authoredOn'),
    requester: reference('clinical', 'requester'),
    reasonCode: concepts('clinical', 'reasonCode'),
    reasonReference: references('clinical', 'reasonReference'),
    dosageInstruction: structure('clinical', 'dosageInstruction'),
    dispenseRequest: structure('clinical', 'dispenseRequest'),
    note: notes,
  },
})

export const Procedure = defineResource({
  compartment: 'patient',
  patientElement: 'subject',
  occurred: ['performedDateTime', 'performedPeriod'],
  title: ['code'],
  modifiers: { status: codes(eventStatus) },
  fields: {
    ...common,
    status: status('clinical'),
    category: concept('clinical', 'category'),
    code: concept('clinical', 'code'),
    encounter: reference('clinical', 'encounter'),
    performedDateTime: moment('clinical', 'performedDateTime'),
    performedPeriod: period('clinical', 'performedPeriod'),
    performer: structure('clinical', 'performer'),
    reasonCode: concepts('clinical', 'reasonCode'),
    reasonReference: references('clinical', 'reasonReference'),
    bodySite: concepts('clinical', 'bodySite'),
    note: notes,
  },
})

export const Immunization = defineResource({
  compartment: 'patient',
  patientElement: 'patient',
  occurred: ['occurrenceDateTime'],
  title: ['vaccineCode'],
  modifiers: { status: codes('completed entered-in-error not-done'), isSubpotent: subpotent },
  fields: {
    ...common,
    status: status('clinical'),
    vaccineCode: concept('clinical', 'vaccineCode'),
    encounter: reference('clinical', 'encounter'),
    occurrenceDateTime: moment('clinical', 'occurrenceDateTime'),
    lotNumber: { ...freeText('clinical', 'lotNumber'), identifier: 'M' },
    expirationDate: moment('clinical', 'expirationDate'),
    primarySource: flag('clinical', 'primarySource'),
    note: notes,
  },
})

export const AllergyIntolerance = defineResource({
  compartment: 'patient',
  patientElement: 'patient',
  occurred: ['recordedDate', 'onsetDateTime'],
  title: ['code', 'reaction'],
  modifiers: {
    clinicalStatus: codes('active inactive resolved'),
    verificationStatus: codes('unconfirmed confirmed refuted entered-in-error'),
  },
  fields: {
    ...common,
    clinicalStatus: concept('clinical', 'clinicalStatus'),
    verificationStatus: concept('clinical', 'verificationStatus'),
    type: status('clinical', 'type'),
    category: structure('clinical', 'category'),
    criticality: status('clinical', 'criticality'),
    code: concept('clinical', 'code'),
    encounter: reference('clinical', 'encounter'),
    onsetDateTime: moment('clinical', 'onsetDateTime'),
    recordedDate: moment('clinical', 'recordedDate'),
    reaction: structure('clinical', 'reaction'),
    note: notes,
  },
})

export const DiagnosticReport = defineResource({
  compartment: 'patient',
  patientElement: 'subject',
  occurred: ['effectiveDateTime', 'issued'],
  title: ['code'],
  modifiers: { status: codes(`${resultStatus} partial appended`) },
  fields: {
    ...common,
    status: status('clinical'),
    category: concepts('clinical', 'category'),
    code: concept('clinical', 'code'),
    encounter: reference('clinical', 'encounter'),
    effectiveDateTime: moment('clinical', 'effectiveDateTime'),
    issued: moment('clinical', 'issued'),
    performer: references('clinical', 'performer'),
    result: references('clinical', 'result'),
    conclusion: freeText('narrative', 'conclusion'),
    conclusionCode: concepts('clinical', 'conclusionCode'),
    presentedForm: { ...freeText('narrative', 'presentedForm'), type: 'Attachment[]' },
  },
})

export const DocumentReference = defineResource({
  compartment: 'patient',
  patientElement: 'subject',
  occurred: ['date'],
  title: ['type', 'category', 'description'],
  modifiers: {
    status: codes('current superseded entered-in-error'),
    docStatus: codes('preliminary final amended entered-in-error'),
  },
  fields: {
    ...common,
    status: status('clinical'),
    docStatus: status('clinical', 'docStatus'),
    type: concept('clinical', 'type'),
    category: concepts('clinical', 'category'),
    date: moment('clinical', 'date'),
    author: references('clinical', 'author'),
    description: freeText('narrative', 'description'),
    content: { ...freeText('narrative', 'content'), type: 'Complex' },
    context: structure('clinical', 'context'),
  },
})

export const CarePlan = defineResource({
  compartment: 'patient',
  patientElement: 'subject',
  occurred: ['period'],
  title: ['title', 'category'],
  modifiers: {
    status: requestStatus,
    intent: requestIntent,
    'activity.detail.status': partStatus,
    'activity.detail.doNotPerform': partNotToBeDone,
  },
  fields: {
    ...common,
    status: status('clinical'),
    intent: status('clinical', 'intent'),
    category: concepts('clinical', 'category'),
    title: freeText('narrative', 'title'),
    description: freeText('narrative', 'description'),
    encounter: reference('clinical', 'encounter'),
    period: period('clinical', 'period'),
    addresses: references('clinical', 'addresses'),
    goal: references('clinical', 'goal'),
    activity: structure('clinical', 'activity'),
    careTeam: references('clinical', 'careTeam'),
    note: notes,
  },
})

export const Goal = defineResource({
  compartment: 'patient',
  patientElement: 'subject',
  occurred: ['startDate'],
  title: ['description'],
  modifiers: {
    lifecycleStatus: codes(
      'proposed planned accepted active on-hold completed cancelled entered-in-error rejected',
      OVER,
    ),
  },
  fields: {
    ...common,
    lifecycleStatus: status('clinical', 'lifecycleStatus'),
    achievementStatus: concept('clinical', 'achievementStatus'),
    category: concepts('clinical', 'category'),
    description: concept('clinical', 'description'),
    startDate: moment('clinical', 'startDate'),
    target: structure('clinical', 'target'),
    addresses: references('clinical', 'addresses'),
    note: notes,
  },
})

export const ImagingStudy = defineResource({
  compartment: 'patient',
  patientElement: 'subject',
  occurred: ['started'],
  title: ['modality'],
  modifiers: { status: codes('registered available cancelled entered-in-error unknown') },
  fields: {
    ...common,
    status: status('clinical'),
    modality: structure('clinical', 'modality'),
    encounter: reference('clinical', 'encounter'),
    started: moment('clinical', 'started'),
    numberOfSeries: count('clinical', 'numberOfSeries'),
    numberOfInstances: count('clinical', 'numberOfInstances'),
    series: structure('clinical', 'series'),
    note: notes,
  },
})

export const Appointment = defineResource({
  compartment: 'patient',
  patientElement: 'subject',
  occurred: ['start'],
  title: ['serviceType', 'reasonCode', 'description'],
  modifiers: {
    status: codes(
      'proposed pending booked arrived fulfilled cancelled noshow entered-in-error checked-in waitlist',
      OVER,
    ),
  },
  fields: {
    ...common,
    status: status('clinical'),
    serviceType: concepts('clinical', 'serviceType'),
    reasonCode: concepts('clinical', 'reasonCode'),
    start: moment('clinical', 'start'),
    end: moment('clinical', 'end'),
    participant: structure('clinical', 'participant'),
    description: freeText('narrative', 'description'),
    comment: freeText('narrative', 'comment'),
  },
})

export const ServiceRequest = defineResource({
  compartment: 'patient',
  patientElement: 'subject',
  occurred: ['authoredOn'],
  title: ['code'],
  modifiers: { status: requestStatus, intent: requestIntent, doNotPerform: doNotPerform('Do not do') },
  fields: {
    ...common,
    status: status('clinical'),
    intent: status('clinical', 'intent'),
    category: concepts('clinical', 'category'),
    code: concept('clinical', 'code'),
    encounter: reference('clinical', 'encounter'),
    authoredOn: moment('clinical', 'authoredOn'),
    requester: reference('clinical', 'requester'),
    performer: references('clinical', 'performer'),
    reasonCode: concepts('clinical', 'reasonCode'),
    note: notes,
  },
})
