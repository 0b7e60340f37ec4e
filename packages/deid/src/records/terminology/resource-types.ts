import { RESOURCE_TYPES } from '@chartward/policy'

/**
 * FHIR R4 types that records refer to though the catalog does not store them. Another word before a `/` is no
 * type.
 */
const REFERRED = `Account AdverseEvent Binary BodyStructure CareTeam ClaimResponse ClinicalImpression Communication
  Composition Contract CoverageEligibilityResponse DetectedIssue Device DeviceRequest DeviceUseStatement Endpoint
  EnrollmentRequest EpisodeOfCare FamilyMemberHistory Flag Group HealthcareService ImmunizationRecommendation
  List Location Media Medication MedicationAdministration MedicationDispense MedicationStatement MolecularSequence
  NutritionOrder PaymentNotice PractitionerRole Provenance Questionnaire QuestionnaireResponse RelatedPerson
  RequestGroup RiskAssessment Schedule Slot Specimen Substance Task VisionPrescription`

export const FHIR_TYPES: ReadonlySet<string> = new Set([...RESOURCE_TYPES, ...REFERRED.split(/\s+/)])
