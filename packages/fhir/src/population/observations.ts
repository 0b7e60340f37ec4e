import type { JsonObject } from '../json.ts'
import type { Chart, Reference, Visit } from './chart.ts'
import {
  type Coded,
  concept,
  HEMOGLOBIN_A1C,
  hl7,
  type LabPanel,
  type LabTest,
  PANELS,
  SMOKING,
  TSH,
  VITALS,
} from './terminology.ts'
import { DAY, dateTime, MINUTE } from './time.ts'

const UCUM = 'http://unitsofmeasure.org'

/** The measures that stay with a person from visit to visit. */
export interface Build {
  readonly heightCm: number
  readonly bmi: number
  readonly smoking: keyof typeof SMOKING
}

const quantity = (value: number, decimals: number, unit: string, code = unit): JsonObject => ({
  value: Number(value.toFixed(decimals)),
  unit,
  system: UCUM,
  code,
})

const category = (code: string, display: string) => [concept(hl7('observation-category', code, display))]
const VITAL_SIGNS = category('vital-signs', 'Vital Signs')
const LABORATORY = category('laboratory', 'Laboratory')
const SOCIAL_HISTORY = category('social-history', 'Social History')

const observe = (
  chart: Chart,
  visit: Visit,
  code: Coded,
  what: JsonObject,
  kind: JsonObject[] = VITAL_SIGNS,
): Reference => {
  const at = visit.start + 5 * MINUTE
  return chart.add('Observation', 'subject', {
    status: 'final',
    category: kind,
    code: concept(code),
    encounter: visit.encounter,
    effectiveDateTime: dateTime(at),
    issued: dateTime(kind === LABORATORY ? at + DAY : at),
    performer: [{ reference: `urn:uuid:${visit.doctor.id}`, display: visit.doctor.name }],
    ...what,
  })
}

/** Height, weight, BMI, blood pressure, heart rate; with smoking at a check-up, and temperature when ill. */
export const addVitals = (chart: Chart, visit: Visit, build: Build, ailments: ReadonlySet<string>): void => {
  const { prng } = chart
  const isRoutine = visit.kind === 'wellness' || visit.kind === 'child'
  const bmi = build.bmi + prng.normal(0, 0.5)
  const weight = bmi * (build.heightCm / 100) ** 2
  if (isRoutine) {
    observe(chart, visit, VITALS.height, { valueQuantity: quantity(build.heightCm, 1, 'cm') })
    observe(chart, visit, VITALS.weight, { valueQuantity: quantity(weight, 1, 'kg') })
    observe(chart, visit, VITALS.bmi, { valueQuantity: quantity(bmi, 1, 'kg/m2') })
  }
  const isHigh = ailments.has('hypertension')
  const isChild = visit.kind === 'child'
  const systolic = prng.normal(isChild ? 98 : isHigh ? 142 : 118, 8)
  const diastolic = prng.normal(isChild ? 60 : isHigh ? 89 : 75, 6)
  observe(chart, visit, VITALS.bloodPressure, {
    component: [
      {
        code: concept(VITALS.systolic),
        valueQuantity: quantity(Math.max(80, systolic), 0, 'mmHg', 'mm[Hg]'),
      },
      {
        code: concept(VITALS.diastolic),
        valueQuantity: quantity(Math.max(45, Math.min(diastolic, systolic - 20)), 0, 'mmHg', 'mm[Hg]'),
      },
    ],
  })
  const pulse = prng.normal(isChild ? 95 : 74, 8)
  observe(chart, visit, VITALS.heartRate, { valueQuantity: quantity(pulse, 0, 'beats/minute', '/min') })
  if (isRoutine && chart.person.age >= 16) {
    observe(
      chart,
      visit,
      VITALS.smoking,
      { valueCodeableConcept: concept(SMOKING[build.smoking]) },
      SOCIAL_HISTORY,
    )
  }
  if (visit.kind === 'acute' || visit.kind === 'emergency') {
    observe(chart, visit, VITALS.temperature, { valueQuantity: quantity(prng.normal(37.4, 0.6), 1, 'Cel') })
    observe(chart, visit, VITALS.oxygen, {
      valueQuantity: quantity(Math.min(100, prng.normal(97, 1.2)), 0, '%'),
    })
  }
}

const measure = (chart: Chart, visit: Visit, test: LabTest, shift: number): Reference => {
  const { low, high, decimals, unit, ucum } = test
  const spread = high - low
  const value = Math.max(low * 0.5, chart.prng.normal((low + high) / 2 + shift * spread, spread / 5))
  const flag = value > high ? hl7('v3-ObservationInterpretation', 'H', 'High') : null
  const under = value < low ? hl7('v3-ObservationInterpretation', 'L', 'Low') : null
  const out = flag ?? under ?? hl7('v3-ObservationInterpretation', 'N', 'Normal')
  const reference = observe(
    chart,
    visit,
    test.code,
    {
      valueQuantity: quantity(value, decimals, unit, ucum),
      interpretation: [concept(out)],
      referenceRange: [
        { low: quantity(low, decimals, unit, ucum), high: quantity(high, decimals, unit, ucum) },
      ],
    },
    LABORATORY,
  )
  return { ...reference, display: test.code.display }
}

/** How far a condition moves a result, in widths of the normal range. */
const shiftOf = (test: LabTest, ailments: ReadonlySet<string>): number => {
  if (ailments.has('diabetes') && (test === HEMOGLOBIN_A1C || test.code.code === '2339-0')) return 2
  if (ailments.has('hyperlipidemia') && /Cholesterol in LDL|Cholesterol \[/.test(test.code.display)) return 1
  return ailments.has('hypothyroidism') && test === TSH ? 0.6 : 0
}

const report = (chart: Chart, visit: Visit, panel: LabPanel, ailments: ReadonlySet<string>): void => {
  const at = visit.start + 5 * MINUTE
  const result = panel.tests.map((test) => measure(chart, visit, test, shiftOf(test, ailments)))
  chart.add('DiagnosticReport', 'subject', {
    status: 'final',
    category: [concept(hl7('v2-0074', 'LAB', 'Laboratory'))],
    code: concept(panel.code),
    encounter: visit.encounter,
    effectiveDateTime: dateTime(at),
    issued: dateTime(at + DAY),
    performer: [{ reference: `urn:uuid:${visit.doctor.clinic.id}`, display: visit.doctor.clinic.name }],
    result,
  })
}

/**
 * The laboratory of a check-up or a follow-up: panels with their report, and single tests for what
 * the patient has.
 */
export const addLabs = (chart: Chart, visit: Visit, ailments: ReadonlySet<string>): LabPanel[] => {
  const { prng } = chart
  const panels: LabPanel[] =
    visit.kind === 'wellness'
      ? [
          ...(prng.chance(0.35) ? [PANELS.metabolic] : []),
          ...(prng.chance(ailments.has('hyperlipidemia') ? 0.8 : 0.3) ? [PANELS.lipids] : []),
          ...(prng.chance(0.15) ? [PANELS.bloodCount] : []),
        ]
      : (ailments.has('diabetes') || ailments.has('hypertension')) && prng.chance(0.6)
        ? [PANELS.metabolic]
        : []
  for (const panel of panels) report(chart, visit, panel, ailments)
  if (ailments.has('diabetes')) measure(chart, visit, HEMOGLOBIN_A1C, shiftOf(HEMOGLOBIN_A1C, ailments))
  if (ailments.has('hypothyroidism')) measure(chart, visit, TSH, shiftOf(TSH, ailments))
  return panels
}
