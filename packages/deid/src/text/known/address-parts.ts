import { lexicon } from '../lexicon.ts'
import { viewOf } from '../view.ts'

/** What is written both ways (USPS Publication 28). */
const ALIKE =
  `street st;avenue ave;road rd;drive dr;lane ln;boulevard blvd;court ct;place pl;terrace ter;circle cir;highway hwy;parkway pkwy;square sq;trail trl;
north n;south s;east e;west w;northeast ne;northwest nw;southeast se;southwest sw;saint st;mount mt;fort ft;heights hts;strasse str`
    .split(/[;\s]+/)
    .reduce<Map<string, string[]>>((alike, word, index, words) => {
      const other = words[index % 2 === 0 ? index + 1 : index - 1]
      if (other !== undefined) alike.set(word, [...(alike.get(word) ?? []), other])
      return alike
    }, new Map())

const UNIT = /[\s,]+(?:apt|apartment|unit|suite|ste|floor|fl|room|rm|#)\.?\s*#?\s*[\p{L}\p{N}-]{0,6}$/iu
const MOST_SPELLINGS = 16

/** A line in all its spellings: 12 Main St, 12 Main Street. */
const spellings = (line: string): string[] => {
  let lines = ['']
  for (const word of line.split(/\s+/)) {
    const folded = viewOf(word).text.toLowerCase().replace(/\.$/, '')
    const forms = [word, ...(ALIKE.get(folded) ?? [])]
    lines = lines.flatMap((begun) => forms.map((form) => `${begun} ${form}`)).slice(0, MOST_SPELLINGS)
  }
  return lines.map((spelled) => spelled.trim())
}

/** A street's name without its number and its kind; null where it is a word that a text may need. */
const bareStreet = (street: string): string | null => {
  const { streetTypes, isWord, isTerm } = lexicon()
  const words = street.split(/\s+/).filter((word) => !streetTypes.has(word.toLowerCase().replace(/\.$/, '')))
  const meant = words.filter((word) => {
    const folded = viewOf(word).text.toLowerCase()
    return !isWord(folded) && !isTerm(folded)
  })
  return meant.length > 0 && words.join('').length >= 4 ? words.join(' ') : null
}

const partsOfLine = (line: string): string[] => {
  const whole = line.trim()
  const street = whole.replace(UNIT, '')
  const [, number, rest] = /^(\p{N}+\p{L}?)\s+(.+)$/u.exec(street) ?? []
  const [, lead] = /^(.+?)\s+(\p{N}+\p{L}?)\.?$/u.exec(street) ?? []
  const parts = [whole, ...spellings(street)]
  const name = rest ?? lead
  if (name !== undefined) {
    const bare = bareStreet(name)
    // "Main Street" without its number; "Main" alone is a word like any other.
    if (name.includes(' ') || bare !== null) parts.push(...spellings(name))
    if (bare !== null) parts.push(bare)
    if (number !== undefined) {
      const first = name.split(/\s+/)[0] ?? ''
      parts.push(`${number} ${first}`)
    }
  }
  // Salem MA 01970-1234: the town, the state, the code, the code's first five digits.
  const [, town, state, code, short] =
    /^(.*?)[\s,]*(?:\b(\p{Lu}{2,3})\b)?[\s,]*((\p{N}{4,6})(?:[ -]?\p{N}{3,4})?)$/u.exec(whole) ?? []
  if (code !== undefined) parts.push(code)
  if (short !== undefined) parts.push(short)
  if (state !== undefined) parts.push(state)
  if (town !== undefined && !/\p{N}/u.test(town)) parts.push(town)
  return parts
}

/** An address, its lines, and of each line the parts by which it could be known. */
export const addressParts = (address: string): string[] => [
  address,
  ...spellings(address),
  ...address.split(/[,;\n]+/).flatMap(partsOfLine),
]
