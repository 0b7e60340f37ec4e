import { STATES } from '../../shared/us-states.ts'

const codes: ReadonlyMap<string, string> = new Map(
  [...STATES].flatMap(([code, name]) => [
    [code.toLowerCase(), code] as const,
    [name.toLowerCase(), code] as const,
  ]),
)

/** The two-letter code of a state written as code or by its full name in any case; null for anything else. */
export const stateCode = (written: string): string | null =>
  codes.get(written.trim().replace(/\s+/g, ' ').toLowerCase()) ?? null

const US = new Set(['us', 'usa', 'united states', 'united states of america', 'u.s.', 'u.s.a.'])

export const isUnitedStates = (written: string): boolean => US.has(written.trim().toLowerCase())
