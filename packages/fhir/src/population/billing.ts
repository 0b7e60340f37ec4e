import type { JsonObject } from '../json.ts'
import { type BillLine, type Chart, periodOf, type Reference, toDoctor, type Visit } from './chart.ts'
import { concept, hl7 } from './terminology.ts'
import { DAY, date, dateTime } from './time.ts'

export interface Insurance {
  readonly coverage: Reference
  readonly payer: string
  /** The share of a bill that it pays. */
  readonly share: number
}

const PAYERS = ['Commonwealth Mutual Health Plan', 'Harborline Health Insurance', 'Granite State Care']

const money = (cents: number): JsonObject => ({ value: cents / 100, currency: 'USD' })

/**
 * The patient's coverage: Medicare from 65 on, Medicaid for some, else a plan of a payer that does not exist.
 */
export const addCoverage = (chart: Chart, since: number): Insurance => {
  const { person, prng } = chart
  const payer = person.age >= 65 ? 'Medicare' : prng.chance(0.22) ? 'Medicaid' : prng.pick(PAYERS)
  const isPublic = person.age >= 65 || payer === 'Medicaid'
  const type = isPublic
    ? hl7('v3-ActCode', 'PUBLICPOL', 'public healthcare')
    : hl7('v3-ActCode', 'EHCPOL', 'extended healthcare')
  const isOwn = person.age >= 19 || isPublic
  const coverage = chart.add('Coverage', 'beneficiary', {
    identifier: [{ system: 'https://payer.example.org/member', value: person.memberNumber }],
    status: person.death === null ? 'active' : 'cancelled',
    type: concept(type),
    subscriberId: person.memberNumber,
    ...(isOwn ? { subscriber: chart.patient } : {}),
    relationship: concept(
      isOwn
        ? hl7('subscriber-relationship', 'self', 'Self')
        : hl7('subscriber-relationship', 'child', 'Child'),
    ),
    period: { start: date(since), ...(person.death === null ? {} : { end: date(person.death) }) },
    payor: [{ display: payer }],
    class: [
      {
        type: concept(hl7('coverage-class', 'group', 'Group')),
        value: `G${prng.digits(5)}`,
        name: `${payer} group`,
      },
    ],
  })
  return { coverage, payer, share: isPublic ? 0.9 : prng.pick([0.7, 0.8, 0.85]) }
}

const adjudication = (name: string, display: string, cents: number): JsonObject => ({
  category: concept(hl7('adjudication', name, display)),
  amount: money(cents),
})

/** Of what a payer covers, how much it covers where it has done so with a claim. */
const COVERED = { complete: 1, partial: 0.5, error: 0 } as const

/** Some claims are paid in part or sent back: by their number, so that nothing else is drawn otherwise. */
const outcomeOf = (number: string): keyof typeof COVERED =>
  number.endsWith('7') ? 'partial' : number.endsWith('13') ? 'error' : 'complete'

/** The claim for a visit and, two weeks on, what came of it: the lines add up to the totals, to the cent. */
export const addBill = (
  chart: Chart,
  visit: Visit,
  insurance: Insurance,
  lines: readonly BillLine[],
  diagnoses: readonly Reference[],
): void => {
  const { coverage, payer, share } = insurance
  const clinic = { reference: `urn:uuid:${visit.doctor.clinic.id}`, display: visit.doctor.clinic.name }
  const type = concept(hl7('claim-type', 'professional', 'Professional'))
  const cents = lines.reduce((sum, line) => sum + line.cents, 0)
  const number = chart.prng.digits(9)
  const outcome = outcomeOf(number)
  const paid = lines.map((line) => Math.round(line.cents * share * COVERED[outcome]))
  const allPaid = paid.reduce((sum, part) => sum + part, 0)
  const diagnosis = diagnoses.map((diagnosisReference, index) => ({
    sequence: index + 1,
    diagnosisReference,
  }))
  const shared = {
    status: 'active',
    type,
    use: 'claim',
    ...(diagnosis.length === 0 ? {} : { diagnosis }),
  }
  const claim = chart.add('Claim', 'patient', {
    identifier: [{ system: 'https://hospital.example.org/account', value: number }],
    ...shared,
    billablePeriod: periodOf(visit),
    created: dateTime(visit.end + DAY),
    insurer: { display: payer },
    provider: clinic,
    priority: concept(hl7('processpriority', 'normal', 'Normal')),
    insurance: [{ sequence: 1, focal: true, coverage }],
    item: lines.map((line, index) => ({
      sequence: index + 1,
      productOrService: concept(line.code),
      net: money(line.cents),
      ...(index === 0 ? { encounter: [visit.encounter] } : {}),
    })),
    total: money(cents),
  })
  // The payer has not decided yet.
  if (visit.end + 14 * DAY > chart.asOf) return
  chart.add('ExplanationOfBenefit', 'patient', {
    identifier: [{ system: 'https://payer.example.org/claim', value: chart.prng.digits(11) }],
    ...shared,
    billablePeriod: periodOf(visit),
    created: dateTime(visit.end + 12 * DAY),
    insurer: { display: payer },
    provider: clinic,
    claim,
    outcome,
    careTeam: [{ sequence: 1, provider: toDoctor(visit.doctor) }],
    insurance: [{ focal: true, coverage }],
    item: lines.map((line, index) => ({
      sequence: index + 1,
      productOrService: concept(line.code),
      servicedPeriod: periodOf(visit),
      net: money(line.cents),
      adjudication: [
        adjudication('submitted', 'Submitted Amount', line.cents),
        adjudication('benefit', 'Benefit Amount', paid[index] ?? 0),
      ],
    })),
    total: [
      adjudication('submitted', 'Submitted Amount', cents),
      adjudication('benefit', 'Benefit Amount', allPaid),
    ],
    ...(outcome === 'error' ? {} : { payment: { date: date(visit.end + 14 * DAY), amount: money(allPaid) } }),
  })
}
