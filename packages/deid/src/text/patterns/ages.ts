import { type ClaimedText, claimMatches, groupOf } from '../claimed-text.ts'

const NUMBER = '(?:1[01]\\d|\\d{1,2})(?:[.,]5|½)?'
const TENS = '(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)'
const WORDS = `(?:${TENS}(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:a |one )?hundred(?: and)?(?: ${TENS}| (?:one|two|three|four|five|six|seven|eight|nine|ten))?)`
const AGE = `(?<age>${NUMBER}|${WORDS})`
const FREE = '(?<![\\p{L}\\p{N}./])'
const END = '(?![\\p{L}\\p{N}])'
const UNIT = '(?:years?|yrs?\\.?|y|months?|mos?\\.?|weeks?|wks?\\.?|days?)'

const AGES: readonly RegExp[] = [
  // 79 year old, 79-year-old, 79 yr. old, six months old
  new RegExp(`${FREE}${AGE}[ -]{0,2}${UNIT}[ -]{1,2}olds?${END}`, 'giud'),
  // 79 y/o, 79yo, 79 y.o., 79yoM, 79F
  new RegExp(`${FREE}${AGE} ?-?(?:y/o|yo|y\\.o\\.?|yr/o|m/o|mo/o|d/o|w/o)(?:[mf]\\b)?(?!\\p{L})`, 'giud'),
  new RegExp(`${FREE}(?<age>\\d{1,3}) ?(?:[MF]|[WBHA][MF])(?![\\p{L}\\p{N}/])`, 'gud'),
  // aged 79, age: 79, age of 79, ages 3 to 5
  new RegExp(
    `(?<!\\p{L})(?:aged?|ages)(?: (?:is|was|of|about|around|approximately))?(?: ?[:=] ?| )${AGE}(?! ?(?:mg|ml|%))${END}`,
    'giud',
  ),
  new RegExp(`${FREE}${AGE} ${UNIT} of age${END}`, 'giud'),
  // turned 79, turning 80, (s)he is 79; I'm 79
  new RegExp(
    `(?<!\\p{L})(?:turn(?:ed|ing|s)?|just hit|celebrated h(?:er|is)) ${AGE}(?:st|nd|rd|th)?(?! ?[-%/]|[.,]\\d| (?:to|over|in|and|blue|red|pale)\\b)${END}`,
    'giud',
  ),
  /(?<!\p{L})(?:(?:when|since|while|until|before|after) )?(?:he|she|they|i|you|patient|pt)(?:'s|'m|'re| is| was| am| were| are)(?: (?:now|only|just|about|almost|nearly))? (?<age>1[01]\d|[1-9]\d?)(?=[.,;:!?)]|$|\n| (?:and|when|at|but|now|then|or|with)(?!\p{L}))(?![.,]\d)/dgiu,
]
/** `died at 92`, `diagnosed at age 40`. */
const EVENT =
  /(?<!\p{L})(?:died|deceased|diagnosed|passed(?: away)?|onset|menarche|menopause|married|retired|pregnant|born|cancer|stroke|mi|cva)(?: \p{L}{1,12}){0,3} at (?<age>1[01]\d|[1-9]\d)(?![\p{L}\p{N}.,:/%-]\d| ?(?:weeks|mg|ml|%|hours))/dgiu

/** A decade of life over 89 tells an age over 89. */
const DECADE =
  /(?<!\p{L})(?:in|into) (?:his|her|their|my|your) (?:(?:early|mid|late)[ -])?(?<age>\d0'?s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)(?![\p{L}\p{N}])/dgiu

/** Ages in digits and words. Only the number is claimed: what is said of it stays. */
export const claimAges = (claimed: ClaimedText): void => {
  for (const age of AGES) claimMatches(claimed, age, 'AGE', groupOf('age'))
  claimMatches(claimed, EVENT, 'AGE', groupOf('age'))
  claimMatches(claimed, DECADE, 'AGE', groupOf('age'))
}
