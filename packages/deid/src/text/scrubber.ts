import type { ClaimedText } from './claimed-text.ts'
import { claimPointed } from './entities/acronyms.ts'
import { claimAddresses } from './entities/addresses.ts'
import { claimBlocks } from './entities/blocks.ts'
import { claimLabelled } from './entities/labels.ts'
import { claimNamedOrganizations, claimOrganizations } from './entities/organizations.ts'
import { claimPersons } from './entities/persons.ts'
import { claimPlacesAndGroups } from './entities/places.ts'
import { readingOf } from './entities/reading.ts'
import { claimKnown } from './known/claim-known.ts'
import type { KnownValues } from './known/values.ts'
import { claimAges } from './patterns/ages.ts'
import { protectClinicalNumbers } from './patterns/clinical-numbers.ts'
import { claimDates } from './patterns/dates.ts'
import { claimNetwork } from './patterns/network.ts'
import { claimLongNumbers, claimNumbers } from './patterns/numbers.ts'
import { claimPhones } from './patterns/phones.ts'
import { claimPostcodes } from './patterns/postcodes.ts'
import { Claims, mergeSpans, replaceSpans, type ScrubSpan } from './spans.ts'
import { tokensOf } from './tokens.ts'
import { type View, viewOf } from './view.ts'
import { casingOf, wordsOf } from './words.ts'

export interface ScrubberOptions {
  /** Years that stand alone: removed, unless `keep`. Dates more exact than a year always go. */
  readonly years?: 'remove' | 'keep'
}

export interface Scrubbed {
  /** The text with each span replaced by its category in brackets: `[NAME]`. */
  readonly text: string
  /** What was replaced, by its place in the source: sorted, disjoint. Holds no value. */
  readonly spans: readonly ScrubSpan[]
}

export interface Scrubber {
  /**
   * Replaces what may identify anybody: first all values of `known`, whatever stands around them, then
   * patterns (dates, numbers, contacts), then names, places and organisations by dictionaries and by their
   * capitals. Deterministic; time is linear in the text. When in doubt a word goes.
   */
  scrub(text: string, known?: KnownValues): Scrubbed
}

/** Spans of the view as spans of the source. A character that the view takes apart (㈎, ㎏) goes as a whole. */
const inSource = (spans: readonly ScrubSpan[], { starts }: View): ScrubSpan[] => {
  const found: ScrubSpan[] = []
  for (const { start, end, category } of spans) {
    let after = end
    while (after + 1 < starts.length && starts[after] === starts[end - 1]) after++
    const [from, to] = [starts[start] ?? 0, starts[after] ?? 0]
    const last = found.at(-1)
    if (last !== undefined && last.end > from)
      found[found.length - 1] = { ...last, end: Math.max(last.end, to) }
    else found.push({ start: from, end: to, category })
  }
  return found
}

/**
 * A scrubber of English free text; other languages are understood only as far as their capitals, numbers and
 * names go.
 */
export const createScrubber = ({ years = 'remove' }: ScrubberOptions = {}): Scrubber => ({
  scrub: (source, known = {}) => {
    const view = viewOf(source)
    const { text } = view
    const claims = new Claims(text.length)
    const tokens = tokensOf(text)
    const claimed: ClaimedText = { text, claims }
    claimKnown(text, known, claims)
    claimNetwork(claimed)
    protectClinicalNumbers(claimed)
    claimAges(claimed)
    claimPostcodes(claimed)
    claimNumbers(claimed)
    claimDates(claimed, years === 'remove')
    claimPhones(claimed)
    claimLongNumbers(claimed)

    const casing = casingOf(tokens)
    const reading = readingOf(text, wordsOf(text, tokens, casing, claims), casing, claims)
    claimLabelled(reading)
    claimPointed(text, claims)
    claimNamedOrganizations(reading)
    claimPlacesAndGroups(reading)
    claimAddresses(reading)
    claimOrganizations(reading)
    claimPersons(reading)
    claimBlocks(reading)

    const spans = inSource(mergeSpans(text, claims.runs()), view)
    return { text: replaceSpans(source, spans), spans }
  },
})
