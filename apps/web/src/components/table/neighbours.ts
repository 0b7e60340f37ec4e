/** The rows before and after the open one, as the list shows them. */
export interface Neighbours<Row> {
  readonly previous: Row | null
  readonly next: Row | null
  /** "3 of 50 loaded"; null where the open one is not in the list. */
  readonly place: { readonly at: number; readonly of: number; readonly more: boolean } | null
}

export const ALONE: Neighbours<never> = { previous: null, next: null, place: null }

export const neighboursOf = <Row>(
  rows: readonly Row[],
  keys: readonly string[],
  open: string | undefined,
  more: boolean,
): Neighbours<Row> => {
  const index = open === undefined ? -1 : keys.indexOf(open)
  if (index < 0) return ALONE
  return {
    previous: rows[index - 1] ?? null,
    next: rows[index + 1] ?? null,
    place: { at: index + 1, of: rows.length, more },
  }
}
