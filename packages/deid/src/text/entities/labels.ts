import type { ScrubCategory } from '../spans.ts'
import type { Reading } from './reading.ts'

/**
 * Fields of a form, by what their value is. The value goes to the end of the line, a semicolon, or the next
 * label.
 */
const LABELS: readonly (readonly [category: ScrubCategory, labels: string])[] = [
  [
    'NAME',
    "(?:patient|pt|full|first|last|middle|family|given|maiden|father'?s|mother'?s|spouse'?s?|guardian'?s?|provider|physician|doctor|contact) names?|name|surname|patient|attending(?: physician)?|referring(?: physician| provider)?|pcp|provider|physician|surgeon|emergency contact|next of kin|nok|guardian|spouse|signed(?: by)?|dictated by|reviewed by|cosigned by|electronically signed by|author|ordered by|requested by|seen by",
  ],
  [
    'ADDRESS',
    '(?:home |street |mailing |billing |postal |current |work )?address|residence|zip(?: ?code)?|post(?:al)? ?code|postcode',
  ],
  ['LOCATION', 'city|town|county|state|country|place of birth|birthplace|hometown|province'],
  ['DATE', '(?:date of birth|d\\.?o\\.?b\\.?|birth ?date|birthday|date of death|d\\.?o\\.?d\\.?)'],
  [
    'ORGANIZATION',
    'employer|company|organization|organisation|facility|hospital|clinic|school|insurance(?: company)?|payer|payor|pharmacy',
  ],
  [
    'PHONE',
    '(?:home |work |cell |mobile )?(?:phone|telephone|fax|mobile|cell|pager)(?: ?(?:no\\.?|number|#))?',
  ],
]

const PATTERNS = LABELS.map(
  ([category, labels]) =>
    [
      category,
      new RegExp(
        `(?<=^|[\\n;|(,.>]|  |\\* ?|- ?)[ \\t>*•-]{0,4}(?:${labels}) ?[:=] ?(?<value>[^\\n;|:]{1,80})`,
        'giud',
      ),
    ] as const,
)

/**
 * A value stops before the next label (`Name: Ann Lee DOB: …`), before two spaces, and where a sentence
 * begins.
 */
const VALUE_ENDS =
  /\s{2,}|\t|(?<=\p{Ll}{3}|\d)\. |, (?:is|was|has|who|with|presents)\b| - | {1,2}\p{L}[\p{L} ]{0,24}(?=:)/u

/** How sure the words of a value are to be what the label says. Prose after a colon is not. */
const isValue = (value: string, category: ScrubCategory, casing: Reading['casing']): boolean => {
  const words = value.match(/\p{L}+/gu) ?? []
  if (category === 'PHONE' || category === 'DATE') return /\d/.test(value)
  if (
    /^(?:none|n\/?a|unknown|not (?:known|on file|available|given)|same|denies|declined|see |as above|no |yes|negative|normal|stable)\b/i.test(
      value,
    )
  )
    return false
  if (category === 'ADDRESS') return /\d/.test(value) || words.length <= 6
  if (words.length > 6) return false
  return casing !== 'mixed' || words.every((word) => /^\p{Lu}/u.test(word) || word.length <= 3)
}

export const claimLabelled = ({ text, claims, casing }: Reading): void => {
  for (const [category, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const range = match.indices?.groups?.value
      if (range === undefined) continue
      const [start, limit] = range
      let value = text.slice(start, limit)
      if (text.charAt(limit) === ':') value = value.replace(/ ?[\p{L}/]+(?: \p{L}+)?$/u, '')
      const stop = value.search(VALUE_ENDS)
      if (stop >= 0) value = value.slice(0, stop)
      value = value.trimEnd().replace(/[.,]+$/, '')
      const end = start + value.length
      if (value !== '' && isValue(value, category, casing)) claims.claim(start, end, category)
    }
  }
}
