import { once } from 'node:events'
import type { FastifyInstance } from 'fastify'
import { report } from '../harness/child.ts'
import { cpuTime, type Listening } from './procedure.ts'

/** Listens on loopback, tells its CPU time whenever it is asked, and stops when the parent lets go of it. */
export const serve = async (server: FastifyInstance, close: () => Promise<void>): Promise<void> => {
  const url = new URL(await server.listen({ host: '127.0.0.1', port: 0 }))
  process.on('message', () => report(cpuTime()))
  await report({ port: Number(url.port) } satisfies Listening)
  await once(process, 'disconnect')
  await server.close()
  await close()
}
