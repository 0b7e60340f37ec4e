import type { Report } from '../harness/report.ts'
import { readAdult } from './adult.ts'
import { canaryResults } from './canaries.ts'
import { millionResults } from './million.ts'
import { scrubResults } from './scrub.ts'
import { searchResults } from './search.ts'

/** Every row of the engine's table that needs no database. */
export const run = async (): Promise<Report> => {
  const adult = await readAdult()
  return {
    bench: 'deid',
    results: [
      ...(await searchResults(adult)),
      ...(await millionResults(adult)),
      ...(await scrubResults()),
      ...canaryResults(),
    ],
  }
}
