/**
 * Endings and what the base form has in their place, longest first. `=` stands for a doubled consonant:
 * stopped, stop.
 */
const ENDINGS: readonly (readonly [ending: string, ...bases: string[]])[] = [
  ['ically', 'ic', 'ical'],
  ['iness', 'y'],
  ['ness', ''],
  ['less', ''],
  ['able', '', 'e'],
  ['ally', 'al', ''],
  ['ings', '', 'e', '='],
  ['ers', '', 'e', '='],
  ['ies', 'y'],
  ['ied', 'y'],
  ['ier', 'y'],
  ['iest', 'y'],
  ['ily', 'y'],
  ['bly', 'ble'],
  ['ing', '', 'e', '='],
  ['ize', '', 'y'],
  ['est', '', 'e', '='],
  ['ed', '', 'e', '='],
  ['er', '', 'e', '='],
  ['es', '', 'is'],
  ['ly', '', 'le'],
  ['s', ''],
]

const PREFIXES =
  `un re non pre post over under anti mis dis sub inter intra extra peri hyper hypo multi semi super trans
  ultra micro macro mid bi tri neo para auto fore out self ill co`.split(/\s+/)

const SHORTEST_BASE = 3
const SHORTEST_AFTER_PREFIX = 4
/**
 * `Becker` is not somebody who becks: -er and -est are taken off only where four letters or a doubled one
 * remain.
 */
const SHORTEST_COMPARED = 4

/** The base forms that an ending leaves, likeliest first. */
function* basesOf(word: string): Generator<string> {
  for (const [ending, ...bases] of ENDINGS) {
    if (!word.endsWith(ending)) continue
    const stem = word.slice(0, word.length - ending.length)
    const compared = ending === 'er' || ending === 'est' || ending === 'ers'
    for (const base of bases) {
      const doubled = stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : ''
      const form = base === '=' ? doubled : stem + base
      if (form.length >= (compared && base === '' ? SHORTEST_COMPARED : SHORTEST_BASE)) yield form
    }
  }
}

/**
 * True where `isBase` holds for a lower-case word or for what is left of it without an ending (twice at most:
 * walk-er-s) and a prefix. So a lexicon of base forms knows the inflected ones.
 */
export const isInflectionOf = (word: string, isBase: (form: string) => boolean): boolean => {
  const ends = (form: string, depth: number): boolean => {
    if (isBase(form)) return true
    if (depth === 0) return false
    for (const base of basesOf(form)) if (ends(base, depth - 1)) return true
    return false
  }
  if (ends(word, 2)) return true
  for (const prefix of PREFIXES) {
    const rest = word.slice(prefix.length)
    if (rest.length >= SHORTEST_AFTER_PREFIX && word.startsWith(prefix) && ends(rest, 1)) return true
  }
  return false
}
