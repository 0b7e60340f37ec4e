/**
 * What systems write where they have no identifier: HL7 v2 and FHIR null flavours, and the words of people.
 * Compared by their letters alone, so that `N/A`, `n.a.` and `NA` are one.
 */
const WORDS: ReadonlySet<string> = new Set([
  'NA',
  'NAN',
  'NASK',
  'ASKU',
  'NI',
  'NIL',
  'NONE',
  'NOTAVAILABLE',
  'NOTAPPLICABLE',
  'NOTKNOWN',
  'NOTPROVIDED',
  'NOID',
  'NOMRN',
  'NOSSN',
  'NULL',
  'OTH',
  'PENDING',
  'REFUSED',
  'TBA',
  'TBD',
  'UNASSIGNED',
  'UNDEFINED',
  'UNK',
  'UNKNOWN',
  'UNSPECIFIED',
  'X',
  'XX',
  'XXX',
])

/** Zeros of any length; the same digit or letter nine times and more, which no authority gives out. */
const FILLER = /^(?:0+|(\p{L}|\p{N})\1{8,})$/u

/**
 * Whether an identifier stands for there being none (`-`, `???`, `N/A`, zeros): many people have the same, so
 * that nobody is found by it.
 */
export const isPlaceholder = (value: string): boolean => {
  const bare = value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
  return bare === '' || WORDS.has(bare) || FILLER.test(bare)
}
