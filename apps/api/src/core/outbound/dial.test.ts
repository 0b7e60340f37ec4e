import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Certificate, makeCertificate } from '../../testing/certificate.ts'
import { NamedNetworks } from './addresses.ts'
import { type Destination, dial, type Resolve } from './dial.ts'

let folder: string
let certificate: Certificate
let secure: Server
let plain: Server
let came = 0

const portOf = (server: Server): number => {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartward-dial-'))
  certificate = await makeCertificate(folder)
  const [key, cert] = [await readFile(certificate.keyFile), await readFile(certificate.certFile)]
  secure = createTlsServer({ key, cert }, (socket) => socket.on('error', () => undefined).end('hello')).on(
    'tlsClientError',
    () => undefined,
  )
  plain = createServer((socket) => socket.on('error', () => undefined).end('hello'))
  for (const server of [secure, plain]) {
    server.on('connection', () => came++)
    await once(server.listen(0, '127.0.0.1'), 'listening')
  }
})
afterAll(async () => {
  for (const server of [secure, plain]) server.close()
  await rm(folder, { recursive: true, force: true })
})

const to = (host: string, more: Partial<Destination> = {}): Destination => ({
  name: 'smtp',
  host,
  port: portOf(secure),
  tls: 'implicit',
  ca: certificate.ca,
  ...more,
})
/** A resolver that gives one answer after the other, and counts how often it is asked. */
const answering = (...answers: (readonly string[])[]): Resolve & { asked: number } => {
  const resolve = Object.assign(async () => answers[Math.min(resolve.asked++, answers.length - 1)] ?? [], {
    asked: 0,
  })
  return resolve
}
const LOOPBACK = new NamedNetworks(['127.0.0.0/8'])
const NOTHING = new NamedNetworks([])

describe('a destination', () => {
  it('is reached by TLS, its certificate known and of its name', async () => {
    const socket = await dial(to(certificate.name), LOOPBACK, answering(['127.0.0.1']))
    expect(socket instanceof TLSSocket && socket.authorized).toBe(true)
    const [said] = await once(socket, 'data')
    expect(String(said)).toBe('hello')
    socket.destroy()
  })

  it('with a certificate of another name is not spoken to', async () => {
    const dialled = dial(to('other.test'), LOOPBACK, answering(['127.0.0.1']))
    await expect(dialled).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  })

  it('with a certificate that nobody knows is not spoken to', async () => {
    const dialled = dial(to(certificate.name, { ca: undefined }), LOOPBACK, answering(['127.0.0.1']))
    await expect(dialled).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  })

  it.each([
    ['loopback', ['127.0.0.1']],
    ['private', ['10.0.0.1']],
    ['link-local', ['169.254.169.254']],
    ['an IPv4 address in IPv6', ['::ffff:127.0.0.1']],
    ['NAT64', ['64:ff9b::7f00:1']],
    ['public and private at once', ['8.8.8.8', '127.0.0.1']],
  ])('at an address that is %s is refused before anything is sent', async (_, addresses) => {
    const before = came
    const dialled = dial(to(certificate.name), NOTHING, answering(addresses))
    await expect(dialled).rejects.toMatchObject({ code: 'address-refused' })
    expect(came).toBe(before)
  })

  it.each(['127.1', '2130706433', '0x7f000001', '127.0.0.1', '[::1]', 'localhost'])(
    'written as %s is not reached past that',
    async (host) => {
      const before = came
      await expect(dial(to(host), NOTHING)).rejects.toMatchObject({
        code: expect.stringMatching(/^(address-refused|unresolved)$/),
      })
      expect(came).toBe(before)
    },
  )

  it('is resolved once: an answer that changes leads nowhere', async () => {
    const rebinding = answering(['127.0.0.1'], ['10.0.0.1'])
    const socket = await dial(to(certificate.name), LOOPBACK, rebinding)
    expect(rebinding.asked).toBe(1)
    expect(socket.remoteAddress).toBe('127.0.0.1')
    socket.destroy()
  })

  it('with several addresses is reached by one that answers', async () => {
    const socket = await dial(to(certificate.name), LOOPBACK, answering(['127.0.0.2', '127.0.0.1']))
    expect(socket.remoteAddress).toBe('127.0.0.1')
    socket.destroy()
  })

  it('that does not answer, or has no address, is said to', async () => {
    const closed = to(certificate.name, { port: 1 })
    await expect(dial(closed, LOOPBACK, answering(['127.0.0.1']))).rejects.toMatchObject({
      code: 'unreachable',
    })
    await expect(dial(closed, LOOPBACK, answering([]))).rejects.toMatchObject({ code: 'unresolved' })
    await expect(dial(to('nowhere.invalid'), LOOPBACK)).rejects.toMatchObject({ code: 'unresolved' })
  })
})

describe('without TLS', () => {
  it('something is sent to this machine alone, though an address elsewhere was named', async () => {
    const unprotected = to('relay.internal', { port: portOf(plain), tls: 'none' })
    const named = new NamedNetworks(['relay.internal'])
    await expect(dial(unprotected, named, answering(['10.0.0.1']))).rejects.toMatchObject({
      code: 'plain-refused',
    })
    await expect(dial(unprotected, NOTHING, answering(['8.8.8.8']))).rejects.toMatchObject({
      code: 'plain-refused',
    })
    const socket = await dial(unprotected, named, answering(['127.0.0.1']))
    expect(socket instanceof TLSSocket).toBe(false)
    socket.destroy()
  })
})
