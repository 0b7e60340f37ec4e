import { DeidError } from '../../shared/errors.ts'

const LONGEST = 60

/** A value in quotes, cut where it is long. */
export const quoted = (value: string): string =>
  JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value)

export const hierarchyFault = (message: string): DeidError => new DeidError('bad-hierarchy', message)
