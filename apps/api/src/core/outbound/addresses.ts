import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net'

/**
 * IPv4 addresses that are no host of the internet (RFC 6890 with what has been added to its registry since):
 * this network, private ones, carriers', loopback, link-local (cloud machines find their credentials there),
 * protocols', documentation's, relays', benchmarks', multicast, reserved and broadcast.
 */
const NOT_PUBLIC_4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]

/**
 * The one block of IPv6 that hosts of the internet are in (RFC 4291 section 2.5.4), and what of it is none:
 * protocols' and Teredo, documentation, 6to4. All else is refused unnamed: loopback, link-local, unique
 * local, site-local, multicast, and every form in which an IPv4 address can hide (mapped, compatible,
 * NAT64).
 */
const PUBLIC_6 = ['2000::', 3] as const
const NOT_PUBLIC_6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const blockOf = (subnets: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList => {
  const block = new BlockList()
  for (const [net, prefix] of subnets) block.addSubnet(net, prefix, family)
  return block
}

const notPublic4 = blockOf(NOT_PUBLIC_4, 'ipv4')
const public6 = blockOf([PUBLIC_6], 'ipv6')
const notPublic6 = blockOf(NOT_PUBLIC_6, 'ipv6')

/** Whether an address, as a resolver gives it, is that of a host of the internet. */
export const isPublicAddress = (address: string): boolean =>
  isIPv4(address)
    ? !notPublic4.check(address, 'ipv4')
    : isIPv6(address) && public6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6')

const loopback4 = blockOf([['127.0.0.0', 8]], 'ipv4')

/** Whether what is sent to an address stays on this machine. */
export const isLoopbackAddress = (address: string): boolean =>
  isIPv4(address) ? loopback4.check(address, 'ipv4') : address === '::1'

/** What the operator has named of what is not public: hosts by their names, addresses and networks. */
export class NamedNetworks {
  readonly #hosts: ReadonlySet<string>
  readonly #networks = new BlockList()

  /** Throws a RangeError for what is neither a host, nor an address, nor a network (`10.1.0.0/16`). */
  constructor(named: readonly string[]) {
    const hosts = new Set<string>()
    for (const name of named) {
      const [address = '', prefix, ...rest] = name.split('/')
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
      if (isIP(address) !== 0 && rest.length === 0 && (prefix === undefined || /^\d{1,3}$/.test(prefix)))
        this.#networks.addSubnet(address, Number(prefix ?? (family === 'ipv4' ? 32 : 128)), family)
      else if (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(name)) hosts.add(name.toLowerCase())
      else throw new RangeError('neither a host, nor an address, nor a network')
    }
    this.#hosts = hosts
  }

  /** Whether `host`, which is at `address`, may be reached though it is not of the internet. */
  admits(host: string, address: string): boolean {
    if (this.#hosts.has(host.toLowerCase())) return true
    const family = isIPv4(address) ? 'ipv4' : 'ipv6'
    return isIP(address) !== 0 && this.#networks.check(address, family)
  }
}
