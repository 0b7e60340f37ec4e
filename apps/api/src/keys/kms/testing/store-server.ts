import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/** What a store does instead of answering as it should: for the next call, or until it is told otherwise. */
export type Trouble = 'throttled' | 'failing' | 'late' | 'hang-up' | 'garbage' | 'redirect'

export interface StoreServer {
  readonly url: URL
  /** How often it was asked. */
  asked: number
  /** In this order, one for each call; then it answers as it should. */
  readonly troubles: Trouble[]
  /** Set while it is to go on with this one. */
  trouble: Trouble | null
  stop(): Promise<void>
}

/**
 * A key store on loopback that `answer` speaks for, and that can be told to misbehave. With `tls` it speaks
 * TLS.
 */
export const startStore = async (
  answer: (asked: Asked) => Answer,
  ofTrouble: Readonly<Record<'throttled' | 'failing', Answer>>,
  tls?: { readonly key: Buffer; readonly cert: Buffer },
): Promise<StoreServer> => {
  const respond = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    store.asked++
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const trouble = store.troubles.shift() ?? store.trouble
    if (trouble === 'late') return
    if (trouble === 'hang-up') {
      incoming.socket.destroy()
      return
    }
    const { method = '', url = '', headers } = incoming
    const asked = { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') }
    const said: Answer =
      trouble === 'garbage'
        ? { status: 200, body: '<html>welcome to the network</html>' }
        : trouble === 'redirect'
          ? { status: 307, headers: { location: 'http://127.0.0.1:1/' }, body: '' }
          : trouble === null
            ? answer(asked)
            : ofTrouble[trouble]
    outgoing.writeHead(said.status, said.headers).end(said.body)
  }
  const handle = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    respond(incoming, outgoing).catch(() => outgoing.destroy())
  }
  const server = tls === undefined ? createServer(handle) : createSecureServer(tls, handle)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  const store: StoreServer = {
    url: new URL(`${tls === undefined ? 'http' : 'https'}://127.0.0.1:${address.port}`),
    asked: 0,
    troubles: [],
    trouble: null,
    stop: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
  return store
}
