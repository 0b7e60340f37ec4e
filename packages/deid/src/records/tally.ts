/** `grouped`: released as "90 or older" or with the ZIP area 000. */
export type FieldOutcome = 'kept' | 'grouped' | 'suppressed'
export type FieldCounts = Readonly<Record<FieldOutcome, number>>

/**
 * Counts, over an export, what became of each field that held a value. Holds field paths and numbers only.
 */
export interface FieldTally {
  count(path: string, outcome: FieldOutcome): void
  /** Fields of a record that the catalog does not name, and which were left out. Their names are not kept. */
  unnamed(fields: number): void
  countsOf(path: string): FieldCounts
  unnamedTotal(): number
}

const NONE: FieldCounts = Object.freeze({ kept: 0, grouped: 0, suppressed: 0 })

export const createFieldTally = (): FieldTally => {
  const counts = new Map<string, Record<FieldOutcome, number>>()
  let unnamed = 0
  return {
    count: (path, outcome) => {
      const entry = counts.get(path) ?? { ...NONE }
      entry[outcome]++
      counts.set(path, entry)
    },
    unnamed: (fields) => {
      unnamed += fields
    },
    countsOf: (path) => ({ ...(counts.get(path) ?? NONE) }),
    unnamedTotal: () => unnamed,
  }
}
