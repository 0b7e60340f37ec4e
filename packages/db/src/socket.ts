import { once } from 'node:events'
import { Socket } from 'node:net'

class ConnectTimeout extends Error {
  readonly code = 'CONNECT_TIMEOUT'
}

/** The sockets that this file has made: the one way out of a process for whatever speaks to PostgreSQL. */
const made = new WeakSet<Socket>()

/** Whether a socket is one to the database, for whoever refuses those that nobody answers for. */
export const isDatabaseSocket = (socket: Socket): boolean => made.has(socket)

const open =
  (seconds: number) =>
  async ({ host, port }: { host: string[]; port: number[] }) => {
    const [name = 'localhost'] = host
    const socket = new Socket().setNoDelay(true)
    made.add(socket)
    socket.connect({ host: name, port: port[0] ?? 5432 })
    // The driver's own limit begins when it has the socket.
    const late = setTimeout(() => socket.destroy(new ConnectTimeout()), seconds * 1000)
    try {
      await once(socket, 'connect')
    } finally {
      clearTimeout(late)
    }
    return Object.assign(socket, { host: name })
  }

/**
 * The driver's option by which its connections come from here, which its types do not know: connections that
 * send small messages at once. With Nagle's algorithm the end of each COPY waits some 40 ms for the server's
 * delayed acknowledgement. `host` is what the driver compares the server's certificate with.
 */
export const socketOf = (seconds: number) => ({ socket: open(seconds) })
