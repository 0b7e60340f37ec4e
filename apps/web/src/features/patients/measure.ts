import { LOINC_CODE } from '../../lib/search-params.ts'

const LOINC = 'http://loinc.org|'

/**
 * What a measurement is called in the URL: its LOINC code, a word of a public list. A kind by a code of the
 * source's own, or by words, is called nothing there: it could hold anything.
 */
export const measureOf = (kind: string): string | undefined => {
  const code = kind.startsWith(LOINC) ? kind.slice(LOINC.length) : ''
  return LOINC_CODE.test(code) ? code : undefined
}
