import { ACUTE, type Ailment, CHRONIC, INJURIES, prevalenceAt } from './ailments.ts'
import { addBill, addCoverage, type Insurance } from './billing.ts'
import { type BillLine, type Chart, periodOf, type Reference, toDoctor, type Visit } from './chart.ts'
import { addConsequences, addDiagnosis } from './diagnoses.ts'
import type { Doctor } from './directory.ts'
import { addNote } from './notes.ts'
import { addLabs, addVitals, type Build } from './observations.ts'
import { addAllergies, addAppointment, addReferral, addVaccines } from './prevention.ts'
import { addProcedures } from './procedures.ts'
import { type Coded, concept, hl7, VISIT_TYPES } from './terminology.ts'
import { ageAt, YEAR } from './time.ts'
import { type PlannedVisit, planVisits } from './visits.ts'

const CLASSES: Readonly<Record<PlannedVisit['kind'], Coded>> = {
  wellness: hl7('v3-ActCode', 'AMB', 'ambulatory'),
  child: hl7('v3-ActCode', 'AMB', 'ambulatory'),
  followUp: hl7('v3-ActCode', 'AMB', 'ambulatory'),
  acute: hl7('v3-ActCode', 'AMB', 'ambulatory'),
  emergency: hl7('v3-ActCode', 'EMER', 'emergency'),
}

const PRICES: Readonly<Record<PlannedVisit['kind'], number>> = {
  wellness: 18_500,
  child: 15_500,
  followUp: 12_900,
  acute: 11_200,
  emergency: 94_000,
}

/** What small children do not come with. */
const _GROWN_UP: ReadonlySet<string> = new Set(['backPain', 'sprain', 'cystitis'])

interface Known {
  readonly ailment: Ailment
  readonly condition: Reference
}

const addEncounter = (chart: Chart, planned: PlannedVisit, reason: Ailment | null): Visit => {
  const { doctor } = planned
  const encounter = chart.add('Encounter', 'subject', {
    status: 'finished',
    class: CLASSES[planned.kind],
    type: [concept(VISIT_TYPES[planned.kind])],
    participant: [
      {
        type: [concept(hl7('v3-ParticipationType', 'PPRF', 'primary performer'))],
        individual: toDoctor(doctor),
      },
    ],
    period: periodOf({ ...planned, encounter: { reference: '' } }),
    ...(reason === null ? {} : { reasonCode: [concept(reason.code)] }),
    serviceProvider: { reference: `urn:uuid:${doctor.clinic.id}`, display: doctor.clinic.name },
  })
  chart.doctors.add(doctor)
  return { ...planned, encounter }
}

const complaintOf = (kind: PlannedVisit['kind'], reason: Ailment | null): string => {
  if (reason !== null) return reason.words
  return kind === 'followUp' ? 'a follow-up of lasting conditions' : 'a yearly check-up'
}

const reasonOf = (chart: Chart, { kind }: PlannedVisit, known: readonly Known[]): Ailment | null => {
  const { prng, person } = chart
  if (kind === 'acute')
    return prng.pick(person.age < 5 ? ACUTE.filter(({ key }) => key !== 'backPain') : ACUTE)
  if (kind === 'emergency') return prng.pick(person.age < 18 ? INJURIES.slice(0, 2) : INJURIES)
  return kind === 'followUp' && known.length > 0 ? prng.pick(known).ailment : null
}

const makeBuild = (chart: Chart, ailments: ReadonlySet<string>): Build => {
  const { prng, person } = chart
  const adult = prng.normal(person.isFemale ? 163 : 176, 6.5)
  const grown = Math.min(1, 0.29 + 0.71 * (person.age / 17) ** 0.75)
  const bmi = person.age < 18 ? prng.normal(17, 1.5) : prng.normal(ailments.has('obesity') ? 34 : 25, 2.2)
  return {
    heightCm: Number((adult * grown).toFixed(1)),
    bmi: Math.max(14, bmi),
    smoking: prng.weighted([
      ['never', 62],
      ['former', 24],
      ['current', 14],
    ] as const),
  }
}

const addVisit = (
  chart: Chart,
  planned: PlannedVisit,
  context: { insurance: Insurance; build: Build; known: Known[]; isLast: boolean; pending: Ailment[] },
): void => {
  const { insurance, build, known, pending } = context
  const reason = reasonOf(chart, planned, known)
  const visit = addEncounter(chart, planned, reason)
  const lines: BillLine[] = [{ code: VISIT_TYPES[planned.kind], cents: PRICES[planned.kind] }]
  const passing = planned.kind === 'acute' || planned.kind === 'emergency'
  const diagnoses: Reference[] = []
  if (reason !== null && passing) {
    const condition = addDiagnosis(chart, visit, reason, true)
    addConsequences(chart, visit, reason, { condition, passes: true })
    diagnoses.push(condition)
  }
  // A lasting condition is found at a check-up or follow-up; whatever is left, at the last visit
  // at the latest.
  const found = context.isLast ? pending.splice(0) : passing ? [] : pending.splice(0, chart.prng.int(1, 2))
  for (const ailment of found) {
    const condition = addDiagnosis(chart, visit, ailment, false)
    addConsequences(chart, visit, ailment, { condition, passes: false })
    known.push({ ailment, condition })
    diagnoses.push(condition)
  }
  if (planned.kind === 'followUp') diagnoses.push(...known.slice(0, 2).map(({ condition }) => condition))
  const keys = new Set(known.map(({ ailment }) => ailment.key))
  addVitals(chart, visit, build, keys)
  if (planned.kind === 'wellness' || planned.kind === 'followUp') {
    lines.push(...addLabs(chart, visit, keys).map(({ code }) => ({ code, cents: 4_300 })))
  }
  lines.push(...addProcedures(chart, visit, reason))
  if (planned.kind === 'wellness' || planned.kind === 'child') lines.push(...addVaccines(chart, visit))
  addNote(
    chart,
    visit,
    complaintOf(planned.kind, reason),
    known.map(({ ailment }) => ailment),
  )
  addBill(chart, visit, insurance, lines, [...new Set(diagnoses)])
}

/** Everything of a patient but the Patient: coverage, visits and what came of each, in the order of time. */
export const addCourse = (chart: Chart, doctors: readonly Doctor[]): void => {
  const { person, prng } = chart
  const end = person.death ?? chart.asOf
  const ailments = CHRONIC.filter((ailment) => prng.chance(prevalenceAt(ailment, person.age)))
  const visits = planVisits(prng, person, end, ailments.length > 0, doctors)
  const insurance = addCoverage(chart, Math.max(person.birth, end - 8 * YEAR))
  const build = makeBuild(chart, new Set(ailments.map(({ key }) => key)))
  const pending = [...ailments]
  const known: Known[] = []
  addAllergies(chart)
  for (const [index, planned] of visits.entries()) {
    addVisit(chart, planned, { insurance, build, known, pending, isLast: index === visits.length - 1 })
  }
  const [latest] = known.toReversed()
  if (person.death !== null) return
  if (latest !== undefined && prng.chance(0.3)) addReferral(chart, latest.ailment, prng.pick(doctors))
  if (ageAt(person.birth, chart.asOf) >= 1 && prng.chance(0.6)) addAppointment(chart)
}
