/** How a word is written. Words of scripts without case, and numbers, have shapes of their own. */
export type Shape = 'lower' | 'title' | 'upper' | 'mixed' | 'caseless' | 'number'

/** What stands before a token; the first that holds. */
export type Gap =
  /** Nothing: the token goes on from the one before, `B12`. */
  | 'none'
  | 'space'
  | 'hyphen'
  | 'comma'
  /** A full stop and a space; after an abbreviation or an initial it ends no sentence. */
  | 'dot'
  | 'line'
  /** A bracket that opens or closes within a line: `Wien (Vienna) 1010`. */
  | 'bracket'
  /** The end of a sentence, a colon, a quote, a bullet. */
  | 'break'
  | 'other'

export interface Token {
  readonly start: number
  readonly end: number
  /** Lower case, without the ending 's. */
  readonly word: string
  readonly shape: Shape
  readonly gap: Gap
  readonly possessive: boolean
}

/** Letters with apostrophes between them; or digits. Both are runs, so finding them is linear. */
const TOKEN = /\p{L}+(?:'\p{L}+)*|\p{N}+/gu
const POSSESSIVE = /'s?$/

const shapeOf = (written: string): Shape => {
  const first = written.charCodeAt(0)
  if (first >= 48 && first <= 57) return 'number'
  const lower = written.toLowerCase()
  const upper = written.toUpperCase()
  if (lower === upper) return /^\p{N}/u.test(written) ? 'number' : 'caseless'
  if (written === lower) return 'lower'
  if (written === upper) return written.length === 1 ? 'title' : 'upper'
  const rest = written.slice(1)
  return written.charAt(0) === upper.charAt(0) && rest === rest.toLowerCase() ? 'title' : 'mixed'
}

const gapOf = (between: string): Gap => {
  if (between === '') return 'none'
  if (between === '-') return 'hyphen'
  if (/[\n\r]/.test(between)) return 'line'
  if (/^\.? *$/.test(between)) return between.startsWith('.') ? 'dot' : 'space'
  if (/^\s+$/.test(between)) return 'space'
  if (/^,\s*$/.test(between)) return 'comma'
  if (/^ ?[()[\]] ?$/.test(between)) return 'bracket'
  return /[.!?:;"([{<>*•|]/.test(between) ? 'break' : 'other'
}

/**
 * The words and numbers of a view, in order. What lies between two tokens is told to eight units, enough to
 * judge it.
 */
export const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = []
  let last = 0
  for (const match of text.matchAll(TOKEN)) {
    const [written] = match
    const start = match.index
    const bare = written.replace(POSSESSIVE, '')
    const possessive = bare.length < written.length
    const between = text.slice(last, start)
    tokens.push({
      start,
      end: start + written.length,
      word: bare.toLowerCase(),
      shape: shapeOf(bare),
      gap: tokens.length === 0 ? 'line' : gapOf(between),
      possessive,
    })
    last = start + written.length
  }
  return tokens
}
