import type { Content, Plan, Transform } from '../format/plan.ts'
import type { ReleasedColumn, TableManifest } from '../format/table-release.ts'
import { isReleasableZip, showsZip } from './areas.ts'
import type { FindingCode, Findings } from './finding.ts'
import { identifiersIn } from './identifier-patterns.ts'
import { type ReadTable, readColumn } from './table.ts'
import { isAgeOver89, isYearsAlone, showsExactDate, tellsAgeOver89 } from './times.ts'

/** Populations of the three-digit ZIP Code areas, by ZIP3. */
export type Zip3Populations = ReadonlyMap<string, number>

type Kind = Pick<ReleasedColumn, 'role' | 'content' | 'transform' | 'category'>

const WORDS: ReadonlySet<Content> = new Set(['text', 'other', 'city', 'state'])
const IDS: ReadonlySet<Transform['kind']> = new Set(['random-id', 'pseudonym'])

/** A long random code of letters and digits: the form of a date or a number in the middle of it is chance. */
const isRandomCode = (cell: string, { transform, role }: Kind): boolean =>
  (role === 'patient' || IDS.has(transform.kind)) &&
  /^[\w-]{16,64}$/.test(cell) &&
  /[A-Za-z]/.test(cell) &&
  !/^[A-Za-z]+[ -]?\d+$/.test(cell)

/** The faults of one cell by Safe Harbor's (B) and (C). */
const safeHarborFaults = (
  cell: string,
  { content }: Kind,
  asOfYear: number,
  populations: Zip3Populations,
): readonly FindingCode[] => {
  const found: FindingCode[] = []
  const isTime = content === 'date' || content === 'year'
  if (showsExactDate(cell) || (isTime && !isYearsAlone(cell))) found.push('exact-date')
  if (isTime ? tellsAgeOver89(cell, asOfYear) : content === 'age' && isAgeOver89(cell))
    found.push('age-over-89')
  if (
    showsZip(cell) ||
    (content === 'zip' && !isReleasableZip(cell, populations)) ||
    (content === 'state' && /\d/.test(cell))
  )
    found.push('small-area')
  return found
}

const WHAT: Partial<Record<FindingCode, string>> = {
  'exact-date': 'A date that is more exact than a year.',
  'age-over-89': 'An age over 89, or a year that tells one, beside the group of 90 or older.',
  'small-area': 'An area smaller than a state that is not a ZIP3 of more than 20,000 people.',
  email: 'An e-mail address.',
  phone: 'A telephone or fax number.',
  ssn: 'A social security number.',
  url: 'A web address.',
  'ip-address': 'An IP address.',
}

/** The faults of one cell, or of one value that the manifest lists of a column, under the plan's profile. */
export const cellFaults = (
  cell: string,
  column: Kind,
  { profile, asOf }: Plan,
  populations: Zip3Populations,
): readonly FindingCode[] => {
  if (cell === '' || isRandomCode(cell, column)) return []
  const direct = identifiersIn(cell, WORDS.has(column.content))
  return profile === 'safe-harbor'
    ? [...direct, ...safeHarborFaults(cell, column, Number(asOf.slice(0, 4)), populations)]
    : direct
}

/**
 * Looks at every distinct value of every column for what the profile keeps out, whatever the plan says was
 * done.
 */
export const checkCells = (
  { plan, columns }: TableManifest,
  table: ReadTable,
  populations: Zip3Populations,
  findings: Findings,
): void => {
  for (const column of columns) {
    const read = readColumn(table, column.name)
    read?.values.forEach((cell, code) => {
      for (const fault of cellFaults(cell, column, plan, populations))
        findings.add(
          fault,
          { file: table.file, column: column.name, row: read.firstRows[code] ?? 0 },
          WHAT[fault] ?? fault,
        )
    })
  }
}
