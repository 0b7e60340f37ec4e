/**
 * E-mail addresses of people (RFC 5321, with the letters that RFC 6531 adds): whether one is taken, and
 * when two spellings are one address. Pure, for the console and the API alike.
 */

/** RFC 5321 section 4.5.3.1: octets of the local part, of the whole (a path less its brackets). */
const MOST_LOCAL = 64
const MOST_OCTETS = 254
/** RFC 1035 section 2.3.4, in octets of the A-label. */
const MOST_LABEL = 63
const MOST_DOMAIN = 253

/** A dot-string of RFC 5321 section 4.1.2: its ASCII characters, and letters and digits of any script. */
const LOCAL_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const LABEL = /^[\p{L}\p{M}\p{N}-]+$/u
/** What is not seen: controls, directions, blanks of all kinds, and what a font leaves out (Unicode TR36). */
const UNSEEN = /[\p{C}\p{Z}\p{DI}]/u
const STOPS = /[.。]/u

/** Scripts whose letters may stand together in one part: Unicode TR39 section 5.2, "highly restrictive". */
const TOGETHER = [
  ...['Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Armenian', 'Georgian', 'Devanagari', 'Bengali'],
  ...['Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Thai', 'Lao'],
  ...['Tibetan', 'Myanmar', 'Khmer', 'Ethiopic', 'Thaana'],
  'Latin Han Hiragana Katakana',
  'Latin Han Bopomofo',
  'Latin Han Hangul',
].map((scripts) => {
  const any = scripts.split(' ').map((script) => `\\p{scx=${script}}`)
  return new RegExp(`^[${any.join('')}\\p{scx=Common}\\p{scx=Inherited}]*$`, 'u')
})

/** Letters of Latin that no language's spelling has, and that look like others (TR39: not recommended). */
const TECHNICAL =
  /[\u0184\u0185\u01BF-\u01C3\u0241\u0242\u0250-\u02AF\u1D00-\u1DBF\u2C60-\u2C7F\uA720-\uA7FF\uAB30-\uAB6F]/u
/** Letters of Turkish, Greenlandic and others that look like i, j and k to whoever does not expect them. */
const PASSING_LATIN = /[ıȷĸ]/u
/** Cyrillic, Greek and Armenian letters that look like a Latin one: a part of nothing else passes for it. */
const LOOKS_LATIN = /^[асԁеһіјӏкорԛѕԝтухъьҽвгнпмзѵѡбαγικνορτυχωϳցհոսօյզՏ\p{N}\p{P}\p{S}]+$/u
const HAS_OTHER_LETTERS = /[\p{scx=Cyrillic}\p{scx=Greek}\p{scx=Armenian}]/u

interface Parts {
  readonly local: string
  /** As typed, NFKC. */
  readonly labels: readonly string[]
  /** In A-labels, lower case; null where the domain can't be one. */
  readonly domain: string | null
}

const partsOf = (typed: string): Parts | null => {
  const text = typed.trim().normalize('NFKC')
  const at = text.lastIndexOf('@')
  if (at < 1 || at === text.length - 1) return null
  const labels = text.slice(at + 1).split(STOPS)
  return { local: text.slice(0, at), labels, domain: asciiDomain(labels) }
}

/** By UTS 46, as browsers and mail programs do it. Nothing but labels of letters and digits comes so far. */
const asciiDomain = (labels: readonly string[]): string | null => {
  if (labels.length < 2 || UNSEEN.test(labels.join('')) || !labels.every((label) => LABEL.test(label)))
    return null
  // The last label has a letter, or the URL's host would be an IPv4 address.
  if (!/\p{L}/u.test(labels.at(-1) ?? '')) return null
  const url = `http://${labels.join('.')}`
  const ascii = URL.canParse(url) ? new URL(url).hostname.split('.') : []
  const isDomain =
    ascii.length === labels.length &&
    ascii.every((label) => label.length <= MOST_LABEL && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(label))
  return isDomain && ascii.join('.').length <= MOST_DOMAIN ? ascii.join('.') : null
}

/**
 * What an address is compared by: the domain in A-labels, both parts without regard to case, to how a letter
 * is composed and to the apostrophes that keyboards make of `'`. Dots and `+tags` count, as they do for many
 * servers. Of a text that is no address, the text in lower case, which is nobody's key.
 */
export const addressKey = (typed: string): string => {
  const parts = partsOf(typed)
  const domain = parts?.domain ?? null
  return parts === null || domain === null ? lower(typed.trim()) : `${lower(parts.local)}@${domain}`
}

const lower = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').replace(/[‘’ʼ]/gu, "'").normalize('NFKC')

/** Why an address is not taken, as a sentence that goes on after its name; null for one that is. */
export const addressTrouble = (typed: string): string | null => {
  const parts = partsOf(typed)
  if (UNSEEN.test(typed.trim())) return 'it holds a character that can not be seen, or a blank. Type it anew.'
  if (parts === null) return 'it has to be a whole address, such as name@hospital.example.'
  const { local, labels, domain } = parts
  if (local.startsWith('"')) return 'an address in quotation marks is not taken. Give another of the person.'
  if (!LOCAL_PART.test(local))
    return "before the @ stands what no address of a person has. An apostrophe is typed as '."
  if (domain === null) return 'after the @ has to stand a domain, such as hospital.example.'
  const whole = typed.trim().normalize('NFKC')
  if (octets(local) > MOST_LOCAL) return `before the @ it has at most ${MOST_LOCAL} bytes.`
  if (Math.max(octets(whole), octets(`${local}@${domain}`)) > MOST_OCTETS)
    return `it has at most ${MOST_OCTETS} bytes.`
  return looksLike([local, ...labels])
    ? 'it mixes letters of several alphabets, or has letters that look like others. Copy it from a message of the person.'
    : null
}

/**
 * Whether a part can be taken for another: letters of scripts that don't go together, technical letters, or
 * nothing but letters that look like Latin ones, where no other part shows that the script is meant.
 */
const looksLike = (all: readonly string[]): boolean => {
  const parts = all.map((part) => lower(part))
  if (parts.some((part) => TECHNICAL.test(part) || !TOGETHER.some((scripts) => scripts.test(part))))
    return true
  if (parts.some((part) => PASSING_LATIN.test(part) && !/[^\p{ASCII}ıȷĸ]/u.test(part))) return true
  const [passing, plain] = [true, false].map((want) =>
    parts.filter((part) => HAS_OTHER_LETTERS.test(part) && LOOKS_LATIN.test(part) === want),
  )
  return (passing?.length ?? 0) > 0 && plain?.length === 0
}

const encoder = new TextEncoder()
const octets = (text: string): number => encoder.encode(text).length
