import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A line to a server that a test can break. */
export interface BrokenLine {
  readonly port: number
  /** The same URL, by way of this line. */
  through(url: string): string
  /**
   * From now on: `whole` passes everything on, `refuse` closes at once, `silent` takes what is sent and gives
   * nothing back; a number breaks each connection when the server has sent so many bytes on it.
   */
  behave(how: 'whole' | 'refuse' | 'silent' | number): void
  /** Ends what is connected: with a reset, or as if the other side had closed. */
  cut(by: 'reset' | 'close'): void
  stop(): Promise<void>
}

/** A line to the server of `url`, for tests of what becomes of statements when it breaks. */
export const openBrokenLine = async (url: string): Promise<BrokenLine> => {
  const target = new URL(url)
  let how: Parameters<BrokenLine['behave']>[0] = 'whole'
  const open = new Set<Socket>()
  const server = createServer((client) => {
    if (how === 'refuse') {
      client.destroy()
      return
    }
    const upstream = connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => {
        open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    let given = 0
    client.on('data', (bytes) => {
      if (how !== 'silent') upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      if (how === 'silent') return
      const left = typeof how === 'number' ? how - given : bytes.length
      given += bytes.length
      client.write(bytes.subarray(0, Math.max(left, 0)))
      if (left < bytes.length) client.destroySoon()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  const { port } = address
  const cut: BrokenLine['cut'] = (by) => {
    for (const socket of open) {
      if (by === 'reset') socket.resetAndDestroy()
      else socket.destroy()
    }
  }
  return {
    port,
    through: (other) => {
      const changed = new URL(other)
      changed.host = `127.0.0.1:${port}`
      return changed.toString()
    },
    behave: (next) => {
      how = next
    },
    cut,
    stop: async () => {
      cut('close')
      server.close()
      await once(server, 'close')
    },
  }
}
