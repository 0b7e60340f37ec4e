import type { App } from '../../apps/api/src/app.ts'

/** The one call that both servers answer. */
export const PATH = '/trpc/records.get'

/** Of one of the two servers, once it listens. */
export interface Listening {
  readonly port: number
}

/**
 * What a server answers when it is asked for its CPU time: seconds in user and system mode since its start.
 */
export interface CpuTime {
  readonly cpuSeconds: number
}

export const cpuTime = (): CpuTime => {
  const { user, system } = process.cpuUsage()
  return { cpuSeconds: (user + system) / 1e6 }
}

export interface ServerJob {
  readonly databaseUrl: string
  readonly keyFolder: string
}

/**
 * How both servers are made: on loopback, with a limit on requests of one address that no benchmark reaches.
 */
export const serverOptions = (app: App) => ({
  app,
  host: '127.0.0.1',
  port: 0,
  tls: undefined,
  trustedProxy: undefined,
  requestsPerMinute: 100_000_000,
})
