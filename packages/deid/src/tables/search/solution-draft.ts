import type { Method } from '../problem.ts'
import type { Attempt } from './attempt.ts'
import type { Geometry } from './geometry.ts'
import type { SolutionDraft } from './settle.ts'
import type { Units } from './units.ts'

/**
 * For each row its class. Rows of one unit that are in several classes are handed out in the order of the
 * rows.
 */
const classOfRows = (units: Units, { parts }: Attempt): Int32Array => {
  const starts = new Int32Array(units.count + 1)
  for (const part of parts) for (const unit of part.units) starts[unit + 1] = (starts[unit + 1] ?? 0) + 1
  for (let unit = 0; unit < units.count; unit++)
    starts[unit + 1] = (starts[unit + 1] ?? 0) + (starts[unit] ?? 0)
  const next = starts.slice()
  const classes = new Int32Array(starts[units.count] ?? 0)
  const left = new Int32Array(classes.length)
  parts.forEach((part, at) => {
    part.units.forEach((unit, item) => {
      const place = next[unit] ?? 0
      classes[place] = at
      left[place] = part.rows[item] ?? 0
      next[unit] = place + 1
    })
  })
  const current = starts.slice()
  return units.ofRow.map((unit) => {
    if (unit < 0) return -1
    let place = current[unit] ?? 0
    const end = starts[unit + 1] ?? 0
    while (place < end && left[place] === 0) place++
    current[unit] = place
    if (place === end) return -1
    left[place] = (left[place] ?? 0) - 1
    return classes[place] ?? -1
  })
}

/** An attempt as a draft of a solution. */
export const draftOf = (method: Method, units: Units, geometry: Geometry, found: Attempt): SolutionDraft => ({
  method,
  classOf: classOfRows(units, found),
  recoded: found.parts.map(({ box }) => geometry.recoded(box)),
  levels: null,
  proof: { kind: 'heuristic' },
  checked: found.checked,
})
