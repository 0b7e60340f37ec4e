import { once } from 'node:events'
import { type IncomingHttpHeaders, request } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { App } from '../app.ts'
import { newId } from '../core/ids.ts'
import { SESSION_COOKIE } from '../sessions/sessions.ts'
import { signInAs } from './sign-in.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

interface Sent {
  readonly token?: string
  readonly method?: 'GET' | 'POST'
  readonly body?: unknown
  readonly accept?: string
  readonly localAddress?: string
}

/** One request to a process on loopback. Rejects where there is no whole answer. */
export const ask = async (
  port: number,
  path: string,
  { token, method = 'GET', body, accept = 'application/json', localAddress = '127.0.0.1' }: Sent = {},
): Promise<Answer> => {
  const sent = request({
    host: '127.0.0.1',
    port,
    path,
    method,
    localAddress,
    agent: false,
    headers: {
      accept,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { cookie: `${SESSION_COOKIE}=${token}` }),
    },
  })
  sent.end(body === undefined ? undefined : JSON.stringify(body))
  const [incoming] = await once(sent, 'response')
  let text = ''
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk
  return { status: incoming.statusCode, headers: incoming.headers, text }
}

export const call = (port: number, procedure: string, body: unknown, more: Sent = {}): Promise<Answer> =>
  ask(port, `/trpc/${procedure}`, { ...more, method: 'POST', body })

/**
 * What was answered as done, and so must be there: which act, by which request, and the account that it made.
 */
interface Acknowledged {
  readonly action: string
  readonly requestId: string
  readonly userId: string | null
}

/** People at work until they are told to stop: some read, some change, some try passwords. */
export interface Load {
  readonly acknowledged: readonly Acknowledged[]
  /** How often each status came that is no success; 0 stands for no answer. */
  readonly failures: ReadonlyMap<number, number>
  /** When the process on this port last acknowledged something, as performance.now() tells. */
  lastDone(port: number): number
  stop(): Promise<void>
}

const ACTS = [
  { procedure: 'users.list', action: 'user.listed', status: 200, restMs: 40 },
  { procedure: 'users.invite', action: 'user.invited', status: 200, restMs: 40 },
  { procedure: 'auth.signIn', action: 'auth.sign-in.password', status: 401, restMs: 250 },
] as const

const bodyOf = (procedure: (typeof ACTS)[number]['procedure']): unknown => {
  if (procedure === 'users.list') return { limit: 5 }
  if (procedure === 'users.invite') return { email: `${newId()}@example.test`, displayName: 'Invited' }
  return { email: `${newId()}@example.test`, password: 'wrong wrong wrong' }
}

/** Begins the load, spread over these ports, whichever of them answer: each act goes to a port by turns. */
export const startLoad = async (app: App, ports: readonly number[]): Promise<Load> => {
  const acknowledged: Acknowledged[] = []
  const failures = new Map<number, number>()
  const last = new Map<number, number>()
  let on = true
  let requests = 0
  const work = async (act: (typeof ACTS)[number], token: string | undefined): Promise<void> => {
    for (let turn = 0; on; turn++) {
      const port = ports[turn % ports.length] ?? 0
      // Of many addresses: the limit on the requests of one is not what is tested.
      const localAddress = `127.0.1.${1 + (requests++ % 200)}`
      const sent = call(port, act.procedure, bodyOf(act.procedure), {
        localAddress,
        ...(token === undefined ? {} : { token }),
      })
      const answer = await sent.catch(() => null)
      const requestId = answer?.headers['x-request-id']
      if (answer?.status === act.status && typeof requestId === 'string') {
        const userId = act.procedure === 'users.invite' ? JSON.parse(answer.text).result.data.id : null
        acknowledged.push({ action: act.action, requestId, userId })
        last.set(port, performance.now())
      } else failures.set(answer?.status ?? 0, (failures.get(answer?.status ?? 0) ?? 0) + 1)
      await setTimeout(answer === null ? 50 : act.restMs)
    }
  }
  const workers: Promise<void>[] = []
  for (const act of [...ACTS, ...ACTS.slice(0, 2), ...ACTS.slice(0, 2)]) {
    const token = act.procedure === 'auth.signIn' ? undefined : (await signInAs(app, 'administrator')).token
    workers.push(work(act, token))
  }
  return {
    acknowledged,
    failures,
    lastDone: (port) => last.get(port) ?? 0,
    stop: async () => {
      on = false
      await Promise.all(workers)
    },
  }
}
