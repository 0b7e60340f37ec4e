/** A sample by the sizes of its classes, and the population that it is of. */
export interface Sample {
  /** The sizes that occur, ascending, and how many classes there are of each. */
  readonly sizes: readonly number[]
  readonly counts: readonly number[]
  readonly classes: number
  /** Patients: n. */
  readonly patients: number
  /** Classes of one, and of two. */
  readonly ones: number
  readonly twos: number
  /** Patients of the population: N, n or more. */
  readonly population: number
}

export const sampleOf = (patientsPerClass: Int32Array, population: number): Sample => {
  const sizes: number[] = []
  const counts: number[] = []
  let patients = 0
  for (const size of patientsPerClass.toSorted()) {
    patients += size
    if (sizes.at(-1) !== size) {
      sizes.push(size)
      counts.push(0)
    }
    counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1
  }
  const countOf = (size: number) => counts[sizes.indexOf(size)] ?? 0
  return {
    sizes,
    counts,
    classes: patientsPerClass.length,
    patients,
    ones: countOf(1),
    twos: countOf(2),
    // Patients with rows in several classes count in each: a sample is never larger than what it is of.
    population: Math.max(population, patients),
  }
}
