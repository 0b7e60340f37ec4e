import { Socket as Datagrams } from 'node:dgram'
import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import threads from 'node:worker_threads'
import { isDatabaseSocket } from '@chartward/db/socket'

/** Whatever leaves the process goes to one of these; PostgreSQL's sockets are given by `packages/db`. */
export type DestinationName = 'smtp' | 'kms'

/** Why nothing was sent: a closed list, so that a log line can say it. */
type OutboundProblem = 'unnamed' | 'unresolved' | 'address-refused' | 'plain-refused' | 'unreachable'

const SAYS: Readonly<Record<OutboundProblem, string>> = {
  unnamed: 'a socket that no destination was named for may not leave this process',
  unresolved: 'the name of the destination has no address',
  'address-refused':
    'the destination is at an address that is not of the internet: name it in CHARTWARD_OUTBOUND_PRIVATE if it is meant',
  'plain-refused': 'beyond loopback nothing is sent without TLS',
  unreachable: 'the destination does not answer',
}

export class OutboundError extends Error {
  override readonly name = 'OutboundError'
  readonly code: OutboundProblem

  constructor(code: OutboundProblem, options?: ErrorOptions) {
    super(SAYS[code], options)
    this.code = code
  }
}

const given = new WeakMap<Socket, DestinationName>()

/** A socket that may leave, for a destination. Only `dial` beside this file asks for one. */
export const giveSocket = (name: DestinationName): Socket => {
  const socket = new Socket()
  given.set(socket, name)
  return socket
}

const mayLeave = (socket: Socket): boolean => given.has(socket) || isDatabaseSocket(socket)

/** Puts `checked` in the place of a method, for good: nothing that is loaded later takes it out. */
const replace = <T extends object, K extends keyof T>(of: T, method: K, checked: T[K]): void => {
  Object.defineProperty(of, method, {
    value: checked,
    writable: false,
    configurable: false,
    enumerable: false,
  })
}

const GUARDED = fileURLToPath(new URL('./guarded.ts', import.meta.url))

/** The method that refuses what was not given; it is put in the place of `connect`. */
export const guardedConnect = (connect: Socket['connect']): Socket['connect'] =>
  new Proxy(connect, {
    apply: (method, socket: Socket, args) => {
      if (!mayLeave(socket)) throw new OutboundError('unnamed')
      return Reflect.apply(method, socket, args)
    },
  })

/** A thread has a `node:net` of its own: each that is begun by this is guarded before its program runs. */
export const guardedThreads = (Thread: typeof threads.Worker): typeof threads.Worker =>
  new Proxy(Thread, {
    construct: (Worker, [program, options]: ConstructorParameters<typeof threads.Worker>, asked) => {
      const execArgv = [...(options?.execArgv ?? process.execArgv), '--require', GUARDED]
      return Reflect.construct(Worker, [program, { ...options, execArgv }], asked)
    },
  })

let isGuarded = false

/**
 * From now on every socket of this process that was not given by name throws as it connects, whoever asks:
 * `node:net`, `node:tls`, `node:http`, `fetch` and whatever is built on them end in this one method, while a
 * dispatcher of `fetch` would miss all the others. Datagrams leave by nobody. Called first by each program.
 */
export const guardSockets = (): void => {
  if (isGuarded) return
  isGuarded = true
  replace(Socket.prototype, 'connect', guardedConnect(Socket.prototype.connect))
  const refuse = (): never => {
    throw new OutboundError('unnamed')
  }
  for (const method of ['send', 'connect'] as const) replace(Datagrams.prototype, method, refuse)
  replace(threads, 'Worker', guardedThreads(threads.Worker))
  syncBuiltinESMExports()
}
