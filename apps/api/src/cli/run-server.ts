import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@chartward/db'
import type { App } from '../core/app.ts'
import { findInstallation, type KeyFiles, readSigningSeed, verifierKeyOf } from '../core/bootstrap.ts'
import { createLogger } from '../core/log.ts'
import { openApp } from '../core/open-app.ts'
import type { Environment } from '../env.ts'
import { startJobs } from '../jobs/start-jobs.ts'
import { createServer } from '../server.ts'
import type { Databases } from './database.ts'
import { startSequencerProcess } from './sequencer-process.ts'
import { UsageError } from './usage-error.ts'

const CONSOLE = fileURLToPath(new URL('../../../web/dist', import.meta.url))

export const openAppFor = async (
  environment: Environment,
  databases: Databases,
  files: KeyFiles,
  publicUrl: string,
): Promise<Awaited<ReturnType<typeof openApp>>> => {
  const db = openDatabase({
    url: databases.app,
    connections: environment.databaseConnections,
    name: 'chartward',
  })
  const log = createLogger(environment.logLevel)
  const installation = await findInstallation(db)
  if (installation === null) {
    await db.close()
    throw new UsageError('This database is not set up: run `chartward init` first.')
  }
  return openApp({
    db,
    files,
    log,
    publicUrl,
    careRelationshipDays: environment.careRelationshipDays,
    logVerifierKey: await verifierKeyFor(files, installation.logOrigin),
  })
}

/** From the published file; where the signing key is at hand (one machine, the demo) the file is made from it. */
const verifierKeyFor = async (files: KeyFiles, origin: string): Promise<string> => {
  if (existsSync(files.verifier)) return (await readFile(files.verifier, 'utf8')).trim()
  if (existsSync(files.signing)) return verifierKeyOf(readSigningSeed(files), origin)
  throw new UsageError(`Put the log's verifier key into ${files.verifier}: the sequencer's machine has it.`)
}

export interface RunningServer {
  readonly url: string
  stop(): Promise<void>
}

export interface RunOptions {
  readonly environment: Environment
  readonly databases: Databases
  readonly app: App & { close(): Promise<void> }
  readonly host: string
  readonly port: number
  /** Whether the sequencer runs as our child; in production it is a service of its own. */
  readonly withSequencer: boolean
}

/** Starts console, API, jobs and (where asked) the sequencer, and stops them in the order in which nothing is lost. */
export const runServer = async (options: RunOptions): Promise<RunningServer> => {
  const { environment, databases, app, host, port } = options
  if (!existsSync(join(CONSOLE, 'index.html'))) {
    throw new UsageError('The console has not been built: run `pnpm build` first.')
  }
  const server = await createServer({
    app,
    host,
    port,
    tls: environment.tls,
    trustedProxy: environment.trustedProxy,
    consoleFolder: CONSOLE,
  })
  const sequencer = options.withSequencer
    ? startSequencerProcess(
        {
          databaseUrl: databases.sequencer,
          keyFolder: environment.keyFolder,
          logLevel: environment.logLevel,
        },
        app.log,
      )
    : null
  const jobs = await startJobs(app, databases.app)
  const url = await server.listen({ host, port })
  return {
    url,
    stop: async () => {
      await server.close()
      await jobs.stop()
      await app.audit.drain()
      await sequencer?.stop()
      await app.close()
      await databases.embedded?.stop()
    },
  }
}

/** Resolves when the process is asked to stop. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
