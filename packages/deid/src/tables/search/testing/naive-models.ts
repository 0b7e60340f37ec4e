import type { Model } from '../../format/model.ts'
import type { Problem, Solution } from '../../problem.ts'
import { labelOf } from '../labels.ts'

/**
 * The patients of a release by the labels they share, each with the set of its patients for each sensitive
 * value.
 */
export const rowsByLabels = (problem: Problem, { classOf, recoded }: Solution) => {
  const classes = new Map<string, number[]>()
  classOf.forEach((at, row) => {
    if (at < 0) return
    const key = problem.attributes
      .map((attribute, which) => {
        const cell = recoded[at]?.[which]
        return cell === undefined ? 'none' : labelOf(attribute, cell)
      })
      .join('|')
    classes.set(key, [...(classes.get(key) ?? []), row])
  })
  return [...classes.values()]
}

export const patientsIn = ({ patients }: Problem, rows: readonly number[]): number =>
  new Set(rows.map((row) => patients?.[row] ?? row)).size

/** For each value, how many patients of these rows have it. */
const counts = (problem: Problem, name: string, rows: readonly number[]): number[] => {
  const sensitive = problem.sensitive.find((candidate) => candidate.name === name)
  return (sensitive?.values ?? []).map((_, value) =>
    patientsIn(
      problem,
      rows.filter((row) => sensitive?.codes[row] === value),
    ),
  )
}

const shares = (numbers: readonly number[]): number[] => {
  const total = numbers.reduce((sum, number) => sum + number, 0)
  return numbers.map((number) => number / total)
}

const EPSILON = 1e-9

/**
 * Whether these rows hold a class model, by its definition. Models of the table, and hierarchical distances,
 * are not asked.
 */
export const holdsNaively = (problem: Problem, model: Model, rows: readonly number[]): boolean => {
  switch (model.kind) {
    case 'k-anonymity':
      return patientsIn(problem, rows) >= model.k
    case 'prosecutor-risk':
      return 1 / patientsIn(problem, rows) <= model.threshold + EPSILON
    case 'distinct-l-diversity':
      return counts(problem, model.attribute, rows).filter((count) => count > 0).length >= model.l
    case 'entropy-l-diversity': {
      const entropy = shares(counts(problem, model.attribute, rows)).reduce(
        (sum, share) => (share > 0 ? sum - share * Math.log(share) : sum),
        0,
      )
      return Math.exp(entropy) >= model.l - EPSILON
    }
    case 'recursive-l-diversity': {
      const sorted = counts(problem, model.attribute, rows).sort((a, b) => b - a)
      const tail = sorted.slice(model.l - 1).reduce((sum, count) => sum + count, 0)
      return (sorted[0] ?? 0) < model.c * tail
    }
    case 't-closeness': {
      const all = shares(
        counts(
          problem,
          model.attribute,
          Array.from({ length: problem.rows }, (_, row) => row),
        ),
      )
      const own = shares(counts(problem, model.attribute, rows))
      const differences = own.map((share, value) => share - (all[value] ?? 0))
      const equal = differences.reduce((sum, difference) => sum + Math.abs(difference), 0) / 2
      let carried = 0
      let ordered = 0
      for (const difference of differences.slice(0, -1)) {
        carried += difference
        ordered += Math.abs(carried) / (differences.length - 1)
      }
      if (model.distance === 'hierarchical') return true
      return (model.distance === 'equal' ? equal : ordered) <= model.t + EPSILON
    }
    case 'small-cells':
      return counts(problem, model.attribute, rows).every((count) => count === 0 || count >= model.minimum)
    default:
      return true
  }
}
