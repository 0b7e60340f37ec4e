import { isIPv4, isIPv6 } from 'node:net'

/**
 * Who counts as one address: an IPv4 address by itself, of IPv6 the /64, since whoever has one address of it
 * has all of them (RFC 6177). An IPv4 address in IPv6 form counts as what it is.
 */
export const networkOf = (ip: string): string => {
  const address = plainOf(ip)
  return isIPv6(address) ? `${first(groupsOf(address), 4)}::/64` : address
}

/**
 * The network that an address is of, as far as people move within one: the /24 of IPv4, of IPv6 the /48 that
 * a site is given (RFC 6177). The machine itself is one network, by whichever of its names; what is no
 * address is another.
 */
export const rangeOf = (ip: string): string => {
  const address = plainOf(ip)
  if (address === '::1' || address.startsWith('127.')) return 'loopback'
  if (isIPv6(address)) return `${first(groupsOf(address), 3)}::/48`
  return isIPv4(address) ? `${address.split('.').slice(0, 3).join('.')}.0/24` : 'unknown'
}

/** An address without its zone; an IPv4 address in IPv6 form as what it is. */
const plainOf = (ip: string): string => {
  const address = ip.replace(/%.*$/, '')
  if (!isIPv6(address)) return address
  const groups = groupsOf(address)
  const [, , , , , marker, high = 0, low = 0] = groups
  if (marker === 0xffff && groups.slice(0, 5).every((group) => group === 0))
    return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  return address
}

const first = (groups: readonly number[], count: number): string =>
  groups
    .slice(0, count)
    .map((group) => group.toString(16))
    .join(':')

/** The eight numbers of an IPv6 address; the URL parser turns every spelling into one without dots. */
const groupsOf = (address: string): number[] => {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const parts = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
  const [before, after] = [parts(head), parts(tail)]
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after]
}

/** Whether a name or an address of a host is this machine's own. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
