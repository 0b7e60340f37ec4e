import type { Column } from '../table/table.ts'
import type { Apply } from '../transforms/context.ts'

/** A column as the release shows it: its labels and, for each row of the source, the index of its label. */
export interface ShownColumn {
  readonly name: string
  readonly labels: readonly string[]
  readonly codes: Int32Array
}

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

/** Applies a transform whose result depends on the value alone: once for each distinct value. */
export const showByValue = ({ name, values, codes }: Column, apply: Apply): ShownColumn => {
  const labels = new Labels()
  const labelOfValue = Int32Array.from(values, (value) => labels.codeOf(apply(value, '') ?? ''))
  return { name, labels: labels.list, codes: codes.map((code) => labelOfValue[code] ?? 0) }
}

/** Applies a transform that depends on whose value it is: once for each value of a patient. `patientOf` gives the patient of a row. */
export const showByPatient = (
  { name, values, codes }: Column,
  patientOf: (row: number) => string,
  apply: Apply,
): ShownColumn => {
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
  return { name, labels: labels.list, codes: shown }
}

/** The same column seen as a source: what a model counts is what the release shows. */
export const asColumn = ({ name, labels, codes }: ShownColumn): Column => ({ name, values: labels, codes })
