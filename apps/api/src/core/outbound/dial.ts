import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { isLoopbackAddress, isPublicAddress, type NamedNetworks } from './addresses.ts'
import { type DestinationName, giveSocket, OutboundError } from './guard.ts'

export interface Destination {
  readonly name: DestinationName
  readonly host: string
  readonly port: number
  /**
   * `implicit`: TLS from the first byte, by `dial`. `upgraded`: the protocol turns it on, and whoever dials
   * sends nothing before that. `none` is for loopback alone.
   */
  readonly tls: 'implicit' | 'upgraded' | 'none'
  /** Certificates to trust instead of those that Node trusts (PEM). */
  readonly ca?: string | undefined
}

/** The addresses of a host: the system's resolver, but in tests. */
export type Resolve = (host: string) => Promise<readonly string[]>

const bySystem: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address)

const CONNECT_MS = 10_000

/** What a destination's certificate has to be: known, of its name, and shown by TLS 1.2 or later. */
export const tlsFor = ({ host, ca }: Pick<Destination, 'host' | 'ca'>) => ({
  host,
  minVersion: 'TLSv1.2' as const,
  rejectUnauthorized: true,
  ...(isIP(host) === 0 ? { servername: host } : {}),
  ...(ca === undefined ? {} : { ca }),
})

/**
 * A connection to a destination: the only way out of this process but for the database's. The name is
 * resolved once, and what is connected to is an address of that answer, so that another answer a moment
 * later leads nowhere; one address that is not of the internet, and that nobody has named, refuses the
 * whole answer. Throws OutboundError; a certificate that does not fit is the error of TLS.
 */
export const dial = async (
  destination: Destination,
  named: NamedNetworks,
  resolve: Resolve = bySystem,
): Promise<Socket> => {
  const addresses = await resolve(destination.host).catch((cause: unknown) => {
    throw new OutboundError('unresolved', { cause })
  })
  if (addresses.length === 0) throw new OutboundError('unresolved')
  for (const address of addresses) {
    if (!isPublicAddress(address) && !named.admits(destination.host, address))
      throw new OutboundError('address-refused')
    if (destination.tls === 'none' && !isLoopbackAddress(address)) throw new OutboundError('plain-refused')
  }
  const plain = await firstOf(destination, addresses)
  return destination.tls === 'implicit' ? secured(destination, plain) : plain
}

const firstOf = async ({ name, port }: Destination, addresses: readonly string[]): Promise<Socket> => {
  let cause: unknown
  for (const address of addresses) {
    const socket = giveSocket(name)
    try {
      socket.connect({ host: address, port })
      await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_MS) })
      return socket
    } catch (error) {
      socket.destroy()
      cause = error
    }
  }
  throw new OutboundError('unreachable', { cause })
}

const secured = async (destination: Destination, plain: Socket): Promise<Socket> => {
  const socket = connectTls({ ...tlsFor(destination), socket: plain })
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(CONNECT_MS) })
    return socket
  } catch (error) {
    socket.destroy()
    plain.destroy()
    throw error
  }
}
