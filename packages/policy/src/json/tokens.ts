const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const MINUS = 0x2d
const DOT = 0x2e
const ZERO = 0x30
const NINE = 0x39

/** https://www.rfc-editor.org/rfc/rfc8259#section-6 */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

export const isNumber = (text: string): boolean => NUMBER.test(text)

export const isSpace = (char: number): boolean =>
  char === 0x20 || char === 0x0a || char === 0x0d || char === 0x09
export const isDigit = (char: number): boolean => char >= ZERO && char <= NINE
const isExponent = (char: number): boolean => char === 0x65 || char === 0x45
const isOfNumber = (char: number): boolean =>
  isDigit(char) || char === DOT || char === MINUS || char === 0x2b || isExponent(char)

/** The first place from `at` on that is no white space. */
export const skipSpace = (text: string, at: number): number => {
  let next = at
  while (isSpace(text.charCodeAt(next))) next += 1
  return next
}

/** Where the number that begins at `at` ends. */
export const numberEnd = (text: string, at: number): number => {
  let end = at + 1
  while (isOfNumber(text.charCodeAt(end))) end += 1
  return end
}

/**
 * Where the string whose quote stands at `at` ends, behind its closing quote; the text's end where it has
 * none.
 */
const stringEnd = (text: string, at: number): number => {
  for (let end = text.indexOf('"', at + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let first = end
    while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1
    if ((end - first) % 2 === 0) return end + 1
  }
  return text.length
}

/** Whether a double gives the digits back that it was read from. False also for what is no number of JSON. */
export const survives = (digits: string): boolean => String(Number(digits)) === digits

/**
 * Whether the number at `at` survives being a double. Most are told without making one: fifteen significant
 * digits always come back (IEEE 754), unless they end in zeros, have an exponent, or are so small that
 * ECMAScript writes one (Number::toString).
 */
export const survivesAt = (text: string, at: number): boolean => {
  const first = text.charCodeAt(at) === MINUS ? at + 1 : at
  let end = first
  let isFraction = false
  for (let char = text.charCodeAt(end); isDigit(char) || char === DOT; char = text.charCodeAt(++end)) {
    isFraction ||= char === DOT
  }
  const isPlain =
    end - first < 16 &&
    !isExponent(text.charCodeAt(end)) &&
    (text.charCodeAt(first) !== ZERO || (first === at && !text.startsWith('.000000', first + 1))) &&
    !(isFraction && text.charCodeAt(end - 1) === ZERO)
  return isPlain || survives(text.slice(at, numberEnd(text, at)))
}

/** What is told of a JSON text by `readTokens`, in the order of the text. */
export interface TokenReader {
  /** A name of an object's member, with its quotes and escapes. */
  readonly key?: (start: number, end: number) => void
  /** A string that is a value, quotes included. */
  readonly string?: (start: number, end: number) => void
  /** A number; never text in which a number and something else stand together. */
  readonly number?: (start: number, end: number) => void
  /** One of `{ } [ ] ,`. */
  readonly mark?: (char: string) => void
}

/**
 * Walks a JSON text token by token. It does not prove that the text is JSON, which is `JSON.parse`'s to say;
 * in one that is, what it tells is exact, whatever the strings hold.
 */
export const readTokens = (text: string, reader: TokenReader): void => {
  let at = 0
  while (at < text.length) {
    const char = text.charCodeAt(at)
    if (char === QUOTE) {
      const end = stringEnd(text, at)
      if (text.charCodeAt(skipSpace(text, end)) === COLON) reader.key?.(at, end)
      else reader.string?.(at, end)
      at = end
    } else if (char === MINUS || isDigit(char)) {
      const end = numberEnd(text, at)
      const isValue = text.charCodeAt(skipSpace(text, end)) !== COLON && isNumber(text.slice(at, end))
      if (isValue) reader.number?.(at, end)
      at = end
    } else {
      if (char === 0x7b || char === 0x7d || char === 0x5b || char === 0x5d || char === 0x2c)
        reader.mark?.(text.charAt(at))
      at += 1
    }
  }
}
