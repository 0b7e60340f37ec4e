import type { TableFinding } from '@chartward/deid/tables/verify'

/** A finding of the verifier in one line: where, its code, and what is wrong. */
export const findingLine = ({ code, where, what }: TableFinding): string => {
  const { file, column, row } = where
  const place = [file, column, row === undefined ? undefined : `row ${row}`].filter(
    (part) => part !== undefined,
  )
  return `${place.length === 0 ? '' : `${place.join(', ')}: `}${code}: ${what}`
}
