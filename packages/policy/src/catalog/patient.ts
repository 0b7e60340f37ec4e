import {
  addresses,
  concept,
  count,
  everyResource,
  flag,
  names,
  pictures,
  reference,
  references,
  structure,
  telecom,
} from './common.ts'
import {
  defineResource,
  type Field,
  type FieldClass,
  type IdentifierCategory,
  type SafeHarborTreatment,
  type Search,
} from './field.ts'
import { activeFlag, deceased, patientLink } from './readings.ts'

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition'
const FHIR_CORE = 'http://hl7.org/fhir/StructureDefinition'

const extension = <I extends IdentifierCategory, S extends SafeHarborTreatment>(
  url: string,
  identifier: I,
  safeHarbor: S,
) =>
  ({
    type: 'Complex',
    class: 'identity',
    mask: 'hidden',
    identifier,
    safeHarbor,
    search: 'none',
    source: { element: 'extension', url },
  }) as const satisfies Field

/** Identifiers of one type of HL7 table 0203: MR, SS, DL, PPN, MB. */
const numbered = <C extends FieldClass, I extends IdentifierCategory, S extends Search>(
  fieldClass: C,
  identifierType: string,
  identifier: I,
  search: S,
) =>
  ({
    type: 'Identifier[]',
    class: fieldClass,
    mask: 'last-four',
    identifier,
    safeHarbor: 'drop',
    search,
    source: { element: 'identifier', identifierType },
  }) as const satisfies Field

/** FHIR R4 Patient. The person; every other record of the patient compartment belongs to one of these. */
export const Patient = defineResource({
  compartment: 'patient',
  patientElement: 'id',
  withoutPatient: 'refused',
  occurred: ['birthDate'],
  title: ['name'],
  modifiers: { active: activeFlag, deceasedBoolean: deceased, deceasedDateTime: deceased, link: patientLink },
  fields: {
    ...everyResource('identity'),
    name: { ...names, search: 'name' },
    birthDate: {
      type: 'date',
      class: 'identity',
      mask: 'year',
      identifier: 'C',
      safeHarbor: 'birth-year',
      search: 'none',
      source: { element: 'birthDate' },
    },
    gender: {
      type: 'code',
      class: 'identity',
      mask: 'hidden',
      identifier: 'none',
      safeHarbor: 'keep',
      search: 'none',
      source: { element: 'gender' },
    },
    mrn: numbered('identity', 'MR', 'H', 'identifier'),
    ssn: numbered('identity', 'SS', 'G', 'none'),
    driversLicense: numbered('identity', 'DL', 'K', 'none'),
    passport: numbered('identity', 'PPN', 'R', 'none'),
    memberNumber: numbered('billing', 'MB', 'I', 'none'),
    otherIdentifiers: {
      type: 'Identifier[]',
      class: 'identity',
      mask: 'last-four',
      identifier: 'R',
      safeHarbor: 'drop',
      search: 'none',
      source: { element: 'identifier' },
    },
    photo: pictures('identity', 'photo'),
    telecom,
    address: { ...addresses, part: 'billing-address' },
    relatives: { ...structure('contact', 'contact'), identifier: 'A' },
    mothersMaidenName: extension(`${FHIR_CORE}/patient-mothersMaidenName`, 'A', 'drop'),
    birthPlace: extension(`${FHIR_CORE}/patient-birthPlace`, 'B', 'drop'),
    race: extension(`${US_CORE}/us-core-race`, 'none', 'codes'),
    ethnicity: extension(`${US_CORE}/us-core-ethnicity`, 'none', 'codes'),
    birthSex: extension(`${US_CORE}/us-core-birthsex`, 'none', 'codes'),
    sex: extension(`${US_CORE}/us-core-sex`, 'none', 'drop'),
    genderIdentity: extension(`${US_CORE}/us-core-genderIdentity`, 'R', 'drop'),
    tribalAffiliation: extension(`${US_CORE}/us-core-tribal-affiliation`, 'R', 'drop'),
    interpreterNeeded: extension(`${US_CORE}/us-core-interpreter-needed`, 'none', 'drop'),
    deceasedDateTime: {
      type: 'dateTime',
      class: 'clinical',
      mask: 'year',
      identifier: 'C',
      safeHarbor: 'year',
      search: 'none',
      source: { element: 'deceasedDateTime' },
    },
    deceased: flag('clinical', 'deceasedBoolean'),
    maritalStatus: concept('identity', 'maritalStatus'),
    multipleBirth: flag('clinical', 'multipleBirthBoolean'),
    birthOrder: count('clinical', 'multipleBirthInteger'),
    communication: { ...structure('contact', 'communication'), identifier: 'none' },
    generalPractitioner: references('clinical', 'generalPractitioner'),
    active: flag('identity', 'active'),
    managingOrganization: reference('identity', 'managingOrganization'),
    link: { ...structure('identity', 'link'), identifier: 'H' },
  },
})
