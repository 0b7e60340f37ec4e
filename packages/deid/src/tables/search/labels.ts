import type { Attribute } from '../hierarchy/hierarchy.ts'
import type { Recoded } from '../problem.ts'

const valueOfRank = ({ hierarchy }: Attribute, rank: number): string =>
  hierarchy.domain[hierarchy.ranks.indexOf(rank)] ?? ''

/**
 * What stands in the released cell: a level's label, a range as "[a, b]" (both ends included), a range of one
 * value as that value.
 */
export const labelOf = (attribute: Attribute, recoded: Recoded): string => {
  if (recoded.kind === 'level') return attribute.hierarchy.levels[recoded.level]?.labels[recoded.group] ?? ''
  const { from, to } = recoded
  const lowest = valueOfRank(attribute, from)
  return from === to ? lowest : `[${lowest}, ${valueOfRank(attribute, to)}]`
}

/** How many values of the attribute's domain the cell may stand for. */
export const coveredOf = ({ hierarchy }: Attribute, recoded: Recoded): number =>
  recoded.kind === 'level'
    ? (hierarchy.levels[recoded.level]?.sizes[recoded.group] ?? 0)
    : recoded.to - recoded.from + 1
