/**
 * Normal forms for blind indexes: two spellings that a person would call the same give one token. A change
 * to any of these is a new index version, since stored tokens no longer match.
 */

/**
 * What people write for an apostrophe: quotation marks, primes, accents that stand alone, the letters that
 * transliterations have for a glottal stop, and those of Armenian, Hebrew and Saltillo. Before NFKC, which
 * makes a blank of some.
 */
const APOSTROPHES =
  /[\u0060\u00B4\u02B9-\u02BF\u02C8\u02CA\u02CB\u0384\u055A\u05F3\u05F4\u1FBD\u1FBF\u1FFD\u1FFE\u2018-\u201B\u2032\u2035\uA78B\uA78C\uFF07]/gu

/**
 * Marks that people leave out: accents of the Latin, Greek and Cyrillic scripts, vowel points of the Arabic,
 * Hebrew and Syriac. A vowel sign of Thai or Devanagari is no accent but a letter, and が is another than か.
 */
const ACCENTS =
  /[[\p{M}&&[\p{sc=Inherited}\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}\p{scx=Arabic}\p{scx=Hebrew}\p{scx=Syriac}]]--[\u3099\u309A]]/gv

/**
 * Letters whose stroke, ligature or form is no mark, so that decomposition leaves them as they are, by what
 * people write who lack them. Of Arabic the forms that Persian, Urdu and habit have for one letter, and the
 * tatweel, which only stretches.
 */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ŋ: 'ng' }),
  ...Object.entries({ ƀ: 'b', ɓ: 'b', ɗ: 'd', ƙ: 'k', ƴ: 'y', ə: 'e', ɛ: 'e', ɔ: 'o', ĸ: 'k' }),
  ...Object.entries({ ς: 'σ', ٱ: 'ا', ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه', ہ: 'ه', ھ: 'ه', ـ: '' }),
])

/** Katakana ァ to ヶ stand this far from the hiragana of the same sound. */
const KANA_APART = 0x60

/**
 * A text as it is compared where people look for people: NFKC, case folded, accents off, kinds of apostrophe
 * and of kana alike. `Ｏ’Brien-Łukasz` is `o'brien-lukasz`. A form of its own form is that form again.
 */
export const foldText = (text: string): string => {
  if (/^[ -_a-~]*$/.test(text)) return text.toLowerCase()
  const folded = foldCase(text.replace(APOSTROPHES, "'").normalize('NFKC'))
  const bare = foldCase(folded.normalize('NFKD').replace(ACCENTS, ''))
  return bare
    .replace(APOSTROPHES, "'")
    .replace(/[^\p{ASCII}]/gu, (letter) => PLAIN_LETTERS.get(letter) ?? letter)
    .replace(/[ァ-ヶ]/gu, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) - KANA_APART))
    .normalize('NFC')
}

/** A name as one word: folded, only letters and digits. `O’Brien-Łukasz 3` is `obrienlukasz3`. */
export const normaliseName = (name: string): string => nameParts(name).join('').normalize('NFC')

/**
 * The parts of a name that a person may know it by, in normal form and in their order: what stands between
 * blanks, hyphens, apostrophes and other marks, and what two ways of writing have written together.
 * `Ana O’Brien-Łukasz` is `ana`, `o`, `brien`, `lukasz`; `王 Wang` is `王`, `wang`.
 */
export const nameParts = (name: string): string[] => foldText(name).match(PARTS) ?? []

/** Scripts that put no blank between the parts of a name. */
const UNSPACED_LETTERS =
  '[[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}\\p{scx=Bopomofo}]&&[\\p{L}\\p{M}\\p{N}]]'
const UNSPACED = new RegExp(`^${UNSPACED_LETTERS}`, 'v')
const PARTS = new RegExp(
  `[${UNSPACED_LETTERS}--\\p{DI}]+|[[\\p{L}\\p{M}\\p{N}]--${UNSPACED_LETTERS}--\\p{DI}]+`,
  'gv',
)

/** Whether a part of a name is Han, kana, Hangul or Bopomofo, where each character may begin a name. */
export const isUnspaced = (part: string): boolean => UNSPACED.test(part)

/** An identifier such as an MRN, SSN or policy number: NFKC, upper case, only letters and digits. */
export const normaliseIdentifier = (value: string): string =>
  value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .normalize('NFC')

/** A phone number: its ASCII digits, full-width ones included. Country codes are kept as written. */
export const normaliseDigits = (value: string): string => value.normalize('NFKC').replace(/[^0-9]+/g, '')

/**
 * Unicode case folding by way of upper case (`ß` and `ss` meet there); final sigma would depend on
 * its neighbours.
 */
const foldCase = (text: string): string => text.toUpperCase().toLowerCase().replaceAll('ς', 'σ')
