import { sentence } from '../format.ts'

/** Field and type names in words, without the catalog: a page that shows words alone does not load it. */

const OWN: Readonly<Record<string, string>> = {
  id: 'Id',
  mrn: 'MRN',
  ssn: 'Social security number',
  driversLicense: 'Driver’s license',
  mothersMaidenName: 'Mother’s maiden name',
  telecom: 'Phone and e-mail',
  memberNumber: 'Member number',
  text: 'Narrative',
  meta: 'Source stamps',
  npi: 'NPI',
  preAuthRef: 'Preauthorization',
  preAuthRefPeriod: 'Preauthorization period',
  primitiveExtension: 'Extensions of values',
  ageAge: 'Age',
  ageRange: 'Age range',
  ageString: 'Age in words',
}

/** FHIR writes a choice of datatypes into the name; a reader doesn't need it. */
const CHOSEN =
  /^(value|effective|performed|deceased|onset|abatement|occurrence|born|quantity)(Age|Range|Ratio|SampledData|Time|Timing|Instant|Date)$/
const CHOICE = /(CodeableConcept|DateTime|Quantity|String|Boolean|Integer|Reference|Period)$/

export const fieldLabel = (name: string): string => {
  const own = OWN[name]
  if (own !== undefined) return own
  const bare = name.replace(CHOSEN, '$1').replace(CHOICE, '')
  return sentence(bare === '' ? name : bare)
}

/** "Patient.birthDate" -> "Patient: birth date". */
export const pathLabel = (path: string): string => {
  const [type, name] = path.split('.')
  if (type === undefined || name === undefined) return path
  return `${typeLabel(type)}: ${fieldLabel(name).replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())}`
}

const TYPES: Readonly<Record<string, string>> = {
  MedicationRequest: 'Medication',
  AllergyIntolerance: 'Allergy',
  DocumentReference: 'Document',
  ExplanationOfBenefit: 'Explanation of benefit',
}

export const typeLabel = (type: string): string => TYPES[type] ?? sentence(type)

const PLURALS: Readonly<Record<string, string>> = {
  AllergyIntolerance: 'Allergies',
  FamilyMemberHistory: 'Family histories',
  ImagingStudy: 'Imaging studies',
  Media: 'Media',
  Provenance: 'Provenance',
  Binary: 'Binary files',
  ExplanationOfBenefit: 'Explanations of benefit',
  Coverage: 'Coverage',
}

export const typePlural = (type: string): string => PLURALS[type] ?? `${typeLabel(type)}s`
