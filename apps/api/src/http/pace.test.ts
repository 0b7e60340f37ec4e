import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createHttp } from '../server.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { PACE } from './pace.ts'

/** The windows of the product, shorter. */
const FAST = {
  headersMs: 100,
  requestMs: 60_000,
  upload: { ms: 1500, bytes: PACE.upload.bytes },
  download: { ms: 2000, bytes: PACE.download.bytes },
  lookMs: 20,
}
const PIECE = Buffer.alloc(64 * 1024, 'x')
const PIECES = 512

let test: TestApp
let server: FastifyInstance
let port: number
const sockets: Socket[] = []

beforeAll(async () => {
  test = await createTestApp()
  server = await createHttp({
    app: test.app,
    host: '127.0.0.1',
    port: 0,
    tls: undefined,
    trustedProxy: undefined,
    pace: FAST,
  })
  server.post('/taken', async ({ body }) => JSON.stringify(body).length)
  const hurried = { requestMs: 300, upload: { ms: 60_000, bytes: 0 } }
  server.post('/hurried', { config: { pace: hurried } }, async ({ body }) => JSON.stringify(body).length)
  await server.register(async (scope) => {
    scope.addContentTypeParser('text/unread', (_request, body, done) => done(null, body))
    scope.post('/unread', async () => 'answered')
  })
  server.get('/large', (_request, reply) => reply.send(Readable.from(Array(PIECES).fill(PIECE))))
  server.get('/thoughtful', async () => {
    await setTimeout(3000)
    return 'done'
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  port = address.port
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})
afterAll(async () => {
  await server?.close()
  await test?.stop()
})

const open = async (): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

/** Sends a little now and then until the other side has ended the connection. */
const trickle = async (socket: Socket, everyMs: number, piece = 'x'): Promise<void> => {
  let ended = false
  socket.once('close', () => {
    ended = true
  })
  socket.resume()
  while (!ended) {
    socket.write(piece)
    await setTimeout(everyMs)
  }
}

const HEAD = 'POST /taken HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'

describe('a connection is ended', () => {
  it('that sends its headers a byte now and then, or nothing', async () => {
    const silent = await open()
    silent.resume()
    const slow = await open()
    slow.write('GET / HTTP/1.1\r\nx-slow: ')
    await Promise.all([once(silent, 'close'), trickle(slow, 10)])
  })

  it('that sends a body a byte now and then: all of a hundred', async () => {
    const all = await Promise.all(Array.from({ length: 100 }, open))
    await Promise.all(
      all.map(async (socket) => {
        socket.write(`${HEAD}content-length: 100000\r\n\r\n`)
        await trickle(socket, 50)
      }),
    )
  })

  it('that sends chunks of a body which never ends', async () => {
    const socket = await open()
    socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n`)
    await trickle(socket, 20, '1\r\nx\r\n')
  })

  it('that takes longer than its own route allows, however fast it goes', async () => {
    const socket = await open()
    socket.write(`${HEAD.replace('/taken', '/hurried')}content-length: 1000000\r\n\r\n`)
    await trickle(socket, 10, 'x'.repeat(512))
  })

  it('whose body goes on slowly after it was answered', async () => {
    const socket = await open()
    socket.write(
      'POST /unread HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/unread\r\ncontent-length: 100000\r\n\r\n',
    )
    await trickle(socket, 20)
  })

  it('whose answer nobody reads', async () => {
    const socket = await open()
    socket.pause()
    socket.write('GET /large HTTP/1.1\r\nhost: localhost\r\n\r\n')
    // Paused, it sees the end only when it reads: what it then gets is not the whole.
    await expect.poll(connections, { timeout: 30_000 }).toBe(0)
  })
})

const connections = (): Promise<number> =>
  new Promise((resolve, reject) =>
    server.server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
  )

describe('a connection goes on', () => {
  it('of a body that comes slowly, but at the rate that is asked', async () => {
    const body = JSON.stringify('x'.repeat(8 * PACE.upload.bytes))
    const socket = await open()
    socket.write(`${HEAD}content-length: ${body.length}\r\nconnection: close\r\n\r\n`)
    for (let at = 0; at < body.length; at += PACE.upload.bytes) {
      socket.write(body.slice(at, at + PACE.upload.bytes))
      await setTimeout(300)
    }
    expect(await textOf(socket)).toMatch(new RegExp(`^HTTP/1.1 200 OK[\\s\\S]*${body.length}$`))
  })

  it('while the server itself takes its time', async () => {
    const socket = await open()
    socket.write('GET /thoughtful HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n')
    expect(await textOf(socket)).toMatch(/^HTTP\/1.1 200 OK[\s\S]*done$/)
  })

  it('of an answer that is read slowly, but at the rate that is asked', async () => {
    const socket = await open()
    socket.write('GET /large HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n')
    let bytes = 0
    for await (const chunk of socket) {
      bytes += chunk.length
      await setTimeout(1)
    }
    expect(bytes).toBeGreaterThan(PIECES * PIECE.length)
  })
})

const textOf = async (socket: Socket): Promise<string> => {
  let text = ''
  for await (const chunk of socket.setEncoding('utf8')) text += chunk
  return text
}
