import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@chartward/db'
import { type OwnServer, startOwnServer } from '@chartward/db/testing/own-server'
import type { App } from '../app.ts'
import type { Databases } from '../cli/database.ts'
import { installOnce, prepareDatabase } from '../cli/prepare.ts'
import { openApp } from '../composition/open-app.ts'
import { createLogger } from '../core/log.ts'
import type { KeyFiles } from '../keys/key-files.ts'
import { readSigningSeed, verifierKeyOf } from '../keys/key-files.ts'

const CHARTWARD = fileURLToPath(new URL('../cli/main.ts', import.meta.url))
const SEQUENCER = fileURLToPath(new URL('../sequencer/main.ts', import.meta.url))
const LOG_ORIGIN = 'test.invalid/outage'

/** A process of the product, which may be killed and started again. */
export interface Process {
  readonly name: string
  readonly child: () => ChildProcess
  /** What it has printed, of all its lives. */
  readonly output: () => string
  start(): void
  kill(signal?: NodeJS.Signals): Promise<number | null>
}

export interface ApiProcess extends Process {
  readonly port: number
}

/** A set-up installation on a server of its own, whose processes a test starts, kills and asks. */
export interface Cluster {
  readonly server: OwnServer
  readonly files: KeyFiles
  /** For the test itself to look with, past everything that is killed. */
  readonly app: App
  /** The console and the API as `chartward serve` runs them. */
  api(port: number, urls?: { app: string; sequencer?: string }, args?: readonly string[]): ApiProcess
  sequencer(url: string): Process
  stop(): Promise<void>
}

const processOf = (name: string, args: readonly string[], environment: Record<string, string>): Process => {
  let child: ChildProcess
  let output = ''
  const { DATABASE_URL: _unset, ...inherited } = process.env
  const start = (): void => {
    child = spawn(process.execPath, args, {
      env: { ...inherited, CHARTWARD_LOG_LEVEL: 'error', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        output += String(chunk)
      })
  }
  start()
  return {
    name,
    child: () => child,
    output: () => output,
    start,
    kill: async (signal = 'SIGKILL') => {
      const running = child
      if (running.exitCode === null && running.signalCode === null) {
        const ended = once(running, 'close')
        running.kill(signal)
        await ended
      }
      return running.exitCode
    },
  }
}

export const startCluster = async (): Promise<Cluster> => {
  const server = await startOwnServer()
  const folder = await mkdtemp(join(tmpdir(), 'chartward-cluster-'))
  const databases: Databases = {
    owner: server.url('chartward_owner'),
    app: server.url('chartward_app'),
    sequencer: server.url('chartward_sequencer'),
    auditor: server.url('chartward_auditor'),
    rekey: server.url('chartward_rekey'),
    backup: server.url('chartward_backup'),
    embedded: null,
  }
  await prepareDatabase(databases)
  const keyFolder = join(folder, 'keys')
  const files = await installOnce(databases, keyFolder, { mode: 'production', logOrigin: LOG_ORIGIN })
  const app = await openApp({
    db: openDatabase({ url: databases.app, connections: 4, name: 'outage-test' }),
    files,
    log: createLogger('silent'),
    publicUrl: 'http://localhost',
    careRelationshipDays: 3650,
    logVerifierKey: verifierKeyOf(readSigningSeed(files), LOG_ORIGIN),
  })
  const processes: Process[] = []
  const started = <P extends Process>(one: P): P => {
    processes.push(one)
    return one
  }
  return {
    server,
    files,
    app,
    api: (port, urls = { app: databases.app, sequencer: databases.sequencer }, args = []) =>
      started({
        port,
        ...processOf(`api on ${port}`, [CHARTWARD, 'serve', '--port', String(port), ...args], {
          DATABASE_URL: urls.app,
          CHARTWARD_SEQUENCER_DATABASE_URL: urls.sequencer ?? databases.sequencer,
          CHARTWARD_DATA: join(folder, `data-${port}`),
          CHARTWARD_KEYS: keyFolder,
        }),
      }),
    sequencer: (url) =>
      started(
        processOf('sequencer', [SEQUENCER], {
          CHARTWARD_SEQUENCER_DATABASE_URL: url,
          CHARTWARD_KEYS: keyFolder,
        }),
      ),
    stop: async () => {
      for (const one of processes) await one.kill()
      await app.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Asks again and again until it is so. The test's own limit on time ends what never comes to be. */
export const until = async (isSo: () => Promise<boolean> | boolean, everyMs = 25): Promise<void> => {
  while (!(await Promise.resolve(isSo()).catch(() => false))) await setTimeout(everyMs)
}
