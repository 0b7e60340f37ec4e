/**
 * Security labels (`meta.security`) that restrict who may see a record. Everything that is not known to be
 * harmless restricts: a label that nobody here understands is `other`.
 */
export const SECURITY_LABELS = {
  'very-restricted': 'Very restricted',
  'psychotherapy-notes': 'Psychotherapy notes',
  'part-2': '42 CFR Part 2 (substance use)',
  restricted: 'Restricted',
  'substance-use': 'Substance use',
  'mental-health': 'Mental health',
  hiv: 'HIV',
  'sexual-health': 'Sexual and reproductive health',
  violence: 'Abuse or violence',
  genetics: 'Genetics',
  'no-redisclosure': 'Not to be disclosed further',
  other: 'Restricted by its source',
} as const

export type SecurityLabel = keyof typeof SECURITY_LABELS

const isLabel = (text: string): text is SecurityLabel => Object.hasOwn(SECURITY_LABELS, text)

/** All of them, the gravest first. */
export const LABELS: readonly SecurityLabel[] = Object.freeze(Object.keys(SECURITY_LABELS).filter(isLabel))

const by = (label: SecurityLabel, codes: string): [string, SecurityLabel][] =>
  codes.split(' ').map((code) => [code, label])

/**
 * Codes of v3-Confidentiality and v3-ActCode by what they protect, upper-cased, whatever system they come
 * with: https://terminology.hl7.org/CodeSystem-v3-Confidentiality.html, CodeSystem-v3-ActCode.html.
 */
const CODES: ReadonlyMap<string, SecurityLabel> = new Map([
  ...by('very-restricted', 'V'),
  ...by('psychotherapy-notes', 'PSYTHPN'),
  ...by('part-2', '42CFRPART2 42CFRPART2CD 42CFRPART2DI'),
  ...by('restricted', 'R SPI TBOO IDS DEMO DOB GENDER LIVARG MARST RACE REL CEL VIP ADOL EMP PDS PHY PRS'),
  ...by('substance-use', 'ETH ETHUD OPIOIDUD SUD'),
  ...by('mental-health', 'PSY BH MH COGN DVD EMOTDIS'),
  ...by('hiv', 'HIV'),
  ...by('sexual-health', 'SEX STD PREGNANT'),
  ...by('violence', 'SDV VIO MST'),
  ...by('genetics', 'GDIS SCA SICKLE'),
  ...by('no-redisclosure', 'NODSCLCD NODSCLCDS NORDSCLCD NORDSCLCDS NORDSCLW NOAUTH NORELINK NOREUSE'),
])

/** Confidentiality that is usual or less, data made for tests, and what can be relied on. */
const HARMLESS: ReadonlySet<string> = new Set(['U', 'L', 'M', 'N', 'HTEST', 'RELIABLE', 'HRELIABLE'])

/**
 * What a code of `meta.security` says; null for one that restricts nothing. Without a code, nothing is
 * known.
 */
export const securityLabelOf = (code: unknown): SecurityLabel | null => {
  const key = typeof code === 'string' ? code.trim().toUpperCase() : ''
  return HARMLESS.has(key) ? null : (CODES.get(key) ?? 'other')
}
