import type { Ailment } from './ailments.ts'
import { type BillLine, type Chart, type Reference, toDoctor, type Visit } from './chart.ts'
import { type Coded, concept, PROCEDURES, snomed } from './terminology.ts'
import { ageAt, dateTime, MINUTE } from './time.ts'

const PRICES: Readonly<Record<keyof typeof PROCEDURES, number>> = {
  reconciliation: 2_500,
  depressionScreening: 1_800,
  colonoscopy: 128_000,
  mammography: 21_000,
  electrocardiogram: 8_600,
  spirometry: 6_400,
  chestXray: 9_900,
  throatCulture: 3_100,
}

const perform = (chart: Chart, visit: Visit, code: Coded): Reference => {
  const start = visit.start + 10 * MINUTE
  return chart.add('Procedure', 'subject', {
    status: 'completed',
    code: concept(code),
    encounter: visit.encounter,
    performedPeriod: { start: dateTime(start), end: dateTime(Math.min(visit.end, start + 20 * MINUTE)) },
    performer: [{ actor: toDoctor(visit.doctor) }],
  })
}

const DCM = 'http://dicom.nema.org/resources/ontology/DCM'
const CHEST_IMAGE = '1.2.840.10008.5.1.4.1.1.1.1'

/** The study behind a chest X-ray; its unique ids are UUIDs under 2.25 (DICOM PS3.5, annex B.2). */
const addStudy = (chart: Chart, visit: Visit): void => {
  const uid = () => `2.25.${BigInt(`0x${chart.prng.uuid().replaceAll('-', '')}`)}`
  const modality = { system: DCM, code: 'DX', display: 'Digital Radiography' }
  const started = dateTime(visit.start + 10 * MINUTE)
  chart.add('ImagingStudy', 'subject', {
    identifier: [{ system: 'urn:dicom:uid', value: `urn:oid:${uid()}` }],
    status: 'available',
    modality: [modality],
    encounter: visit.encounter,
    started,
    numberOfSeries: 1,
    numberOfInstances: 1,
    series: [
      {
        uid: uid(),
        number: 1,
        modality,
        numberOfInstances: 1,
        bodySite: snomed('51185008', 'Thoracic structure (body structure)'),
        started,
        instance: [
          {
            uid: uid(),
            sopClass: { system: 'urn:ietf:rfc:3986', code: `urn:oid:${CHEST_IMAGE}` },
            number: 1,
          },
        ],
      },
    ],
  })
}

const chosen = (chart: Chart, visit: Visit, reason: Ailment | null): (keyof typeof PROCEDURES)[] => {
  const { person, prng } = chart
  const age = ageAt(person.birth, visit.start)
  if (visit.kind === 'wellness') {
    return [
      'reconciliation',
      ...(prng.chance(0.4) ? (['depressionScreening'] as const) : []),
      ...(age >= 50 && age <= 75 && prng.chance(0.15) ? (['colonoscopy'] as const) : []),
      ...(person.isFemale && age >= 40 && age <= 74 && prng.chance(0.4) ? (['mammography'] as const) : []),
      ...(age >= 65 && prng.chance(0.3) ? (['electrocardiogram'] as const) : []),
    ]
  }
  if (visit.kind === 'followUp')
    return reason?.key === 'asthma' || reason?.key === 'copd' ? ['spirometry'] : []
  if (reason?.key === 'chestPain') return ['electrocardiogram', 'chestXray']
  if (reason?.key === 'bronchitis' && prng.chance(0.5)) return ['chestXray']
  return reason?.key === 'strep' || reason?.key === 'pharyngitis' ? ['throatCulture'] : []
}

/** What is done at a visit, by its kind and its reason. Gives the lines for the bill. */
export const addProcedures = (chart: Chart, visit: Visit, reason: Ailment | null): BillLine[] =>
  chosen(chart, visit, reason).map((key) => {
    perform(chart, visit, PROCEDURES[key])
    if (key === 'chestXray') addStudy(chart, visit)
    return { code: PROCEDURES[key], cents: PRICES[key] }
  })
