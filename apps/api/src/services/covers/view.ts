/** Where the sealed reason of a cover opens. */
export const reasonOf = ({ id }: { readonly id: string }) =>
  ({ table: 'covers', column: 'reason', rowId: id }) as const
