import { type ClaimedText, claimMatches, groupOf } from '../claimed-text.ts'

/**
 * Words before a number that identifies: of records, accounts, insurance, licences, papers, vehicles, devices
 * (45 CFR 164.514(b)(2)(i)(G)-(M)).
 */
const CUE =
  "(?:mrns?|mrn#|medical records?|records?|charts?|accounts?|accts?|a/c|policy|policies|members?(?:hip)?|subscribers?|beneficiary|insurance|group|claims?|case|accession|specimen|sample|encounters?|fin|csn|har|visit|referral|confirmation|reference|ref|order|invoice|tracking|ticket|receipt|employee|badge|student|driver'?s?(?: licen[sc]e)?|licen[sc]es?|permit|certificate|passports?|visa|ssn|ssn#|social security|social|tax|tin|ein|itin|npi|dea|upin|nhs|chi|hkid|nric|nino|sin|ni|medicare|medicaid|hicn?|mbi|id|ids|i\\.d\\.?|iban|swift|bic|routing|sort code|serial|s/n|sn|lot|udi|imei|imsi|iccid|device|model|implant|pacemaker|vin|plates?|licen[sc]e plates?|registration|reg|cards?|credit cards?|debit cards?|cc|pin|password|passcode|username|login|user)"
const AFTER_CUE =
  '(?:(?: ?(?:number|numbers|num|nr|no\\.?|id|code|card|plate|record|account|ending|ends)){0,3}(?: (?:is|was|are|in|with|of))?(?: ?[:=#]{1,2} ?| ))'
/**
 * Letters and digits, at least one digit; hyphens, slashes, points and single spaces between blocks of
 * digits.
 */
const VALUE = '(?<id>(?=[A-Za-z/._-]{0,20}\\d)[A-Za-z\\d][A-Za-z\\d/._-]{2,40}(?: \\d{2,6}){0,5})'
const CUED = new RegExp(`(?<![\\p{L}\\p{N}])${CUE}${AFTER_CUE}${VALUE}(?![\\p{L}\\p{N}])`, 'giud')
/** A label and a colon or a number sign make anything after it an identifier: `Password: swordfish`. */
const LABELLED =
  /(?<![\p{L}\p{N}])(?:mrn|ssn|password|passcode|username|login|user id|pin)(?: ?(?:number|no\.?|#))? ?[:=#] ?(?<id>[^\s,;]{2,40})/dgiu

const SSN = /(?<![\p{L}\p{N}-])\d{3}[- ]\d{2}[- ]\d{4}(?![\p{L}\p{N}-])/gu
const CARD = /(?<![\p{L}\p{N}+-]|\+ )\d(?:[ -]?\d){11,18}(?![\p{L}\p{N}]|-\d)/gu
const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/giu
const UUID = /(?<![\p{L}\p{N}])[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}(?![\p{L}\p{N}])/giu
const MASKED = /(?<![\p{L}\p{N}*#])(?:[x*#]{2,12}[- ]){0,3}[x*#]{2,12}[- ]?\d{2,6}(?![\p{L}\p{N}])/giu
/** A vehicle's number (ISO 3779): 17 characters without I, O and Q. */
const VIN =
  /(?<![\p{L}\p{N}])(?=[A-HJ-NPR-Z]{0,16}\d)(?=\d{0,16}[A-HJ-NPR-Z])[A-HJ-NPR-Z\d]{17}(?![\p{L}\p{N}])/gu

const CHUNK = /[A-Za-z0-9][A-Za-z0-9_./:#-]*/g
const NUMBER_AND_UNIT = /^\d+(?:[.,]\d+)*(?:[A-Za-z]{1,6}|%)(?:\/[A-Za-z0-9]+)*$/
const LONGEST_CHUNK = 128

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

/**
 * By its form alone: many digits in one piece, with letters or hyphens among them. Ranges, decimals and doses
 * are not.
 */
const looksLikeId = (chunk: string): boolean => {
  const digits = countOf(chunk, /\d/g)
  const letters = countOf(chunk, /[A-Za-z]/g)
  if (digits < 5) return digits === 4 && letters >= 2 && /[-_#]/.test(chunk) && chunk.length >= 8
  if (/^\d+(?:[.,]\d+)*$/.test(chunk)) return /^\d{7,}$/.test(chunk)
  if (letters === 0) {
    const parts = chunk.split(/[-_/.:#]/)
    const range = parts.length === 2 && (digits < 9 || parts.every((part) => part.endsWith('00')))
    return digits >= 7 && !range && !chunk.includes('.')
  }
  return !NUMBER_AND_UNIT.test(chunk)
}

const claimChunks = ({ text, claims }: ClaimedText): void => {
  for (const match of text.matchAll(CHUNK)) {
    const chunk = match[0].replace(/[_./:#-]{1,8}$/, '')
    const { index } = match
    const wordBefore = index > 0 && /\p{L}/u.test(text.charAt(index - 1))
    if (wordBefore) continue
    if (chunk.length > LONGEST_CHUNK ? /\d/.test(chunk) : looksLikeId(chunk))
      claims.claim(index, index + chunk.length, 'ID')
  }
}

/** Numbers that identify: by the word before them, by their known form, by their length. */
export const claimNumbers = (claimed: ClaimedText): void => {
  claimMatches(claimed, LABELLED, 'ID', groupOf('id'))
  claimMatches(claimed, CUED, 'ID', (match) => {
    const value = match.groups?.id ?? ''
    // "case 12", "record 2 years": too short to identify, and a word.
    const digits = countOf(value, /\d/g)
    const range = groupOf('id')(match)
    if (range === null || digits < 3 || NUMBER_AND_UNIT.test(value)) return null
    return [range[0], range[1] - (/[./_-]{0,8}$/.exec(value)?.[0].length ?? 0)]
  })
  for (const shape of [UUID, IBAN, SSN, VIN, CARD, MASKED]) claimMatches(claimed, shape, 'ID')
}

/** What is left of long numbers after telephones and dates. */
export const claimLongNumbers = claimChunks
