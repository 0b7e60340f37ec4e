import { claimWords, isClaimed, type Reading } from './reading.ts'

const LONGEST_NAME = 6
/** Before a name of an employer. */
const WORKING = new Set(
  `work works worked working employed employer employment job hired consultant consults intern interned interns internship career
  ceo cto cfo founder cofounder founded director president vp employee employees spokesperson spokesman spokeswoman`.split(
    /\s+/,
  ),
)
const AT = new Set(['for', 'at', 'by', 'with', 'of', 'is', 'from'])
/** What is done to companies, before their names. */
const BECOMING = new Set(['became', 'joined', 'acquired', 'renamed', 'cofounded'])
/** What may stand inside of a name: Bank of the West, Smith & Sons, Barlow, Pike and Sons. */
const INSIDE = new Set(['of', 'and', 'the', 'for', 'de', 'du', 'la', 'und', '&'])

const isNamePart = ({ words, casing }: Reading, index: number): boolean => {
  const word = words[index]
  if (word === undefined || word.role === 'kept') return false
  if (word.role === 'number') return true
  return casing === 'mixed' ? word.capital && !(word.functional && word.opens) : !word.functional
}

/** Within one name; after a full stop only where it is that of an abbreviation. */
const isJoined = ({ words }: Reading, index: number): boolean => {
  const [before, word] = [words[index - 1], words[index]]
  if (before === undefined || word === undefined) return false
  return word.gap === 'dot'
    ? before.end - before.start <= 2
    : ['space', 'hyphen', 'none', 'other'].includes(word.gap)
}

/**
 * The first word of a name that ends at `last`: capitals, numbers, and small words or commas between them.
 */
const nameStart = (reading: Reading, last: number): number => {
  const { words } = reading
  let first = last
  for (let index = last - 1; index >= 0 && last - index < LONGEST_NAME; index--) {
    const follower = words[index + 1]
    const comma = follower?.gap === 'comma' && first < last
    if (!isJoined(reading, index + 1) && !comma) break
    if (isNamePart(reading, index)) first = index
    else if (!INSIDE.has(words[index]?.word ?? '')) break
  }
  return first
}

/** The last word of a run of capitals from `first`; `first - 1` where there is none. */
const runEnd = (reading: Reading, first: number): number => {
  const { words } = reading
  let last = first - 1
  for (let index = first; index < words.length && index - first < LONGEST_NAME; index++) {
    const word = words[index]
    if (word === undefined || (index > first && !isJoined(reading, index) && word.gap !== 'comma')) break
    if (
      word.capital &&
      !word.functional &&
      word.role !== 'kept' &&
      (index === first || word.gap !== 'comma' || word.role !== 'word')
    )
      last = index
    else if (word.role === 'number' && index === first) continue
    else if (!INSIDE.has(word.word)) break
  }
  return last
}

/** Of nothing but words of the clinic and of grammar: `Emergency Department`, `the Patient`. */
const isCare = ({ words, lexicon }: Reading, first: number, last: number): boolean =>
  words
    .slice(first, last + 1)
    .every(({ clinical, functional, word }) => clinical || functional || lexicon.roles.has(word))

/**
 * `Acme Corp.`, `Mercy Hospital`, `3 Rivers Inc`: what an organisation's name ends in, with a name before it.
 */
export const claimNamedOrganizations = (reading: Reading): void => {
  const { words, lexicon, casing } = reading
  for (let index = 1; index < words.length; index++) {
    const word = words[index]
    if (word === undefined) continue
    // In small letters or with one capital, two letters are a word or a sign: as, Ab, Ag, SA node.
    const written =
      word.end - word.start > 2 || word.word === 'co'
        ? word.capital
        : word.shape === 'upper' && !word.clinical
    const legal = lexicon.legalForms.has(word.word) && (written || casing !== 'mixed')
    const noun = word.capital && lexicon.organizationNouns.has(word.word)
    if ((!legal && !noun) || (!isJoined(reading, index) && word.gap !== 'comma')) continue
    // "or", "as", "co" in small letters are words; a form of two letters needs a name before it that is
    // written as one.
    const first = nameStart(reading, index)
    if (first === index) continue
    const head = words[first]
    const named = words.slice(first, index).some((part) => part.role === 'name' || part.role === 'maybe')
    if (legal && casing !== 'mixed' && !named && word.word.length < 3) continue
    if (legal || named || (head !== undefined && !head.opens && !isCare(reading, first, index - 1)))
      claimWords(reading, first, index, 'ORGANIZATION')
  }
}

/** `works for X`, `employed by X`, `a year at X`, `is from X`. */
const claimEmployers = (reading: Reading): void => {
  const { words } = reading
  for (let index = 1; index < words.length; index++) {
    const word = words[index]
    const [before, earlier] = [words[index - 1], words[index - 2]]
    if (word === undefined || before === undefined || word.gap !== 'space') continue
    const working = AT.has(before.word) && earlier !== undefined && WORKING.has(earlier.word)
    const stayed = before.word === 'at' && !word.clinical && word.role !== 'number'
    const from =
      before.word === 'from' && (earlier?.word === 'is' || earlier?.word === "i'm" || earlier?.word === 'am')
    const becoming = BECOMING.has(before.word) && !word.clinical && word.capital
    if (!working && !stayed && !from && !becoming) continue
    if (isClaimed(reading, word)) continue
    const last = runEnd(reading, index)
    if (last >= index && !isCare(reading, index, last))
      claimWords(reading, word.word === 'the' ? index + 1 : index, last, 'ORGANIZATION')
  }
}

/** `X is a design agency`, `the X office`, `X spokesperson Anna Berg`. */
const claimSubjects = (reading: Reading): void => {
  const { words, lexicon } = reading
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    if (
      word === undefined ||
      !word.capital ||
      (!word.opens && words[index - 1]?.capital === true && !words[index - 1]?.functional)
    )
      continue
    const first = word.functional ? index + 1 : index
    const last = runEnd(reading, first)
    if (last < first || isCare(reading, first, last)) continue
    const next = words[last + 1]
    const after = words[last + 2]
    if (next === undefined || next.gap !== 'space') continue
    const part =
      lexicon.organizationParts.has(next.word) && (word.word === 'the' || words[last + 2]?.role === 'name')
    const ends = words[last]
    const named =
      ends !== undefined && lexicon.organizationParts.has(ends.word) && last > first && word.word === 'the'
    const be = next.word === 'is' || next.word === 'was'
    const article = after !== undefined && ['a', 'an', 'the', 'our'].includes(after.word)
    const kind =
      be && article && [3, 4, 5].some((step) => lexicon.organizationKinds.has(words[last + step]?.word ?? ''))
    if (part || kind) claimWords(reading, first, last, 'ORGANIZATION')
    else if (named) claimWords(reading, first, last - 1, 'ORGANIZATION')
  }
}

/** Organisations that a dictionary knows: acronyms in capitals, with points or without, and company names. */
const claimKnown = (reading: Reading): void => {
  const { words, lexicon } = reading
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    if (word === undefined || word.role === 'kept') continue
    const acronym = word.word.length <= 6 && word.shape === 'upper'
    if (
      lexicon.knownOrganizations.has(word.word) &&
      (acronym || (word.capital && !word.lexical)) &&
      !isClaimed(reading, word)
    )
      claimWords(reading, index, index, 'ORGANIZATION')
  }
}

/** Employers and other organisations by what is said of them, and by dictionary. */
export const claimOrganizations = (reading: Reading): void => {
  claimEmployers(reading)
  claimSubjects(reading)
  claimKnown(reading)
}
