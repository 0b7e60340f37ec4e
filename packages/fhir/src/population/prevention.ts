import type { Ailment } from './ailments.ts'
import { type BillLine, type Chart, toDoctor, type Visit } from './chart.ts'
import type { Doctor } from './directory.ts'
import { ALLERGIES, concept, hl7, snomed, VACCINES } from './terminology.ts'
import { ageAt, DAY, date, dateTime, MINUTE, onWeekday } from './time.ts'

/** None for most people, one or two for some: known to the chart from before its first visit. */
export const addAllergies = (chart: Chart): void => {
  const { person, prng } = chart
  const [first, second] = [prng.int(0, ALLERGIES.length - 1), prng.int(0, ALLERGIES.length - 1)]
  const count = prng.weighted([
    [0, 70],
    [1, 22],
    [2, 8],
  ] as const)
  for (const index of new Set([first, second].slice(0, count))) {
    const allergy = ALLERGIES[index] ?? prng.pick(ALLERGIES)
    const isSevere = prng.chance(0.2)
    const recorded = person.birth + (0.1 + 0.5 * prng.float()) * ((person.death ?? chart.asOf) - person.birth)
    chart.add('AllergyIntolerance', 'patient', {
      clinicalStatus: concept(hl7('allergyintolerance-clinical', 'active', 'Active')),
      verificationStatus: concept(hl7('allergyintolerance-verification', 'confirmed', 'Confirmed')),
      type: 'allergy',
      category: [allergy.category],
      criticality: isSevere ? 'high' : 'low',
      code: concept(allergy.code),
      recordedDate: dateTime(recorded),
      reaction: [{ manifestation: [concept(allergy.reaction)], severity: isSevere ? 'severe' : 'mild' }],
    })
  }
}

const dueAt = (chart: Chart, visit: Visit): (keyof typeof VACCINES)[] => {
  const { prng, person } = chart
  const age = ageAt(person.birth, visit.start)
  if (age < 1) return ['dtap', 'polio']
  if (age < 2) return ['mmr', 'varicella']
  const due: (keyof typeof VACCINES)[] = prng.chance(0.65) ? ['influenza'] : []
  if (age === 4) due.push('dtap', 'polio')
  if (age === 11) due.push('tdap', 'hpv', 'meningococcal')
  if (age >= 19 && prng.chance(0.08)) due.push('tdap')
  if (age >= 50 && prng.chance(0.15)) due.push('zoster')
  if (age >= 65 && prng.chance(0.2)) due.push('pneumococcal')
  return due
}

/** The vaccines that are due at a check-up. Gives the lines for the bill. */
export const addVaccines = (chart: Chart, visit: Visit): BillLine[] =>
  dueAt(chart, visit).map((key) => {
    const code = VACCINES[key]
    chart.add('Immunization', 'patient', {
      status: 'completed',
      vaccineCode: concept(code),
      encounter: visit.encounter,
      occurrenceDateTime: dateTime(visit.end - 5 * MINUTE),
      lotNumber: `L${chart.prng.digits(5)}`,
      expirationDate: date(visit.end + chart.prng.int(90, 500) * DAY),
      primarySource: true,
    })
    return { code, cents: 5_400 }
  })

/** A referral to another doctor of the directory, written in the last weeks. */
export const addReferral = (chart: Chart, ailment: Ailment, to: Doctor): void => {
  chart.doctors.add(chart.person.doctor)
  chart.doctors.add(to)
  chart.add('ServiceRequest', 'subject', {
    status: 'active',
    intent: 'order',
    category: [concept(snomed('3457005', 'Patient referral (procedure)'))],
    code: concept(snomed('306206005', 'Referral to service (procedure)')),
    authoredOn: dateTime(chart.asOf - chart.prng.int(3, 40) * DAY),
    requester: toDoctor(chart.person.doctor),
    performer: [toDoctor(to)],
    reasonCode: [concept(ailment.code)],
  })
}

/** The next visit, still to come. R4's Appointment names its patient among the participants. */
export const addAppointment = (chart: Chart): void => {
  const { prng, person } = chart
  const midnight = Math.floor(onWeekday(chart.asOf + prng.int(5, 90) * DAY) / DAY) * DAY
  const start = midnight + 13 * 60 * MINUTE + prng.int(0, 35) * 15 * MINUTE
  chart.doctors.add(person.doctor)
  chart.add('Appointment', null, {
    status: 'booked',
    serviceType: [concept(hl7('service-type', '124', 'General Practice'))],
    start: dateTime(start),
    end: dateTime(start + 20 * MINUTE),
    participant: [
      { actor: { ...chart.patient, type: 'Patient' }, status: 'accepted' },
      { actor: { ...toDoctor(person.doctor), type: 'Practitioner' }, status: 'accepted' },
    ],
  })
}
