import { type ClaimedText, claimMatches } from '../claimed-text.ts'

const LOCAL = /[\p{L}\p{N}.!#$%&'*+/=?^_{|}~-]/u
const DOMAIN = /[\p{L}\p{N}.-]/u
const LONGEST_LOCAL = 64
const LONGEST_DOMAIN = 253

/**
 * From each @ to both sides (RFC 5321, section 4.5.3.1 bounds them): no backtracking, whatever stands around
 * it.
 */
const claimEmails = ({ text, claims }: ClaimedText): void => {
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let start = at
    while (start > 0 && at - start < LONGEST_LOCAL && LOCAL.test(text.charAt(start - 1))) start--
    let end = at + 1
    while (end < text.length && end - at <= LONGEST_DOMAIN && DOMAIN.test(text.charAt(end))) end++
    while (end > at + 1 && /[.-]/.test(text.charAt(end - 1))) end--
    while (start < at && /[.!#$%&'*+/=?^_{|}~-]/.test(text.charAt(start))) start++
    // Without a local part it may be a handle, @name, or "5 mg @ 8 am".
    const handle = start === at && /^[A-Za-z_]\w{2,}$/.test(text.slice(at + 1, end))
    if (handle || (start < at && end > at + 1)) claims.claim(start, end, 'EMAIL')
  }
}

const URL = /(?<![A-Za-z0-9])(?:https?|ftps?|sftp|file|ldap|ssh|mailto|tel|sip):\/{0,2}[^\s<>"']{2,}/giu
const WWW = /(?<![A-Za-z0-9])www\d?\.[^\s<>"']{2,}/giu
/**
 * A host without a scheme, by the generic and country domains that are no words after a full stop without a
 * space.
 */
const HOST =
  /(?<![\p{L}\p{N}@.-])(?:[a-z0-9-]{1,63}\.){1,6}(?:com|org|net|edu|gov|mil|int|info|biz|name|pro|io|ai|app|dev|co|us|uk|ca|au|nz|de|at|ch|fr|be|nl|lu|dk|se|no|fi|ee|lv|lt|pl|cz|sk|hu|si|hr|rs|ro|bg|gr|it|es|pt|ie|eu|ru|ua|tr|il|in|cn|jp|kr|br|mx|ar|cl|za|health|care|clinic|hospital|online|site|xyz)(?![\p{L}\p{N}-])(?::\d{1,5})?(?:\/[^\s<>"']*)?/giu

const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const IPV4 = new RegExp(
  `(?<![\\d.])${OCTET}(?:\\.${OCTET}){3}(?:/\\d{1,2})?(?::\\d{1,5})?(?![\\d.]*\\d)`,
  'g',
)
/** RFC 4291, section 2.2: at least two colons; which groups it has is looked at below. */
const IPV6 =
  /(?<![\p{L}\p{N}:.])(?:[0-9a-f]{0,4}:){2,8}(?:[0-9a-f]{1,4}|\d{1,3}(?:\.\d{1,3}){3})?(?:%\w{1,16})?(?![\p{L}\p{N}:])/giu
const MAC = /(?<![\p{L}\p{N}:-])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5,7}(?![\p{L}\p{N}:-])/giu

/** A time such as 12:30:45 has colons too. */
const isIpv6 = (written: string): boolean => {
  const groups = written.split(':').length
  return written.includes('::') ? /[0-9a-f]/i.test(written) && written.length > 3 : groups === 8
}

const trimmed = (match: RegExpExecArray): readonly [number, number] => [
  match.index,
  match.index + match[0].length - (/[.,;:!?)\]}]{0,8}$/.exec(match[0])?.[0].length ?? 0),
]

/** E-mail addresses, URLs, host names, IP and MAC addresses. */
export const claimNetwork = (claimed: ClaimedText): void => {
  claimEmails(claimed)
  claimMatches(claimed, URL, 'URL', trimmed)
  claimMatches(claimed, WWW, 'URL', trimmed)
  claimMatches(claimed, HOST, 'URL', trimmed)
  claimMatches(claimed, MAC, 'ID')
  claimMatches(claimed, IPV4, 'IP')
  claimMatches(claimed, IPV6, 'IP', (match) =>
    isIpv6(match[0]) ? [match.index, match.index + match[0].length] : null,
  )
}
