import { claimAppositions, claimWhere } from './around-names.ts'
import { claimLikely } from './likely-names.ts'
import { claimName, extend } from './name-extent.ts'
import { claimWords, type Reading } from './reading.ts'

/** After these a word with a capital is a name, whatever else it means. */
const INTRODUCED = new Set(
  `named nicknamed surnamed nee alias aka dear signed attn attention cc sincerely regards bye goodbye farewell hi hello hey`.split(
    /\s+/,
  ),
)
const NAMING = new Set(['name', 'names', 'surname', 'firstname', 'lastname', 'nickname', 'forename'])
const BEING = new Set(['is', 'was', 'are', 'to', 'as', 'changed'])

/** Others are abbreviations and words as well: Gen, Maj, Rev, judge. */
const SURE_TITLES = new Set('mr mrs ms mx miss dr drs prof professor'.split(' '))

/** `Dr. Baker`, `Mrs. Young`: the title and the name after it. */
const claimTitled = (reading: Reading): void => {
  const { words, lexicon, casing, text, claims } = reading
  words.forEach((word, index) => {
    const next = words[index + 1]
    if (!lexicon.honorifics.has(word.word) || word.possessive || next === undefined) return
    if (next.gap !== 'space' && next.gap !== 'dot') return
    const named = casing === 'mixed' ? next.capital : next.role === 'name' || next.role === 'maybe'
    if (!named || (casing === 'mixed' && !word.capital && next.role === 'word')) return
    // The full stop of "St. Mary" ends a street as well: "12 Main St. Patient reports".
    if (word.word === 'st' && next.role === 'word') return
    if (!SURE_TITLES.has(word.word) && next.role === 'word') return
    if ((next.functional && !next.named) || lexicon.settings.has(next.word)) return
    const end = text.charAt(word.end) === '.' ? word.end + 1 : word.end
    claims.claim(word.start, end, 'TITLE')
    if (!lexicon.honorifics.has(next.word))
      claimWords(reading, index + 1, extend(reading, index + 1, 1), 'NAME')
  })
}

/** `My name is Will`, `she named him Frank`, `Dear Grace`, `I'm Mark`. */
const claimIntroduced = (reading: Reading): void => {
  const { words, casing, lexicon } = reading
  words.forEach((word, index) => {
    const [before, earlier] = [words[index - 1], words[index - 2]]
    if (before === undefined || word.role === 'number' || word.role === 'kept') return
    if (word.functional && !word.named) return
    const label = NAMING.has(before.word) && word.gap !== 'line' && word.gap !== 'comma'
    const told =
      BEING.has(before.word) && earlier !== undefined && NAMING.has(earlier.word) && word.gap === 'space'
    const introduced =
      INTRODUCED.has(before.word) ||
      (INTRODUCED.has(earlier?.word ?? '') && ['him', 'her', 'it', 'them'].includes(before.word))
    const self = before.word === "i'm" || (before.word === 'am' && earlier?.word === 'i')
    const named =
      word.capital &&
      !word.clinical &&
      (label ||
        told ||
        (introduced && !word.functional) ||
        (self && !word.functional && !lexicon.groups.has(word.word)))
    if (named || (casing !== 'mixed' && told && (!word.lexical || word.role === 'maybe')))
      claimName(reading, index)
  })
}

/** Words that are no words, and names before all. */
const claimSure = (reading: Reading): void => {
  const { words } = reading
  for (let index = 0; index < words.length; index++) {
    if (words[index]?.role === 'name') index = claimName(reading, index)
  }
}

/** Names of persons and what a name can't be told from. */
export const claimPersons = (reading: Reading): void => {
  claimTitled(reading)
  claimIntroduced(reading)
  claimSure(reading)
  claimLikely(reading)
  if (reading.casing === 'mixed') claimWhere(reading)
  claimAppositions(reading)
}
