import { truncationBits } from './blind-index.ts'
import { CryptoError } from './errors.ts'

/**
 * What truncated name tokens cost and tell, for a population: before a setting is taken, and for the one that
 * is there. The figures are expectations, of people whose names are made up independently of each other.
 */

/**
 * Tokens of one person with a given name of eight letters and a family name of seven: their beginnings of
 * three letters and more, and those of both written together.
 */
const TOKENS_PER_PERSON = 15
/** One in so many people has the commonest family name, and the commonest given name (US census). */
const COMMONEST_FAMILY = 120
const COMMONEST_GIVEN = 60
/** Fewer people to a token than this hide nobody. */
const FEWEST_TO_A_TOKEN = 4
/** More who are opened for nothing than this leave too little of what one search opens. */
const MOST_OPENED_FOR_NOTHING = 250
const MOST_BITS = 128

/** What one search opens: those who are meant, and those whom a token brings in by chance. */
export interface SearchCost {
  readonly meant: number
  readonly byChance: number
}

export interface SearchPlan {
  readonly population: number
  readonly bits: number
  /** How many people share a token, were all their names different. */
  readonly peoplePerToken: number
  /** By one word, and by given name and family name, that nobody or one person has. */
  readonly rareWord: SearchCost
  readonly rareName: SearchCost
  /** By the commonest family name, and by the commonest given name and family name. */
  readonly commonWord: SearchCost
  readonly commonName: SearchCost
  /** How many people chance puts beside each token. */
  readonly chance: number
  /**
   * A beginning of a name that more people have than this stands out of chance (three standard deviations):
   * by public lists of names its token tells which it is.
   */
  readonly standsOutAbove: number
  /** Why the setting is not to be taken, in a word; null where nothing is against it. */
  readonly unsafe: 'too-few-share' | 'too-many-opened' | null
}

/**
 * The plan of `population` people whose name tokens have `bits` bits. Throws `invalid-argument` for what is
 * no count or no length of a token.
 */
export const planNameSearch = (population: number, bits: number = truncationBits(population)): SearchPlan => {
  if (!Number.isSafeInteger(population) || population < 1)
    throw new CryptoError('invalid-argument', 'a population is a whole number above 0')
  if (!Number.isInteger(bits) || bits < 1 || bits > MOST_BITS)
    throw new CryptoError('invalid-argument', 'a token has 1 to 128 bits')
  const tokens = 2 ** bits
  // That one of a person's tokens is, by chance, the one that is looked for.
  const falsely = 1 - (1 - 1 / tokens) ** TOKENS_PER_PERSON
  const chance = population * falsely
  const [family, given] = [1 / COMMONEST_FAMILY, 1 / COMMONEST_GIVEN]
  const peoplePerToken = population / tokens
  return {
    population,
    bits,
    peoplePerToken,
    rareWord: { meant: 1, byChance: chance },
    rareName: { meant: 1, byChance: population * falsely ** 2 },
    commonWord: { meant: population * family, byChance: chance * (1 - family) },
    commonName: {
      meant: population * family * given,
      byChance: population * (falsely * (family + given) + falsely ** 2),
    },
    chance,
    standsOutAbove: chance + 3 * Math.sqrt(chance),
    unsafe:
      peoplePerToken < FEWEST_TO_A_TOKEN
        ? 'too-few-share'
        : chance > MOST_OPENED_FOR_NOTHING
          ? 'too-many-opened'
          : null,
  }
}

/** The sentence for whoever has chosen an unsafe setting: what is wrong, in figures, and what to do. */
export const unsafePlanSays = ({
  population,
  bits,
  peoplePerToken,
  chance,
  unsafe,
}: SearchPlan): string | null => {
  if (unsafe === null) return null
  const better = truncationBits(population)
  const instead =
    planNameSearch(population, better).unsafe === null
      ? `${better} bits are right for so many.`
      : `Plan for ${FEWEST_TO_A_TOKEN * 2} patients at least.`
  const says =
    unsafe === 'too-few-share'
      ? `of ${population} patients only ${peoplePerToken.toFixed(1)} would share a name token of ${bits} bits, so that it hides nobody`
      : `with ${population} patients a search by name would open ${Math.round(chance)} of them for nothing by tokens of ${bits} bits`
  return `${says}. ${instead}`
}
