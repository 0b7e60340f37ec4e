import { US_STATES } from '@chartward/policy'

/** Where the post of the armed forces goes: it has codes like a state, and is no place. */
const ARMED_FORCES: ReadonlySet<string> = new Set(['AA', 'AE', 'AP'])

/** The states, the District of Columbia, territories and freely associated states: name by USPS code. */
export const STATES: ReadonlyMap<string, string> = new Map(
  Object.entries(US_STATES).filter(([code]) => !ARMED_FORCES.has(code)),
)
