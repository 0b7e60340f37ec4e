import { createServer } from '../../apps/api/src/server.ts'
import { jobOf } from '../harness/child.ts'
import { openBenchApp } from '../harness/installation.ts'
import type { ServerJob } from './procedure.ts'
import { serve } from './serve.ts'

/** The server as `chartward serve` makes it, but for its limit on requests of one address. */
const { databaseUrl, keyFolder } = await jobOf<ServerJob>()
const app = await openBenchApp(databaseUrl, keyFolder)
const server = await createServer({
  app,
  host: '127.0.0.1',
  port: 0,
  tls: undefined,
  trustedProxy: undefined,
  consoleFolder: null,
  requestsPerMinute: 100_000_000,
})
await serve(server, () => app.close())
