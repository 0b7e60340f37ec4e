import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { KmsProvider } from '@chartward/crypto'
import { openDatabase } from '@chartward/db'
import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import { openApp } from '../composition/open-app.ts'
import { findInstallation, type Installation } from '../core/installation.ts'
import { createLogger } from '../core/log.ts'
import { type Unwinding, unwindOnFailure } from '../core/unwinding.ts'
import type { Environment } from '../env.ts'
import { USUAL_ACCESS } from '../guard/access-watch.ts'
import { startJobs } from '../jobs/start-jobs.ts'
import { type KeyFiles, readPins } from '../keys/key-files.ts'
import { createServer } from '../server.ts'
import { ensureBundleKey } from '../services/bundles/bundle-key.ts'
import { closeBrokenImports } from '../services/import/running.ts'
import { replayLedger } from '../services/shred/replay.ts'
import type { Databases } from './database.ts'
import { kmsFor } from './kms.ts'
import { startSequencerProcess } from './sequencer-process.ts'
import { UsageError } from './usage-error.ts'

/**
 * How long a stop takes at most, part by part, in milliseconds: a database that is gone keeps no process
 * from ending. What is cut off then had not been acknowledged.
 */
const STOP_MS = {
  requests: 4000,
  jobs: 1500,
  drain: 1000,
  sequencer: 1500,
  application: 1500,
  whole: 9800,
} as const

const CONSOLE = fileURLToPath(new URL('../../../web/dist', import.meta.url))

export const openAppFor = (
  environment: Environment,
  databases: Databases,
  files: KeyFiles,
  publicUrl: string,
  clock?: () => Date,
): ReturnType<typeof openApp> => openAppWith(environment, databases, { files, publicUrl, clock })

interface OpenWith {
  readonly files: KeyFiles
  readonly publicUrl: string
  readonly clock?: (() => Date) | undefined
  /** The key store that whoever asks has opened; the one of the settings, unless given. */
  readonly kms?: KmsProvider | undefined
}

/** The same with a key store that is open already. */
export const openAppWith = (
  environment: Environment,
  databases: Databases,
  { files, publicUrl, clock, kms }: OpenWith,
): ReturnType<typeof openApp> =>
  unwindOnFailure(async (unwinding) => {
    const db = openDatabase({
      url: databases.app,
      connections: environment.databaseConnections,
      name: 'chartward',
    })
    unwinding.add(() => db.close())
    const log = createLogger(environment.logLevel)
    const installation = await findInstallation(db)
    if (installation === null) {
      throw new UsageError('This database is not set up: run `chartward init` first.')
    }
    requirePlanned(environment, installation)
    return openApp({
      db,
      rekey: openDatabase({ url: databases.rekey, connections: 2, name: 'chartward-rekey' }),
      keys: { days: environment.keyDays, patientDays: environment.patientKeyDays },
      files,
      // A demo has its root beside it, whatever is set for another installation.
      ...(installation.mode === 'demo' ? {} : { kms: kms ?? (await kmsFor(environment, files)) }),
      kekHoldMs: environment.kms.holdMs,
      log,
      publicUrl,
      careRelationshipDays: environment.careRelationshipDays,
      breakGlassMinutes: environment.breakGlassMinutes,
      passwords: environment.passwords,
      lostFactorHours: environment.lostFactorHours,
      patientsSeeNames: environment.patientsSeeNames,
      retention: environment.retention,
      logStore: environment.logStore,
      backups: environment.backup,
      sessions: environment.sessions,
      timeZone: environment.timeZone,
      space: environment.space,
      smtp: environment.smtp,
      resetMs: { own: environment.resetMinutes * 60_000, started: environment.resetHours * 3_600_000 },
      accessLimits: {
        patientsPerHour: environment.patientsPerHour ?? USUAL_ACCESS.patientsPerHour,
        recordsPerHour: environment.recordsPerHour ?? USUAL_ACCESS.recordsPerHour,
      },
      logVerifierKey: verifierKeyFor(files, installation.logOrigin),
      ...(clock === undefined ? {} : { clock }),
    })
  })

/** Tokens are made as `init` was told: another setting would find nobody. */
const requirePlanned = ({ search }: Environment, { plannedPatients, nameBits }: Installation): void => {
  if (search.plannedPatients === undefined) return
  if (search.plannedPatients === plannedPatients && search.nameBits === nameBits) return
  throw new UsageError(
    `This installation was set up for ${plannedPatients} patients, with name tokens of ${nameBits} bits: its tokens are made so. Take CHARTWARD_PLANNED_PATIENTS and CHARTWARD_NAME_TOKEN_BITS out, or set them to these.`,
  )
}

/**
 * From the published file; where the signing key is at hand (one machine, the demo) the file is made from it.
 */
const verifierKeyFor = (files: KeyFiles, origin: string): string => {
  const pins = readPins(files, origin)
  if (pins !== null) return pins
  throw new UsageError(`Put the log's verifier key into ${files.verifier}: the sequencer's machine has it.`)
}

export interface RunningServer {
  readonly url: string
  /**
   * Takes no more requests, lets what is under way end, and stops. The application and its database are the
   * caller's to close.
   */
  stop(): Promise<void>
}

export interface RunOptions {
  readonly environment: Environment
  readonly databases: Databases
  readonly app: App
  readonly host: string
  readonly port: number
  /** Whether the sequencer runs as our child; in production it is a service of its own. */
  readonly withSequencer: boolean
  /** Waited for just before the port is taken. */
  readonly beforeListening?: () => Promise<void>
}

/** Ends the application, to be added to what is unwound before its parts are. */
export const closeApp = (unwinding: Unwinding, app: { close(): Promise<void> }): void =>
  unwinding.add(() => app.close(), STOP_MS.application)

/**
 * Starts console, API, jobs and (where asked) the sequencer, to be stopped in the order in which nothing is
 * lost. Where one of them can't start, those that have started are stopped.
 */
export const runServer = (options: RunOptions): Promise<RunningServer> =>
  unwindOnFailure(async (unwinding) => {
    const { environment, databases, app, host, port } = options
    if (!existsSync(join(CONSOLE, 'index.html'))) {
      throw new UsageError('The console has not been built: run `pnpm build` first.')
    }
    const { tls, trustedProxy, keyFolder, logStore, logLevel } = environment
    const server = await createServer({ app, host, port, tls, trustedProxy, consoleFolder: CONSOLE })
    if (options.withSequencer) {
      const settings = { databaseUrl: databases.sequencer, keyFolder, logStore, logLevel }
      const sequencer = startSequencerProcess(settings, app.log)
      unwinding.add(() => sequencer.stop(STOP_MS.sequencer))
    }
    await ensureBundleKey(app).catch((error: unknown) =>
      app.log.error(
        { err: error },
        'the key that signs bundles could not be made sure of: no bundle is signed',
      ),
    )
    app.audit.startCounting()
    unwinding.add(() => app.audit.drain(), STOP_MS.drain)
    unwinding.add(app.space.start())
    await closeBrokenImports(app).catch((error: unknown) =>
      app.log.error({ err: error }, 'imports that were killed can not be looked for'),
    )
    // Before anything is served: an older copy of the database may know patients who were destroyed since.
    const { patients } = await replayLedger(app)
    if (patients > 0) app.log.warn('patients of the ledger were destroyed again: this is an older database')
    const jobs = await startJobs(app, databases.app)
    unwinding.add(() => jobs.stop(), STOP_MS.jobs)
    unwinding.add(() => closeServer(server))
    await server.ready()
    await options.beforeListening?.()
    const url = await listen(server, host, port)
    return { url, stop: () => unwinding.run() }
  })

/** Takes nothing more, lets what is under way end, and after a time ends the connections of the rest. */
const closeServer = async (server: FastifyInstance): Promise<void> => {
  const late = setTimeout(() => server.server.closeAllConnections(), STOP_MS.requests)
  try {
    await server.close()
  } finally {
    clearTimeout(late)
  }
}

const listen = (server: FastifyInstance, host: string, port: number): Promise<string> =>
  tellingOfPorts({ host, port }, () => server.listen({ host, port }))

/** Says in a sentence why a port can't be had. */
export const tellingOfPorts = async <T>(
  { host, port }: { readonly host: string; readonly port: number },
  listen: () => Promise<T>,
): Promise<T> => {
  try {
    return await listen()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') {
      throw new UsageError(`Port ${port} is taken: stop what listens there, or name another with --port.`)
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
      throw new UsageError(`This process can not listen on ${host}, port ${port} (${code}).`)
    }
    throw error
  }
}

/** Resolves when the process is asked to stop. From then on it has so long, whatever it waits for. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = (): void => {
      setTimeout(() => process.exit(1), STOP_MS.whole).unref()
      resolve()
    }
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
