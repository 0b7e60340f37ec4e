import { type ClaimedText, claimMatches, groupOf } from '../claimed-text.ts'

const FREE = '(?<![\\p{L}\\p{N}])'
const END = '(?![\\p{L}\\p{N}])'
const GAP = '[ ,.\\n-]{1,3}'
const YEAR = '(?:1[89]\\d\\d|20\\d\\d|21\\d\\d)'
const SHORT_YEAR = "'?\\d\\d"
const DAY = '(?:0?[1-9]|[12]\\d|3[01])'
const MONTH_NUMBER = '(?:0?[1-9]|1[0-2])'
const ORDINAL_DAY = `${DAY}(?: ?(?:st|nd|rd|th))?`
const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)'
/**
 * Months in German, French, Spanish, Portuguese, Italian and Dutch, without accents; taken beside a day or a
 * year.
 */
const FOREIGN_MONTH =
  '(?:januar|janner|februar|marz|mai|juni|juli|oktober|dezember|janvier|fevrier|mars|avril|juin|juillet|aout|septembre|octobre|novembre|decembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|janeiro|fevereiro|marco|maio|junho|julho|setembro|outubro|novembro|dezembro|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|januari|februari|maart|mei|augustus)'
const ANY_MONTH = `(?:${MONTH}\\.?|${FOREIGN_MONTH})`
const OF = '(?: (?:of|de|di|del)(?: the)?)?'
const DAY_WORD =
  '(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|twenty[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirty[ -]first)'
const TENS = '(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)'
const ONES = '(?:one|two|three|four|five|six|seven|eight|nine)'
const TEENS =
  '(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|hundred|oh[ -](?:one|two|three|four|five|six|seven|eight|nine))'
const YEAR_WORDS = `(?:(?:eighteen|nineteen|twenty)[ -](?:${TENS}(?:[ -]${ONES})?|${TEENS})|two thousand(?: and)?(?: (?:${TENS}(?:[ -]${ONES})?|${TEENS}|${ONES}))?)`

const CLOCK = '(?:[01]?\\d|2[0-4])(?:[:.h][0-5]\\d){1,2}(?:[.,]\\d{1,6})?'
const HALF_DAY = '(?: ?[ap]\\.?m\\.?(?![a-z]))'
const ZONE = '(?: ?(?:Z|UTC|GMT|[ECMP][SD]T|[+-]\\d\\d:?\\d\\d))'
const TIME_AFTER = `(?:(?:T|,? (?:at )?| - )${CLOCK}${HALF_DAY}?${ZONE}?(?![\\p{L}\\p{N}]))?`

const pattern = (source: string, flags = 'giu'): RegExp => new RegExp(FREE + source + END, flags)

const DATES: readonly RegExp[] = [
  // 2019-05-06, 2019/5/6, 2019.05.06, 2019-05-06T10:11:12Z
  new RegExp(`${FREE}${YEAR}([-/.])${MONTH_NUMBER}\\1${DAY}(?!\\d)${TIME_AFTER}`, 'giu'),
  // 5/6/2019, 06.05.2019, 5-6-19
  new RegExp(
    `${FREE}(?:${DAY}([-/.])${MONTH_NUMBER}|${MONTH_NUMBER}([-/.])${DAY})(?:\\1|\\2)(?:${YEAR}|\\d\\d)(?!\\d)(?![./-]\\d)${TIME_AFTER}`,
    'giu',
  ),
  // 06/05/2019 with any separators, spaces as well: 06 05 2019
  pattern(`${DAY} ?[-/. ] ?${DAY} ?[-/. ] ?${YEAR}`),
  // 6 May 2019, 6th of May, 06-May-19, 6. Mai 2019
  pattern(
    `${ORDINAL_DAY}\\.?${OF}[ ./-]{0,2}${ANY_MONTH}(?:${OF}[ ,./-]{1,3}(?:${YEAR}|${SHORT_YEAR}(?![\\d/.:])|${YEAR_WORDS}))?`,
  ),
  // May 6, 2019; May 6th; Mai 2019; May '19
  pattern(
    `${ANY_MONTH}[ ./-]{1,2}(?:the )?(?:${ORDINAL_DAY}|${DAY_WORD})(?![\\d/:])(?:${GAP}(?:${YEAR}|${YEAR_WORDS}|'\\d\\d))?(?! ?(?:mg|ml|mcg|%))`,
  ),
  pattern(`${ANY_MONTH}(?: of)?[ ,./-]{1,3}(?:${YEAR}|'\\d\\d|${YEAR_WORDS})`),
  // the fifth of May (two thousand nineteen)
  pattern(`(?:the )?${DAY_WORD}(?: day)? of ${ANY_MONTH}(?:,? (?:${YEAR}|${YEAR_WORDS}))?`),
  // 2019-05, 05/2019
  new RegExp(`${FREE}${YEAR}[-/](?:0[1-9]|1[0-2])(?![\\p{L}\\p{N}/-])`, 'gu'),
  pattern(`${MONTH_NUMBER}[-/]${YEAR}`),
  // 20190506
  pattern('(?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?:T?\\d{4,6})?'),
  // nineteen ninety-eight, after a word that dates
  pattern(`(?:(?:in|since|of|until|from|year|by) )${YEAR_WORDS}`),
  // Q3 2019, summer '19
  pattern(`(?:spring|summer|autumn|fall|winter|q[1-4])(?: of)? '\\d\\d`),
  pattern(
    "(?:christmas(?: (?:eve|day))?|new year'?s?(?: (?:eve|day))|thanksgiving(?: day)?|halloween|independence day|fourth of july|labor day|memorial day|valentine'?s day|mother'?s day|father'?s day|veterans'? day|good friday|easter(?: (?:sunday|monday))?|st\\.? patrick'?s day|ramadan|eid(?: al-\\p{L}{3,5})?|hanukkah|passover|yom kippur|rosh hashanah|diwali|boxing day|bastille day|columbus day|presidents'? day|mlk day|juneteenth|cinco de mayo)",
  ),
]

/** A month alone is a date with a capital, after a word that dates; May and March need that word always. */
const MONTH_ALONE = new RegExp(
  `(?<=(?<!\\p{L})(?:in|since|until|till|by|of|from|to|through|during|last|next|this|early|late|mid|between|before|after|around|and|mid-)[ -])(?:${MONTH})${END}`,
  'giu',
)
const SURE_MONTH =
  /(?<!\p{L})(?:January|February|April|June|July|August|September|October|November|December|Jan\.|Feb\.|Apr\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)(?!\p{L})/gu

/** Weekdays with a capital; the short ones, which are words as well, before a date's sign. */
const WEEKDAY =
  /(?<!\p{L})(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?=[.,] |,? \d))(?!\p{L})/gu

const TIMES: readonly RegExp[] = [
  new RegExp(
    `${FREE}(?:[01]?\\d|2[0-4]):[0-5]\\d(?::[0-5]\\d)?(?:[.,]\\d{1,6})?${HALF_DAY}?${ZONE}?(?![\\p{L}\\p{N}:/])`,
    'giu',
  ),
  new RegExp(`${FREE}(?:1[0-2]|0?[1-9])(?:[.:][0-5]\\d)?${HALF_DAY}`, 'giu'),
  pattern("(?:1[0-2]|[1-9]) o'clock"),
  pattern('(?:[01]\\d|2[0-3])[0-5]\\d ?(?:hrs|hours|h)'),
  /(?<=(?<!\p{L})(?:at|@|around|by|until|time:?) )(?:[01]\d|2[0-3])[0-5]\d(?![\p{L}\p{N}.,/%]| ?(?:ml|cc|mg|units|kcal|cal))/giu,
]

/** Day and month alone, `3/14`: told from a fraction, a score or a strength by the words around it. */
const SHORT_DATE = /(?<![\p{L}\p{N}/.-])(?<a>\d{1,2})[/](?<b>\d{1,2})(?![\p{L}\p{N}/%]|[.,]\d|-\d)/gu
const DATING =
  /(?:\b(?:on|since|until|till|by|from|dated?|due|thru|through|between|before|after|last|next|seen|admitted|discharged|scheduled|visit|appointment|starting|started|ending|ended|effective|collected|drawn|performed|received|given|placed|removed|done|born|dos|as of|week of|night of|morning of|evening of|day of|mon|tue|tues|wed|thu|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)[ ,:]{0,3}|(?:^|\n)[ *-]{0,4})$/i
/** Between two dates: `from 3/14 to 3/20`, `3/14 - 3/20`. */
const RANGE = /\d{1,2}\/\d{1,2} ?(?:-|to|and|through|thru|,) ?$/i
const SCORED =
  /\b(?:pain|strength|power|motor|murmur|scale|score|severity|rated|rates|reflexes|dtrs?|pulses|grade|intensity|quality|vision|acuity|bp|pressure|sensation|edema)\b/i
const SCORED_AFTER =
  /^ {0,2}(?:\b(?:pain|strength|power|motor|murmur|systolic|diastolic|tablets?|tabs?|dose|of|throughout|bilaterally|in|intensity|scale|severity|points?|stars|criteria|bottles|positive|negative|cultures?|pulses|reflexes|edema|mile|cup|inch|lb|day|ounces?)\b)/i

const claimShortDates = ({ text, claims }: ClaimedText): void => {
  for (const match of text.matchAll(SHORT_DATE)) {
    const [a, b] = [Number(match.groups?.a), Number(match.groups?.b)]
    const { index } = match
    const end = index + match[0].length
    if (!((a >= 1 && a <= 12 && b >= 1 && b <= 31) || (b >= 1 && b <= 12 && a >= 1 && a <= 31))) continue
    const before = text.slice(Math.max(0, index - 24), index)
    const ranged =
      RANGE.test(before) && claims.at(index - before.length + (RANGE.exec(before)?.index ?? 0)) !== null
    if (!DATING.test(before) && !ranged) continue
    if (SCORED.test(before) || SCORED_AFTER.test(text.slice(end, end + 16))) continue
    claims.claim(index, end, 'DATE')
  }
}

/** A year alone. Values with a unit or the name of a measurement are protected before. */
const YEAR_ALONE =
  /(?<![\p{L}\p{N}.,/$€£#-]|[-+=<>] )(?:19\d\d|20\d\d)(?:s(?!\p{L})|'s)?(?![\p{L}\p{N}]|[.,/]\d|-\d{3})/gu
const SHORT_YEAR_ALONE = pattern("(?:in|since|of|from|summer|fall|winter|spring) (?<year>'\\d\\d)", 'giud')

/** Dates of every form, clock times, holidays and, by `years`, years that stand alone. */
export const claimDates = (claimed: ClaimedText, years: boolean): void => {
  for (const date of DATES) claimMatches(claimed, date, 'DATE')
  claimShortDates(claimed)
  for (const time of TIMES) claimMatches(claimed, time, 'DATE')
  claimMatches(claimed, MONTH_ALONE, 'DATE', (match) =>
    // "from may" and "to march" are verbs without their capital.
    /^[a-z]/.test(match[0]) && /^(?:may|march|mar|dec|sep|jan|jun)$/i.test(match[0])
      ? null
      : [match.index, match.index + match[0].length],
  )
  claimMatches(claimed, SURE_MONTH, 'DATE')
  claimMatches(claimed, WEEKDAY, 'DATE')
  if (!years) return
  claimMatches(claimed, YEAR_ALONE, 'DATE')
  claimMatches(claimed, SHORT_YEAR_ALONE, 'DATE', groupOf('year'))
}
