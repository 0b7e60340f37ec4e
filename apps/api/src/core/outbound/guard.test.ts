import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { testServer } from '@chartward/db/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { giveSocket, guardedConnect, guardedThreads, OutboundError } from './guard.ts'

const run = promisify(execFile)
const WAYS_OUT = fileURLToPath(new URL('./testing/ways-out.ts', import.meta.url))
const GIVEN = fileURLToPath(new URL('./testing/given.ts', import.meta.url))

/** Servers that count who comes: on a port, and at a path. */
const servers: Server[] = []
let came = 0
let port = 0
let folder: string
const path = (): string => join(folder, 'socket')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartward-outbound-'))
  for (const at of [{ port: 0, host: '127.0.0.1' }, { path: path() }]) {
    const server = createServer((socket) => {
      came++
      socket.destroy()
    }).listen(at)
    await once(server, 'listening')
    servers.push(server)
  }
  const address = servers[0]?.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  port = address.port
})
afterAll(async () => {
  for (const server of servers) server.close()
  await rm(folder, { recursive: true, force: true })
})

describe('a guarded program', () => {
  it('lets nothing leave that no destination was named for, by whichever module, thread or method', async () => {
    const { stdout } = await run(process.execPath, [WAYS_OUT, String(port), path()])
    const became: Record<string, string> = JSON.parse(stdout)
    expect(Object.keys(became).length).toBeGreaterThan(15)
    expect(Object.entries(became).filter(([, what]) => what === 'left')).toEqual([])
    expect(became).toMatchObject({
      'net.connect': 'unnamed',
      'node:http': 'unnamed',
      'global fetch': 'unnamed',
      'a datagram': 'unnamed',
      'a thread of a thread': 'unnamed',
      'a method put back': 'fixed',
    })
    expect(came).toBe(0)
  })

  it('has its database, and what is dialled by name', async () => {
    const { logins } = testServer()
    const { stdout } = await run(process.execPath, [GIVEN, String(port), `${logins.chartward_app}/postgres`])
    expect(JSON.parse(stdout)).toEqual({ database: 1, dialled: true })
  })
})

describe('the guard itself', () => {
  it('throws for a socket that was not given, and leaves one that was as it is', async () => {
    const connect = guardedConnect(Socket.prototype.connect)
    const stranger = new Socket()
    expect(() => Reflect.apply(connect, stranger, [port, '127.0.0.1'])).toThrow(OutboundError)
    const given = giveSocket('smtp')
    Reflect.apply(connect, given, [port, '127.0.0.1'])
    await once(given, 'connect')
    given.destroy()
    stranger.destroy()
  })

  it('is in each thread that is begun by it, before its program', async () => {
    const Thread = guardedThreads(Worker)
    const thread = new Thread(
      `const { parentPort } = require('node:worker_threads')
      try { require('node:net').connect(${port}, '127.0.0.1'); parentPort.postMessage('left') }
      catch (error) { parentPort.postMessage(error.code) }`,
      { eval: true },
    )
    const [said] = await once(thread, 'message')
    await thread.terminate()
    expect(said).toBe('unnamed')
  })
})
