import type { Column } from '../table/table.ts'
import type { Apply } from '../transforms/context.ts'

/** Labels by first appearance, each once. */
export class Labels {
  readonly list: string[] = []
  readonly #index = new Map<string, number>()

  codeOf(label: string): number {
    const known = this.#index.get(label)
    if (known !== undefined) return known
    this.#index.set(label, this.list.length)
    return this.list.push(label) - 1
  }
}

/**
 * A column as the release shows it, by a transform whose result depends on the value alone: applied once for
 * each distinct value.
 */
export const showByValue = ({ name, values, codes }: Column, apply: Apply): Column => {
  const labels = new Labels()
  const labelOfValue = Int32Array.from(values, (value) => labels.codeOf(apply(value, '') ?? ''))
  return { name, values: labels.list, codes: codes.map((code) => labelOfValue[code] ?? 0) }
}

/**
 * The same by a transform that depends on whose value it is: applied once for each value of a patient.
 * `patientOf` gives the patient of a row.
 */
export const showByPatient = (
  { name, values, codes }: Column,
  patientOf: (row: number) => string,
  apply: Apply,
): Column => {
  const labels = new Labels()
  const known = new Map<string, Map<number, number>>()
  const shown = codes.map((code, row) => {
    const patient = patientOf(row)
    let ofPatient = known.get(patient)
    if (ofPatient === undefined) {
      ofPatient = new Map()
      known.set(patient, ofPatient)
    }
    let label = ofPatient.get(code)
    if (label === undefined) {
      label = labels.codeOf(apply(values[code] ?? '', patient) ?? '')
      ofPatient.set(code, label)
    }
    return label
  })
  return { name, values: labels.list, codes: shown }
}
