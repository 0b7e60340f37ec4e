import type { Ailment } from './ailments.ts'
import { type Chart, periodOf, toDoctor, type Visit } from './chart.ts'
import { addressed, type Person } from './people.ts'
import type { Prng } from './prng.ts'
import { concept, hl7, NOTE_TYPE, snomed } from './terminology.ts'
import { ageAt, DAY, dateTime, longDate, MINUTE, shortDate } from './time.ts'

/** Base64 of a text's UTF-8 bytes, as an Attachment holds it. */
const base64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))

const opening = (prng: Prng, person: Person, visit: Visit, complaint: string): string => {
  const name = addressed(person)
  const age = ageAt(person.birth, visit.start)
  const who = person.isFemale ? (age < 18 ? 'girl' : 'woman') : age < 18 ? 'boy' : 'man'
  const years = age === 1 ? '1-year-old' : `${age}-year-old`
  const { relative } = person
  const company =
    relative === null ? '' : ` with ${person.isFemale ? 'her' : 'his'} ${relative.words} ${relative.given}`
  return prng.pick([
    `${person.given} ${person.family} is a ${years} ${who} from ${person.home.place.city} who came in${company} because of ${complaint}.`,
    `${name}, a ${years} ${who} well known to this practice, is here today${company}. The reason for the visit is ${complaint}.`,
    `I saw ${name} on ${longDate(visit.start)} for ${complaint}. ${person.given} came${company === '' ? ' alone' : company}.`,
  ])
}

const history = (prng: Prng, person: Person, visit: Visit, ailments: readonly Ailment[]): string => {
  const name = addressed(person)
  const since = longDate(visit.start - prng.int(3, 40) * DAY)
  const known = ailments.map((ailment) => ailment.words)
  const list = known.length === 0 ? 'no lasting illness' : known.join(', ')
  return prng.pick([
    `${name} has a history of ${list}. Symptoms were first noticed around ${since}.`,
    `Past history: ${list}. ${name} was last well on ${since}.`,
    `The chart lists ${list}. ${person.isFemale ? 'She' : 'He'} says that things changed on ${since}.`,
  ])
}

const plan = (prng: Prng, person: Person, visit: Visit): string => {
  const back = visit.start + prng.int(10, 120) * DAY
  const { relative } = person
  const call =
    relative !== null && prng.chance(0.4)
      ? `If there is no answer, call ${relative.given} ${relative.family} (${relative.words}) at ${relative.phone}.`
      : `Results can be left at ${person.phone}.`
  const mail = person.email !== null && prng.chance(0.3) ? ` A copy goes to ${person.email}.` : ''
  return `Return by ${shortDate(back)} or sooner if worse. ${call}${mail}`
}

const noteText = (chart: Chart, visit: Visit, complaint: string, ailments: readonly Ailment[]): string => {
  const { person, prng } = chart
  return [
    'PROGRESS NOTE',
    `Patient: ${person.given} ${person.middle} ${person.family}   MRN: ${person.mrn}   DOB: ${shortDate(person.birth)}`,
    `Date of service: ${longDate(visit.start)}   ${visit.doctor.clinic.name}`,
    '',
    `SUBJECTIVE: ${opening(prng, person, visit, complaint)} ${history(prng, person, visit, ailments)}`,
    `OBJECTIVE: Alert, in no distress. Vital signs are recorded in the chart.`,
    `PLAN: ${plan(prng, person, visit)}`,
    '',
    `Signed ${shortDate(visit.end)} by ${visit.doctor.name}`,
    '',
  ].join('\n')
}

/** The clinician's note of a visit: prose that names the patient, relatives, places, dates and numbers. */
export const addNote = (
  chart: Chart,
  visit: Visit,
  complaint: string,
  ailments: readonly Ailment[],
): void => {
  const written = visit.end + 10 * MINUTE
  chart.add('DocumentReference', 'subject', {
    status: 'current',
    docStatus: 'final',
    type: concept(NOTE_TYPE),
    category: [
      {
        coding: [
          {
            system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
            code: 'clinical-note',
            display: 'Clinical Note',
          },
        ],
      },
    ],
    date: dateTime(written),
    author: [toDoctor(visit.doctor)],
    content: [
      {
        attachment: {
          contentType: 'text/plain; charset=utf-8',
          data: base64(noteText(chart, visit, complaint, ailments)),
          title: 'Progress note',
          creation: dateTime(written),
        },
      },
    ],
    context: {
      encounter: [visit.encounter],
      period: periodOf(visit),
      facilityType: concept(hl7('v3-RoleCode', 'OF', 'Outpatient facility')),
      practiceSetting: concept(snomed('394802001', 'General medicine (qualifier value)')),
    },
  })
}

/** A remark beside a diagnosis, as clinicians write them. */
export const conditionNote = (chart: Chart, visit: Visit, ailment: Ailment): string => {
  const { person, prng } = chart
  const name = addressed(person)
  const until = shortDate(visit.start + prng.int(14, 90) * DAY)
  return prng.pick([
    `${name} asks to be called at ${person.phone} before ${until} about ${ailment.words}.`,
    `Discussed ${ailment.words} with ${name} on ${longDate(visit.start)}; agrees with the plan.`,
    `${name} has had ${ailment.words} since before moving to ${person.home.place.city}. Records requested on ${shortDate(visit.start)}.`,
  ])
}
