import { RESOURCE_TYPES, resourceOf } from '@chartward/policy'

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

const priority = words('routine urgent asap stat')
const use = words('claim preauthorization predetermination')
const outcome = words('queued complete error partial')

/** Those of modifier elements stand in the catalog, which reads them. */
const OF_MODIFIERS = RESOURCE_TYPES.flatMap((type) => {
  const { fields, modifiers } = resourceOf(type)
  return Object.entries(modifiers).flatMap(([element, reading]) => {
    const field = fields[element]
    if (reading.by !== 'code' || field?.type !== 'code' || field.safeHarbor !== 'keep') return []
    return [[`${type}.${element}`, new Set(Object.keys(reading.says))] as const]
  })
})

/**
 * The required value sets of FHIR R4 that the catalog's fields of type `code` are bound to, by field path
 * (https://hl7.org/fhir/R4/terminologies-valuesets.html). A field without a set here keeps nothing.
 */
export const STATUS_SETS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...OF_MODIFIERS,
  ['Patient.gender', words('male female other unknown')],
  ['AllergyIntolerance.type', words('allergy intolerance')],
  ['AllergyIntolerance.criticality', words('low high unable-to-assess')],
  ['MedicationRequest.priority', priority],
  ['ServiceRequest.priority', priority],
  ['Task.priority', priority],
  [
    'Task.intent',
    words('unknown proposal plan order original-order reflex-order filler-order instance-order option'),
  ],
  ['Claim.use', use],
  ['ClaimResponse.use', use],
  ['ClaimResponse.outcome', outcome],
  ['ExplanationOfBenefit.use', use],
  ['ExplanationOfBenefit.outcome', outcome],
  ['Group.type', words('person animal practitioner device medication substance')],
  ['Location.mode', words('instance kind')],
])
