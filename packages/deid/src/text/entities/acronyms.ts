import { lexicon } from '../lexicon.ts'
import type { Claims } from '../spans.ts'

/** Capitals with points: initials of persons, organisations, countries. */
const POINTED = /(?<![\p{L}\p{N}.])(?:\p{Lu}\.[ -]?){1,5}\p{Lu}(?:\.|(?![\p{L}\p{N}]))/gu

/** `U.N.`, `J. R. R.`, `U.S.A.`; what the clinic abbreviates so (`P.O.`, `I.V.`, `M.D.`) stays. */
export const claimPointed = (text: string, claims: Claims): void => {
  const { isAbbreviation, knownOrganizations, regionCodes } = lexicon()
  for (const match of text.matchAll(POINTED)) {
    const letters = match[0].replace(/[^\p{L}]/gu, '')
    const end = match.index + match[0].length
    if (regionCodes.has(letters)) claims.claim(match.index, end, 'LOCATION')
    else if (knownOrganizations.has(letters.toLowerCase())) claims.claim(match.index, end, 'ORGANIZATION')
    else if (!isAbbreviation(letters.toLowerCase())) claims.claim(match.index, end, 'NAME')
  }
}
