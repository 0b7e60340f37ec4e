import type { Problem, Solution } from '../problem.ts'
import { releasedClasses } from '../search/released-classes.ts'

/**
 * A solution with its classes as a reader of the release sees them. A search may keep apart what came to one
 * label by different ways.
 */
export const asSeen = (problem: Problem, solution: Solution): Solution => {
  const { of } = releasedClasses(problem, solution)
  const recoded: Solution['recoded'][number][] = []
  // The numbers are given in order of first appearance: each class is of one that is there, or of the next.
  solution.recoded.forEach((cells, at) => {
    if (of[at] === recoded.length) recoded.push(cells)
  })
  return { ...solution, recoded, classOf: solution.classOf.map((at) => of[at] ?? -1) }
}
