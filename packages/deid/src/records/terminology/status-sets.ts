const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

const requestStatus = words('draft active on-hold revoked completed entered-in-error unknown')
const requestIntent = words(
  'proposal plan directive order original-order reflex-order filler-order instance-order option',
)
const financialStatus = words('active cancelled draft entered-in-error')
const use = words('claim preauthorization predetermination')
const resultStatus = 'registered preliminary final amended corrected cancelled entered-in-error unknown'

/**
 * The required value sets of FHIR R4 that the catalog's fields of type `code` are bound to, by field path
 * (https://hl7.org/fhir/R4/terminologies-valuesets.html). A field without a set here keeps nothing.
 */
export const STATUS_SETS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['Patient.gender', words('male female other unknown')],
  [
    'Encounter.status',
    words('planned arrived triaged in-progress onleave finished cancelled entered-in-error unknown'),
  ],
  ['Observation.status', words(resultStatus)],
  [
    'MedicationRequest.status',
    words('active on-hold cancelled completed entered-in-error stopped draft unknown'),
  ],
  [
    'MedicationRequest.intent',
    words('proposal plan order original-order reflex-order filler-order instance-order option'),
  ],
  [
    'Procedure.status',
    words('preparation in-progress not-done on-hold stopped completed entered-in-error unknown'),
  ],
  ['Immunization.status', words('completed entered-in-error not-done')],
  ['AllergyIntolerance.type', words('allergy intolerance')],
  ['AllergyIntolerance.criticality', words('low high unable-to-assess')],
  ['DiagnosticReport.status', words(`${resultStatus} partial appended`)],
  ['DocumentReference.status', words('current superseded entered-in-error')],
  ['DocumentReference.docStatus', words('preliminary final amended entered-in-error')],
  ['CarePlan.status', requestStatus],
  ['CarePlan.intent', words('proposal plan order option')],
  [
    'Goal.lifecycleStatus',
    words('proposed planned accepted active on-hold completed cancelled entered-in-error rejected'),
  ],
  ['ImagingStudy.status', words('registered available cancelled entered-in-error unknown')],
  [
    'Appointment.status',
    words('proposed pending booked arrived fulfilled cancelled noshow entered-in-error checked-in waitlist'),
  ],
  ['ServiceRequest.status', requestStatus],
  ['ServiceRequest.intent', requestIntent],
  ['Coverage.status', financialStatus],
  ['Claim.status', financialStatus],
  ['Claim.use', use],
  ['ExplanationOfBenefit.status', financialStatus],
  ['ExplanationOfBenefit.use', use],
  ['ExplanationOfBenefit.outcome', words('queued complete error partial')],
])
