import { describe, expect, it } from 'vitest'
import { isLoopbackAddress, isPublicAddress, NamedNetworks } from './addresses.ts'

describe('an address that is not of the internet', () => {
  it.each([
    ['this network', '0.0.0.0'],
    ['this network, elsewhere in it', '0.1.2.3'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private, at its end', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['a carrier’s', '100.64.0.1'],
    ['loopback', '127.0.0.1'],
    ['loopback, elsewhere in it', '127.255.255.254'],
    ['link-local: where cloud machines find credentials', '169.254.169.254'],
    ['documentation’s', '192.0.2.1'],
    ['a benchmark’s', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['link-local', 'fe80::1'],
    ['link-local with its zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['unique local', 'fd00:ec2::254'],
    ['multicast', 'ff02::1'],
    ['IPv4 mapped into IPv6', '::ffff:10.0.0.1'],
    ['IPv4 mapped, in hexadecimal', '::ffff:7f00:1'],
    ['public IPv4 mapped: nobody has need of it', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['NAT64', '64:ff9b::a00:1'],
    ['local NAT64', '64:ff9b:1::a00:1'],
    ['Teredo', '2001::1'],
    ['6to4', '2002:a00:1::'],
    ['documentation’s', '2001:db8::1'],
    ['none', 'localhost'],
    ['none', ''],
    ['none', '2130706433'],
    ['none', '0177.0.0.1'],
  ])('is told: %s (%s)', (_, address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each([
    '8.8.8.8',
    '172.15.255.255',
    '172.32.0.1',
    '192.167.1.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

describe('loopback', () => {
  it('is what stays on this machine', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1'].map(isLoopbackAddress)).toEqual([true, true, true])
    expect(['10.0.0.1', '::ffff:127.0.0.1', '::2'].map(isLoopbackAddress)).toEqual([false, false, false])
  })
})

describe('what the operator has named', () => {
  const named = new NamedNetworks(['10.1.0.0/16', '192.168.7.9', 'fd00:1::/32', 'Relay.internal'])

  it('is reached, by its name, its address or its network', () => {
    expect(named.admits('anything', '10.1.255.1')).toBe(true)
    expect(named.admits('anything', '192.168.7.9')).toBe(true)
    expect(named.admits('anything', 'fd00:1::9')).toBe(true)
    expect(named.admits('relay.INTERNAL', '172.16.0.4')).toBe(true)
  })

  it('says nothing of its neighbours', () => {
    expect(named.admits('anything', '10.2.0.1')).toBe(false)
    expect(named.admits('anything', '192.168.7.8')).toBe(false)
    expect(named.admits('anything', 'fd00:2::9')).toBe(false)
    expect(named.admits('other.relay.internal', '172.16.0.4')).toBe(false)
  })

  it.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', 'a b', 'relay/8', '', '-x'])(
    'can not be %o',
    (wrong) => {
      expect(() => new NamedNetworks([wrong])).toThrow(RangeError)
    },
  )
})
