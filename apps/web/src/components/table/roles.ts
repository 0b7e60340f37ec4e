/** Spelt out, because the `display` values of the narrow layout take a table's own roles away. */
export const AS = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  cell: { role: 'cell' },
  /** Room that is held for rows which are not drawn. */
  gap: { role: 'presentation' },
} as const
