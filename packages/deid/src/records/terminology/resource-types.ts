import { RESOURCE_TYPES } from '@chartward/policy'

/**
 * FHIR R4 types that records refer to though the catalog does not store them. Another word before a `/` is no
 * type.
 */
const REFERRED = `Account AdverseEvent ClinicalImpression Communication
  Contract CoverageEligibilityResponse DetectedIssue DeviceRequest DeviceUseStatement Endpoint EnrollmentRequest
  EpisodeOfCare HealthcareService ImmunizationRecommendation List MolecularSequence NutritionOrder PaymentNotice
  Questionnaire RequestGroup RiskAssessment Schedule Slot Substance VisionPrescription`

export const FHIR_TYPES: ReadonlySet<string> = new Set([...RESOURCE_TYPES, ...REFERRED.split(/\s+/)])
