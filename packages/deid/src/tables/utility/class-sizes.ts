/** Where a bin begins: fixed, so that the bins of all alternatives can stand side by side. */
const BIN_STARTS = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] as const

/**
 * A bar of the chart of class sizes: classes of `from` to `to` patients, both included; `to` is null for the
 * last, which has no end.
 */
export interface SizeBin {
  readonly from: number
  readonly to: number | null
  readonly classes: number
  /** Patients in those classes. */
  readonly patients: number
}

/** The classes and their patients by the size of the class. Always the same bins, the empty ones too. */
export const sizeBins = (patientsPerClass: Int32Array): SizeBin[] =>
  BIN_STARTS.map((from, index) => {
    const next = BIN_STARTS[index + 1]
    const inBin = patientsPerClass.filter((size) => size >= from && (next === undefined || size < next))
    return {
      from,
      to: next === undefined ? null : next - 1,
      classes: inBin.length,
      patients: inBin.reduce((sum, size) => sum + size, 0),
    }
  })
