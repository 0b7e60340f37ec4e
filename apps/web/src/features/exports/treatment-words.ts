import { sentence } from '../../lib/format.ts'

/** What Safe Harbor does with a field, in people's words; a code that comes later is said as it is. */
const TREATMENTS: Readonly<Record<string, string>> = {
  drop: 'Left out',
  keep: 'Kept',
  codes: 'Known codes alone',
  quantity: 'Number and unit',
  year: 'Year alone',
  'birth-year': 'Year of birth, to 89',
  'state-zip3': 'State, 3 digits of ZIP',
  'fresh-id': 'A new random id',
}

export const treatmentText = (treatment: string): string => TREATMENTS[treatment] ?? sentence(treatment)
