import type { Attribute } from '../hierarchy/hierarchy.ts'
import type { Problem, Recoded, Solution } from '../problem.ts'
import { classRows } from './class-rows.ts'

/** Rows of the source table for each value of the domain. */
const frequenciesOf = ({ codes, hierarchy }: Attribute): Float64Array => {
  const frequencies = new Float64Array(hierarchy.domain.length)
  for (const code of codes) frequencies[code] = (frequencies[code] ?? 0) + 1
  return frequencies
}

/** Says how many rows of the source table have a value that a recoded cell covers. */
const coverageOf = ({ hierarchy }: Attribute, frequencies: Float64Array): ((recoded: Recoded) => number) => {
  const levels = hierarchy.levels.map(({ groups, labels }) => {
    const rows = new Float64Array(labels.length)
    groups.forEach((group, value) => {
      rows[group] = (rows[group] ?? 0) + (frequencies[value] ?? 0)
    })
    return rows
  })
  /** Of values with a rank below the index. */
  const below = new Float64Array(hierarchy.domain.length + 1)
  hierarchy.ranks.forEach((rank, value) => {
    below[rank + 1] = (below[rank + 1] ?? 0) + (frequencies[value] ?? 0)
  })
  for (let rank = 1; rank < below.length; rank++) below[rank] = (below[rank] ?? 0) + (below[rank - 1] ?? 0)
  return (recoded) =>
    recoded.kind === 'range'
      ? (below[recoded.to + 1] ?? 0) - (below[recoded.from] ?? 0)
      : (levels[recoded.level]?.[recoded.group] ?? 0)
}

const timesLog = (frequency: number): number => (frequency === 0 ? 0 : frequency * Math.log2(frequency))

/**
 * For each attribute of the problem the non-uniform entropy that its cells lost, from 0 (nothing was
 * generalised) to 1 (all cells to the top, which is where a suppressed row goes; 0 for an attribute with one
 * value, that has nothing to lose): the sum over cells of -log2(frequency of the value / frequency of what it
 * became), over the greatest that can be (de Waal and Willenborg 1999; Gionis and Tassa, IEEE TKDE 21(2),
 * 2009). Frequencies are rows of the source table. Unlike loss, it costs little to join a rare value with a
 * common one.
 */
export const nonUniformEntropies = (problem: Problem, solution: Solution): number[] => {
  const rows = classRows(solution)
  const most = timesLog(problem.rows)
  return problem.attributes.map((attribute, index) => {
    const frequencies = frequenciesOf(attribute)
    const coverage = coverageOf(attribute, frequencies)
    // A sum over cells of log2(frequency of the value) is the same for every solution: f rows have log2(f).
    const least = frequencies.reduce((sum, frequency) => sum + timesLog(frequency), 0)
    let sum = solution.suppressedRows * Math.log2(problem.rows)
    solution.recoded.forEach((cells, at) => {
      const recoded = cells[index]
      const frequency = recoded === undefined ? problem.rows : coverage(recoded)
      sum += (rows[at] ?? 0) * Math.log2(Math.max(1, frequency))
    })
    return most === least ? 0 : Math.min(1, Math.max(0, (sum - least) / (most - least)))
  })
}
