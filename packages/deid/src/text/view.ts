/**
 * A text as the rules read it: letters without accents, digits of any script as 0-9, one kind of dash, quote
 * and space, nothing invisible. Case stays. `starts` says for each UTF-16 unit of the view where in the
 * source it comes from, with the source's length at its end, so that a span of the view is a span of the
 * source with all its marks and joiners.
 */
export interface View {
  readonly text: string
  readonly starts: Uint32Array
}

/** Latin letters that Unicode doesn't take apart, and a sign that is typed for a letter. */
const LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  Ø: 'O',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ß: 'ss',
  ẞ: 'SS',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  ħ: 'h',
  Ħ: 'H',
  ŧ: 't',
  Ŧ: 'T',
  ŋ: 'n',
  Ŋ: 'N',
  '∆': 'Δ',
}

const DROPPED = /\p{M}|\p{Cf}|[\u115f\u1160\u3164\uffa0]/u
const QUOTES = /['‘’‚‛′´`ʹʻʼʽ＇]/u
const DOUBLE_QUOTES = /[“”„‟«»″]/u
/** Signs whose compatibility form is made of letters: `Lipitor™` is not the word LipitorTM. */
const MARKS = /[™®©℠]/u

/**
 * The value of a decimal digit of any script: digits of a script are ten code points in a row, from 0 to 9.
 */
const digitOf = (code: number): string => {
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++
  return String(value)
}

const foldOne = (character: string): string => {
  const own = LETTERS[character]
  if (own !== undefined) return own
  if (QUOTES.test(character)) return "'"
  if (DOUBLE_QUOTES.test(character)) return '"'
  if (MARKS.test(character) || /[\p{Zs}\u2028\u2029]/u.test(character)) return ' '
  if (/[\p{Pd}−⁃]/u.test(character)) return '-'
  if (DROPPED.test(character)) return ''
  let folded = ''
  for (const part of character.normalize('NFKD')) {
    if (DROPPED.test(part)) continue
    folded +=
      part > '\u007f' && /\p{Nd}/u.test(part) ? digitOf(part.codePointAt(0) ?? 0) : (LETTERS[part] ?? part)
  }
  return folded
}

/** Linear in the text. Each different character is folded once. */
export const viewOf = (source: string): View => {
  const folds = new Map<number, string>()
  const pieces: string[] = []
  let starts = new Uint32Array(source.length + 1)
  let length = 0
  const push = (folded: string, at: number): void => {
    if (length + folded.length >= starts.length) {
      const larger = new Uint32Array((starts.length + folded.length) * 2)
      larger.set(starts)
      starts = larger
    }
    for (let unit = 0; unit < folded.length; unit++) starts[length++] = at
    pieces.push(folded)
  }
  for (let at = 0; at < source.length; ) {
    const code = source.codePointAt(at) ?? 0
    const width = code > 0xffff ? 2 : 1
    if (code < 0x80) {
      push(code === 0x60 ? "'" : source.charAt(at), at)
    } else {
      const known = folds.get(code)
      const folded = known ?? foldOne(source.slice(at, at + width))
      if (known === undefined) folds.set(code, folded)
      push(folded, at)
    }
    at += width
  }
  starts[length] = source.length
  return { text: pieces.join(''), starts: starts.subarray(0, length + 1) }
}
