import { Agent as PlainAgent } from 'node:http'
import { Agent as SecureAgent } from 'node:https'
import type { Duplex } from 'node:stream'
import type { NamedNetworks } from '../../core/outbound/addresses.ts'
import { type Destination, dial, type Resolve } from '../../core/outbound/dial.ts'

/** A key store on the network, as the operator has named it. */
export interface KmsServer {
  /** https, or http on loopback. */
  readonly url: URL
  readonly named: NamedNetworks
  /** Certificates to trust instead of those that Node trusts (PEM). */
  readonly ca?: string | undefined
  /** The system's resolver, but in tests. */
  readonly resolve?: Resolve
}

type Connected = (error: Error | null, socket?: Duplex) => void

const isSecure = ({ protocol }: URL): boolean => protocol === 'https:'

const destinationOf = ({ url, ca }: KmsServer): Destination => ({
  name: 'kms',
  host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
  port: Number(url.port === '' ? (isSecure(url) ? 443 : 80) : url.port),
  tls: isSecure(url) ? 'implicit' : 'none',
  ca,
})

/**
 * An agent whose every connection is one to this server, dialled: whatever is asked of it, nothing is
 * connected to but what the operator has named. A connection serves one request.
 */
export const agentFor = (server: KmsServer): PlainAgent | SecureAgent => {
  const connect = (_options: unknown, connected: Connected): undefined => {
    dial(destinationOf(server), server.named, server.resolve).then(
      (socket) => connected(null, socket),
      (error: unknown) => connected(error instanceof Error ? error : new Error('no connection')),
    )
  }
  const agent = isSecure(server.url) ? new SecureAgent() : new PlainAgent()
  return Object.assign(agent, { createConnection: connect })
}
