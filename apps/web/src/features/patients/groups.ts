import type { ResourceType } from '@chartward/policy'

/** The chart's tabs: which types of record stand together. Every patient type of the catalog has its tab. */

export interface ChartGroup {
  readonly key: string
  readonly label: string
  readonly types: readonly ResourceType[]
}

export const CHART_GROUPS: readonly ChartGroup[] = [
  {
    key: 'problems',
    label: 'Problems',
    types: ['Condition', 'AllergyIntolerance', 'Flag', 'CarePlan', 'Goal', 'FamilyMemberHistory'],
  },
  {
    key: 'visits',
    label: 'Visits',
    types: ['Encounter', 'Procedure', 'Appointment', 'ServiceRequest', 'Task', 'CareTeam'],
  },
  {
    key: 'medication',
    label: 'Medication',
    types: [
      'MedicationRequest',
      'MedicationStatement',
      'MedicationDispense',
      'MedicationAdministration',
      'Immunization',
    ],
  },
  {
    key: 'results',
    label: 'Results',
    types: [
      'Observation',
      'DiagnosticReport',
      'ImagingStudy',
      'Specimen',
      'Media',
      'BodyStructure',
      'Device',
    ],
  },
  {
    key: 'documents',
    label: 'Documents',
    types: [
      'DocumentReference',
      'Composition',
      'QuestionnaireResponse',
      'Consent',
      'RelatedPerson',
      'Provenance',
      'Binary',
    ],
  },
  {
    key: 'billing',
    label: 'Billing',
    types: ['Coverage', 'Claim', 'ClaimResponse', 'ExplanationOfBenefit'],
  },
]

type Counts = Readonly<Partial<Record<string, number>>>

/** The groups with a type that the scope may see; each with just those types. */
export const groupsFor = (counts: Counts): readonly ChartGroup[] =>
  CHART_GROUPS.map((group) => ({
    ...group,
    types: group.types.filter((type) => counts[type] !== undefined),
  })).filter(({ types }) => types.length > 0)

export const countIn = (group: ChartGroup, counts: Counts): number =>
  group.types.reduce((sum, type) => sum + (counts[type] ?? 0), 0)
