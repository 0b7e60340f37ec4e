import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext, type SecureVersion, TLSSocket } from 'node:tls'
import { openDatabase } from '@chartward/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Certificate, makeCertificate } from '../testing/certificate.ts'

let folder: string
let certificate: Certificate
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartward-tls-'))
  certificate = await makeCertificate(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A server that answers PostgreSQL's SSLRequest and speaks just this version; what its first client did. */
const firstClientOf = async (version: SecureVersion): Promise<string> => {
  const secureContext = createSecureContext({
    cert: await readFile(certificate.certFile),
    key: await readFile(certificate.keyFile),
    minVersion: version,
    maxVersion: version,
  })
  const { promise, resolve } = Promise.withResolvers<string>()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write('S')
      const secure = new TLSSocket(socket, { isServer: true, secureContext })
      secure.on('error', () => resolve('refused'))
      secure.once('data', () => resolve(secure.getProtocol() ?? 'unknown'))
      secure.once('close', () => resolve('refused'))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const url = `postgres://nobody:secret@127.0.0.1:${port}/none?sslmode=require`
  const database = openDatabase({ url, connections: 1, name: 'test' })
  const asked = database.sql`select 1`.catch(() => undefined)
  const outcome = await promise
  for (const socket of sockets) socket.destroy()
  server.close()
  await database.close()
  await asked
  return outcome
}

describe('the connection to the database', () => {
  it('says nothing over TLS 1.2, the password least of all', async () => {
    expect(await firstClientOf('TLSv1.2')).toBe('refused')
  })

  it('is made over TLS 1.3', async () => {
    expect(await firstClientOf('TLSv1.3')).toBe('TLSv1.3')
  })
})
