import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { jobOf, report } from './child.ts'

/**
 * A closed loop of requests: each connection sends its next one when it has its answer. To 127.0.0.1
 * and nowhere else.
 */
export interface LoadJob {
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Bodies to send by POST, in turn. */
  readonly bodies: readonly string[]
  readonly connections: number
  /** As many requests at most, */
  readonly requests: number
  /** and for as long at most. */
  readonly milliseconds: number
}

export interface LoadDone {
  readonly requests: number
  readonly seconds: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

const job = await jobOf<LoadJob>()
const agent = new Agent({ keepAlive: true, maxSockets: job.connections })
const latencies: number[] = []
let sent = 0

const answerOf = (sending: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    sending.once('response', resolve)
    sending.once('error', reject)
  })

const ask = async (body: string): Promise<void> => {
  const started = performance.now()
  const sending = request({
    host: '127.0.0.1',
    port: job.port,
    path: job.path,
    method: 'POST',
    agent,
    headers: {
      ...job.headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    },
  })
  sending.end(body)
  const answer = await answerOf(sending)
  answer.resume()
  await new Promise((resolve) => answer.once('end', resolve))
  if (answer.statusCode !== 200) throw new Error(`a request was answered with ${answer.statusCode}`)
  latencies.push(performance.now() - started)
}

const started = performance.now()
const connection = async (): Promise<void> => {
  while (sent < job.requests && performance.now() - started < job.milliseconds) {
    const body = job.bodies[sent % job.bodies.length] ?? ''
    sent += 1
    await ask(body)
  }
}
await Promise.all(Array.from({ length: job.connections }, connection))
const seconds = (performance.now() - started) / 1000
latencies.sort((a, b) => a - b)
const at = (part: number): number => latencies[Math.floor((latencies.length - 1) * part)] ?? Number.NaN
await report({ requests: latencies.length, seconds, p50: at(0.5), p99: at(0.99) } satisfies LoadDone)
agent.destroy()
process.disconnect()
