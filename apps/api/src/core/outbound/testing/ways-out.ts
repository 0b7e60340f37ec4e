import '../guarded.ts'
import { createSocket } from 'node:dgram'
import { get } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { get as getSecure } from 'node:https'
import { createRequire } from 'node:module'
import { connect, Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Worker } from 'node:worker_threads'

/*
 * A guarded program that tries each way out to the port that it is told, and prints what became of each: the
 * code of its refusal, or `left`.
 */
const port = Number(process.argv[2])
const path = process.argv[3] ?? ''
const host = '127.0.0.1'
const required = createRequire(import.meta.url)

const connected = (socket: Socket): Promise<string> =>
  new Promise((resolve, reject) => {
    socket.once('connect', () => resolve('left'))
    socket.once('error', reject)
  })

const inThread = (program: string, options: { readonly execArgv?: string[] } = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(program, { eval: true, ...options })
    worker.once('message', resolve)
    worker.once('error', reject)
  })

const IN_THREAD = `
  const { parentPort } = require('node:worker_threads')
  try {
    require('node:net').connect(${port}, '${host}').once('connect', () => parentPort.postMessage('left'))
  } catch (error) { parentPort.postMessage(error.code) }`

const NESTED = `
  const { Worker, parentPort } = require('node:worker_threads')
  new Worker(${JSON.stringify(IN_THREAD)}, { eval: true }).once('message', (said) => parentPort.postMessage(said))`

const WAYS: Readonly<Record<string, () => unknown>> = {
  'net.connect': () => connected(connect(port, host)),
  'new Socket': () => connected(new Socket().connect(port, host)),
  'a socket of a class derived from it': () => connected(new (class extends Socket {})().connect(port, host)),
  'a path on this machine': () => connected(connect(path)),
  'tls.connect': () => connected(connectTls({ host, port })),
  'node:http': () => new Promise((resolve, reject) => get({ host, port }, resolve).once('error', reject)),
  'node:https': () =>
    new Promise((resolve, reject) => getSecure({ host, port }, resolve).once('error', reject)),
  'node:http2': () =>
    new Promise((_, reject) => connectHttp2(`http://${host}:${port}`).once('error', reject)),
  'global fetch': () => fetch(`http://${host}:${port}`),
  'a WebSocket': () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://${host}:${port}`)
      socket.addEventListener('open', resolve)
      socket.addEventListener('error', (event) => reject('error' in event ? event.error : event))
    }),
  'what require gives': () => connected(required('node:net').connect(port, host)),
  'a datagram': () => createSocket('udp4').send('a', port, host),
  'a connected datagram socket': () => createSocket('udp4').connect(port, host),
  'a thread': () => inThread(IN_THREAD),
  'a thread with options of its own': () => inThread(IN_THREAD, { execArgv: [] }),
  'a thread of a thread': () => inThread(NESTED),
  'a method put back': () => {
    Object.defineProperty(Socket.prototype, 'connect', { value: () => undefined })
    return 'left'
  },
}

const codeOf = (error: unknown): string => {
  let at = error
  for (let depth = 0; depth < 5 && at instanceof Error; depth++) {
    if ('code' in at && at.code === 'unnamed') return 'unnamed'
    if (at instanceof TypeError && at.message.includes('redefine')) return 'fixed'
    at = at.cause
  }
  return String(error)
}

const became: Record<string, string> = {}
for (const [name, way] of Object.entries(WAYS)) {
  try {
    const said = await way()
    became[name] = typeof said === 'string' ? said : 'left'
  } catch (error) {
    became[name] = codeOf(error)
  }
}
process.stdout.write(JSON.stringify(became), () => process.exit(0))
