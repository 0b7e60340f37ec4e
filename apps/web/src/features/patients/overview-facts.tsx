import { dateFields } from '@chartward/fhir/show'
import type { ReactNode } from 'react'
import { StatusTag } from '../../components/status-tag.tsx'
import { fhirDate, fhirPeriod } from '../../lib/fhir/dates.ts'
import { dosagesText } from '../../lib/fhir/dosage.ts'
import { objectsIn } from '../../lib/fhir/json.ts'
import { typeLabel } from '../../lib/fhir/labels.ts'
import { namedValue } from '../../lib/fhir/names.ts'
import { plainWords } from '../../lib/fhir/plain.ts'
import { conceptText, referenceText } from '../../lib/fhir/text.ts'
import { vitalName, vitalText } from '../../lib/fhir/vitals.ts'
import { isMasked } from '../../lib/masked.ts'
import type { OverviewKey } from './overview-words.ts'
import type { RecordRow } from './record-columns.tsx'

/** What is seen of a record at a glance: beside its title, and in a line under it. */
export interface OverviewFacts {
  readonly main: ReactNode
  readonly more: readonly string[]
}

const there = (parts: readonly (string | null)[]): string[] => parts.filter((part) => part !== null)

/** Null also for a mask, which explains itself in the drawer. */
const read = (row: RecordRow, name: string, text: (value: unknown) => string | null): string | null => {
  const value = namedValue(row, name)
  return value === undefined || isMasked(value) ? null : text(value)
}

const dated = (row: RecordRow, withTime: boolean): string | null => {
  const name = dateFields(row.type).find((field) => row.values[field] !== undefined)
  if (name === undefined) return null
  return read(row, name, (value) =>
    withTime ? (fhirPeriod(value) ?? fhirDate(value)) : (dayOf(value) ?? null),
  )
}

/** The day alone: of a period the one on which it began. */
const dayOf = (value: unknown): string | null => {
  const [period] = objectsIn(value)
  return period === undefined ? fhirDate(value, false) : fhirDate(period.start ?? period.end, false)
}

const since = (words: string, day: string | null): string | null => (day === null ? null : `${words} ${day}`)

const reactions = (row: RecordRow): string | null =>
  read(row, 'reaction', (value) => {
    const said = objectsIn(value).flatMap(({ manifestation }) => conceptText(manifestation) ?? [])
    return said.length === 0 ? null : said.join(', ')
  })

const RISKS: Readonly<Record<string, ReactNode>> = {
  high: <StatusTag tone="bad">High risk</StatusTag>,
  low: <StatusTag tone="quiet">Low risk</StatusTag>,
  'unable-to-assess': <StatusTag tone="quiet">Risk not known</StatusTag>,
}

const dosage = (row: RecordRow): string | null =>
  read(row, row.type === 'MedicationStatement' ? 'dosage' : 'dosageInstruction', (value) =>
    objectsIn(value).length === 0 ? null : (dosagesText(value) ?? 'Dosage in parts: open it'),
  )

/** What a part shows of its records. */
export const overviewFacts = (part: OverviewKey, row: RecordRow): OverviewFacts => {
  switch (part) {
    case 'allergies':
      return {
        main: RISKS[String(row.values.criticality)] ?? null,
        more: there([reactions(row), since('recorded', dated(row, false))]),
      }
    case 'problems':
      return { main: null, more: there([since('since', dated(row, false))]) }
    case 'medication':
      return {
        main: null,
        more: there([
          dosage(row),
          since(row.type === 'MedicationStatement' ? 'taken since' : 'ordered', dated(row, false)),
        ]),
      }
    case 'vitals':
      return {
        main: isMasked(row.values.component) ? null : vitalText(row.values),
        more: there([dated(row, true)]),
      }
    case 'visits':
      return {
        main: null,
        more: there([
          dated(row, true),
          read(row, 'reasonCode', conceptText),
          read(row, 'serviceProvider', referenceText),
        ]),
      }
    case 'orders':
      return {
        main: null,
        more: there([since('ordered', dated(row, false)), read(row, 'reasonCode', conceptText)]),
      }
  }
}

/** What a record is called: a vital sign as people call it, else by its title. */
export const overviewTitle = (part: OverviewKey, { type, title, values }: RecordRow): string =>
  (part === 'vitals' ? vitalName(values.code) : null) ??
  (title === null ? `Open this ${typeLabel(type).toLowerCase()}` : plainWords(title))
