import type { Ailment } from './ailments.ts'
import { type Chart, periodOf, type Reference, toDoctor, type Visit } from './chart.ts'
import { conditionNote } from './notes.ts'
import { concept, hl7 } from './terminology.ts'
import { DAY, date, dateTime } from './time.ts'

export interface Diagnosis {
  readonly condition: Reference
  readonly passes: boolean
}

/** A diagnosis made at a visit: one that passes within weeks, or one that stays. */
export const addDiagnosis = (chart: Chart, visit: Visit, ailment: Ailment, passes: boolean): Reference => {
  const { prng, person } = chart
  const over = visit.start + prng.int(7, 35) * DAY
  const isOver = passes && over < (person.death ?? chart.asOf)
  // What stays may have begun long before it was written down, but not before birth.
  const began = passes ? visit.start : Math.max(person.birth, visit.start - prng.int(0, 2_000) * DAY)
  const status = isOver
    ? hl7('condition-clinical', 'resolved', 'Resolved')
    : hl7('condition-clinical', 'active', 'Active')
  return chart.add('Condition', 'subject', {
    clinicalStatus: concept(status),
    verificationStatus: concept(hl7('condition-ver-status', 'confirmed', 'Confirmed')),
    category: [concept(hl7('condition-category', 'encounter-diagnosis', 'Encounter Diagnosis'))],
    code: concept(ailment.code),
    encounter: visit.encounter,
    onsetDateTime: passes ? dateTime(began) : date(began),
    ...(isOver ? { abatementDateTime: dateTime(over) } : {}),
    recordedDate: dateTime(visit.start),
    ...(prng.chance(0.35)
      ? {
          note: [
            {
              authorReference: toDoctor(visit.doctor),
              time: dateTime(visit.end),
              text: conditionNote(chart, visit, ailment),
            },
          ],
        }
      : {}),
  })
}

const addMedication = (
  chart: Chart,
  visit: Visit,
  ailment: Ailment,
  { condition, passes }: Diagnosis,
): void => {
  if (ailment.drug === null) return
  const isStopped = passes && visit.start + 30 * DAY < chart.asOf
  const perDay = chart.prng.int(1, 3)
  chart.add('MedicationRequest', 'subject', {
    status: isStopped || chart.person.death !== null ? 'stopped' : 'active',
    intent: 'order',
    medicationCodeableConcept: concept(ailment.drug),
    encounter: visit.encounter,
    authoredOn: dateTime(visit.end),
    requester: toDoctor(visit.doctor),
    reasonReference: [condition],
    dosageInstruction: [
      {
        sequence: 1,
        text: `Take ${perDay} time${perDay === 1 ? '' : 's'} a day`,
        timing: { repeat: { frequency: perDay, period: 1, periodUnit: 'd' } },
        doseAndRate: [{ doseQuantity: { value: 1 } }],
      },
    ],
    dispenseRequest: { numberOfRepeatsAllowed: passes ? 0 : 3 },
  })
}

/** The goal and the care plan that go with a condition, where there is one for it. */
const addPlan = (chart: Chart, visit: Visit, ailment: Ailment, condition: Reference): void => {
  const { plan } = ailment
  if (plan === null) return
  const goal = chart.add('Goal', 'subject', {
    lifecycleStatus: 'active',
    achievementStatus: concept(hl7('goal-achievement', 'in-progress', 'In Progress')),
    description: { text: plan.goal },
    startDate: date(visit.start),
    addresses: [condition],
  })
  chart.add('CarePlan', 'subject', {
    status: chart.person.death === null ? 'active' : 'completed',
    intent: 'plan',
    category: [concept(plan.code)],
    title: `Care plan for ${ailment.words}`,
    encounter: visit.encounter,
    period: { start: periodOf(visit).start },
    addresses: [condition],
    goal: [goal],
    activity: [{ detail: { code: concept(plan.activity), status: 'in-progress' } }],
  })
}

/** What a diagnosis leads to: the drug, the goal, the care plan. */
export const addConsequences = (chart: Chart, visit: Visit, ailment: Ailment, diagnosis: Diagnosis): void => {
  addMedication(chart, visit, ailment, diagnosis)
  addPlan(chart, visit, ailment, diagnosis.condition)
}
