import { createServer } from '../../apps/api/src/server.ts'
import { jobOf } from '../harness/child.ts'
import { openBenchApp } from '../harness/installation.ts'
import { type ServerJob, serverOptions } from './procedure.ts'
import { serve } from './serve.ts'

/** The server as `chartward serve` makes it, but for its limit on requests of one address. */
const { databaseUrl, keyFolder } = await jobOf<ServerJob>()
const app = await openBenchApp(databaseUrl, keyFolder)
const server = await createServer({ ...serverOptions(app), consoleFolder: null })
await serve(server, () => app.close())
