import { type Lexicon, lexicon } from './lexicon.ts'
import type { Claims } from './spans.ts'
import type { Token } from './tokens.ts'

/**
 * What a token is to the rules that look for names:
 * - `name`: no word that anybody would write there, or a name before all: taken wherever it stands;
 * - `maybe`: a word that is a name too (Baker, Rose, Will): taken where its neighbours or a capital in mid
 *   sentence say so;
 * - `word`: English or clinical;
 * - `initial`: a single letter with a capital;
 * - `number`;
 * - `kept`: protected, or the name of a disease or a device.
 */
type Role = 'name' | 'maybe' | 'word' | 'initial' | 'number' | 'kept'

export interface Word extends Token {
  readonly role: Role
  /** Written with a capital, where the text has capitals at all. */
  readonly capital: boolean
  /** A colon stands after it. */
  readonly label: boolean
  /** First word of a sentence, a line, a quote or a bracket. */
  readonly opens: boolean
  /** Of the English or the clinical lexicon, whatever its role. */
  readonly lexical: boolean
  readonly clinical: boolean
  /** Of a list of names, whatever its role. */
  readonly named: boolean
  readonly functional: boolean
}

/**
 * A text without title case tells nothing by its capitals: `lower` and `upper` are read by dictionaries
 * alone.
 */
export type Casing = 'mixed' | 'lower' | 'upper'

export const casingOf = (tokens: readonly Token[]): Casing => {
  let lower = 0
  let upper = 0
  for (const { shape, end, start } of tokens) {
    // Letters alone (grades, initials, I) prove nothing.
    if (end - start < 2) continue
    if (shape === 'title') return 'mixed'
    if (shape === 'lower') lower++
    if (shape === 'upper') upper++
  }
  return upper > 3 * lower ? 'upper' : 'lower'
}

const VOWEL = /[aeiouy]/
const LATIN = /\p{Script=Latin}/u
const OTHER_SCRIPT = /[\p{Script=Cyrillic}\p{Script=Greek}]/u
const LONGEST_WORD = 40

/**
 * Letters of two scripts in one word look like another word; `βhCG` and `μg` have one Greek letter at an end.
 */
const isDisguised = (word: string): boolean => LATIN.test(word) && OTHER_SCRIPT.test(word.slice(1, -1))

/** Ends a sentence: a full stop that is not that of a title, an initial or a street's abbreviation. */
const opensAfter = (token: Token, before: Token | undefined, words: Lexicon): boolean => {
  switch (token.gap) {
    case 'line':
    case 'break':
    case 'bracket':
      return true
    case 'dot':
      return !(
        before === undefined ||
        (before.end - before.start === 1 && before.shape !== 'number') ||
        words.honorifics.has(before.word) ||
        words.streetAbbreviations.has(before.word) ||
        before.word === 'apt' ||
        before.word === 'ste'
      )
    default:
      return false
  }
}

/**
 * `Parkinson's`, `Bell palsy`, `Glasgow Coma Scale`, `Jackson-Pratt`: a disease or a thing and not the
 * person.
 */
const isEponym = (
  { devices, eponyms, eponymsWithNoun, eponymNouns, isName, roles }: Lexicon,
  before: Token | undefined,
  token: Token,
  next: Token | undefined,
  afterNext: Token | undefined,
): boolean => {
  const { word } = token
  if (devices.has(word)) return true
  if (next?.gap === 'hyphen' && eponyms.has(`${word}-${next.word}`)) return true
  if (token.gap === 'hyphen' && before !== undefined && eponyms.has(`${before.word}-${word}`)) return true
  const noun =
    eponymNouns.has(next?.word ?? '') ||
    (next?.gap === 'space' && afterNext?.gap === 'space' && eponymNouns.has(afterNext.word))
  if (token.possessive && roles.has(next?.word ?? '')) return false
  if (eponyms.has(word)) return noun || token.possessive || !isName(word)
  return noun && eponymsWithNoun.has(word)
}

/** Reads all tokens of a text. Each different word is looked up once. */
export const wordsOf = (text: string, tokens: readonly Token[], casing: Casing, claims: Claims): Word[] => {
  const words = lexicon()
  interface Facts {
    readonly word: boolean
    readonly term: boolean
    readonly abbreviation: boolean
    readonly name: boolean
    readonly given: boolean
  }
  const facts = new Map<string, Facts>()
  const factsOf = (word: string): Facts => {
    const known = facts.get(word)
    if (known !== undefined) return known
    const short = word.length <= LONGEST_WORD
    const made = {
      word: short && words.isWord(word),
      term: short && words.isTerm(word),
      abbreviation: words.isAbbreviation(word),
      name: words.isName(word),
      given: words.isGiven(word),
    }
    facts.set(word, made)
    return made
  }

  const isCalled = (before: Token | undefined, { gap, start, end }: Token): boolean =>
    before !== undefined &&
    (gap === 'space' || gap === 'dot') &&
    end - start > 2 &&
    (words.roles.has(before.word) || words.honorifics.has(before.word))
  const isDosed = (next: Token | undefined): boolean =>
    next?.gap === 'space' && next.shape === 'number' && claims.isProtected(next.start)

  const roleOf = (index: number, token: Token): Role => {
    const [before, next, afterNext] = [tokens[index - 1], tokens[index + 1], tokens[index + 2]]
    const { word, shape, start, end } = token
    if (shape === 'number') return 'number'
    if (claims.isProtected(start)) return 'kept'
    if (end - start === 1) return shape === 'title' ? 'initial' : 'word'
    const known = factsOf(word)
    if (words.functionWords.has(word)) return 'word'
    if (shape === 'caseless' || isDisguised(word)) return 'name'
    const glued = token.gap === 'none' || next?.gap === 'none'
    // A name with a number at it, or a piece of a code.
    if (glued && end - start < 5) return 'word'
    if (isEponym(words, before, token, next, afterNext))
      return known.name && token.gap === 'space' && words.isGiven(before?.word ?? '') ? 'maybe' : 'kept'
    const label = text.charAt(end) === ':'
    const clinical = known.term || (known.abbreviation && shape !== 'title')
    const lexical = known.word || clinical
    // `Mobile: 555-0100`: a label, not the town. A word that is no word is somebody who speaks.
    if (label && lexical && (clinical || words.isCommon(word) || !known.given)) return 'word'
    if (casing !== 'mixed') {
      if (!lexical) return 'name'
      return known.name && !clinical ? 'maybe' : 'word'
    }
    switch (shape) {
      case 'lower':
        // A name in small letters; or an unknown word behind `pt` and `dr`.
        return !lexical && (known.name || isCalled(before, token)) ? 'name' : 'word'
      case 'upper':
        if (lexical) return known.name && !clinical ? 'maybe' : 'word'
        if (known.name || words.places.has(word)) return 'name'
        return !LATIN.test(word) || (end - start >= 5 && VOWEL.test(word)) ? 'name' : 'word'
      case 'mixed':
        // RBCs, PhD, mRNA, and what begins in lower case: iPhone.
        return lexical || /^\p{Ll}/u.test(text.charAt(start)) || words.isAbbreviation(word) ? 'word' : 'name'
      default:
        // `Mirena 52 MG`: what is given by dose is a medicine.
        if (!lexical) return !known.name && isDosed(next) ? 'word' : 'name'
        // `Savanna: I see.`
        if ((words.namesFirst.has(word) || label) && !clinical) return 'name'
        return known.name && !clinical && !words.settings.has(word) ? 'maybe' : 'word'
    }
  }

  return tokens.map((token, index) => {
    const opens = opensAfter(token, tokens[index - 1], words)
    const role = roleOf(index, token)
    const known = factsOf(token.word)
    const clinical = known.term || (known.abbreviation && token.shape !== 'title')
    return {
      ...token,
      role,
      opens,
      capital: casing === 'mixed' && ['title', 'upper', 'mixed'].includes(token.shape),
      label: text.charAt(token.end) === ':',
      clinical: clinical || words.settings.has(token.word),
      lexical: known.word || clinical,
      named: known.name,
      functional: words.functionWords.has(token.word),
    }
  })
}
