import { type ClaimedText, claimMatches, groupOf } from '../claimed-text.ts'

/**
 * Forms that nothing else has: British, Canadian, Dutch; Brazilian, Polish, Portuguese, Czech and Swedish
 * ones need a cue or an address.
 */
const SHAPES =
  /(?<![\p{L}\p{N}-])(?:(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y]) ?\d[ABD-HJLNP-UW-Z]{2})|[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d|[1-9]\d{3} [A-Z]{2}(?= [A-Z][a-z]{2}))(?![\p{L}\p{N}-])/gu
const CUED =
  /(?<!\p{L})(?:zips?|zip ?codes?|post(?:al)? ?codes?|plz|cep|pin ?code)(?: ?(?:is|was|code|no\.?|number))? ?[:=#]? ?(?<code>[A-Z]{0,2}-?\d[\dA-Z]{2,7}(?:[ -]\d[\dA-Z]{1,3})?)(?![\p{L}\p{N}])/dgiu
/** `02139-4307` has no other reading; five digits alone have many. */
const ZIP_PLUS_FOUR = /(?<![\p{L}\p{N}.,-])\d{5}-\d{4}(?![\p{L}\p{N}-])/gu

/** Postcodes by their own form or by a word before them. Others go with the address they stand in. */
export const claimPostcodes = (claimed: ClaimedText): void => {
  claimMatches(claimed, CUED, 'ADDRESS', groupOf('code'))
  claimMatches(claimed, ZIP_PLUS_FOUR, 'ADDRESS')
  claimMatches(claimed, SHAPES, 'ADDRESS')
}
