import '../../core/outbound/guarded.ts'
import { withUnwinding } from '../../core/unwinding.ts'
import { readEnvironment } from '../../env.ts'
import { startJobs } from '../../jobs/start-jobs.ts'
import { keyFiles } from '../../keys/key-files.ts'
import { createServer } from '../../server.ts'
import { withDatabases } from '../database.ts'
import { failureText } from '../failure.ts'
import { printError } from '../print.ts'
import { openAppFor, untilStopped } from '../run-server.ts'
import { requireDemo } from './require-demo.ts'

/*
 * The API of `pnpm dev`, without the console and the sequencer: main.ts beside this file runs them,
 * and starts this again where a file of it changes. The same server as in production, with the
 * settings of a demo.
 */

const host = '127.0.0.1'

try {
  const environment = readEnvironment()
  const { port, publicUrl = `http://localhost:${port}` } = environment
  const stopped = untilStopped()
  await withDatabases(environment, async (databases) => {
    await requireDemo(databases)
    await withUnwinding(async (unwinding) => {
      const app = await openAppFor(environment, databases, keyFiles(environment.keyFolder), publicUrl)
      unwinding.add(() => app.close())
      const settings = { app, host, port, tls: undefined, trustedProxy: undefined, consoleFolder: null }
      const server = await createServer(settings)
      const jobs = await startJobs(app, databases.app)
      unwinding.add(() => jobs.stop())
      unwinding.add(() => server.close())
      await server.listen({ host, port })
      await stopped
    })
  })
} catch (error) {
  printError(failureText(error, true))
  process.exitCode = 1
}
