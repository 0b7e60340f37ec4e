import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedServer, openDatabase, startEmbedded } from '@chartward/db'
import type { App } from '../../apps/api/src/app.ts'
import { installOnce, prepareDatabase } from '../../apps/api/src/cli/prepare.ts'
import { openApp } from '../../apps/api/src/composition/open-app.ts'
import { createLogger } from '../../apps/api/src/core/log.ts'
import { type KeyFiles, keyFiles, readSigningSeed, verifierKeyOf } from '../../apps/api/src/keys/key-files.ts'

export const LOG_ORIGIN = 'bench.invalid/log'

/**
 * An installed Chartward on an embedded PostgreSQL of its own, as `chartward init` leaves it: default
 * durability, fsync on.
 */
export interface BenchInstallation {
  readonly server: EmbeddedServer
  readonly keyFolder: string
  /** A database of the same server with nothing but an installation in it. */
  freshDatabase(name: string): Promise<void>
  stop(): Promise<void>
}

const TEMPLATE = 'chartward'

export const createInstallation = async (): Promise<BenchInstallation> => {
  const folder = await mkdtemp(join(tmpdir(), 'chartward-bench-'))
  const keyFolder = join(folder, 'keys')
  const starting = startEmbedded(folder)
  // However the benchmark ends, it leaves no server running and no folder behind.
  process.once('exit', () =>
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      // Whatever was under way fails when its server goes, and must not end this before the
      // server has stopped.
      process.on('uncaughtException', () => undefined)
      void starting.then(({ stop }) => stop()).finally(() => process.exit(130))
    })
  const server = await starting
  const databases = {
    owner: server.url('chartward_owner'),
    app: server.url('chartward_app'),
    sequencer: server.url('chartward_sequencer'),
    auditor: server.url('chartward_auditor'),
    rekey: server.url('chartward_rekey'),
    backup: server.url('chartward_backup'),
    embedded: server,
  }
  await prepareDatabase(databases)
  await installOnce(databases, keyFolder, { mode: 'production', logOrigin: LOG_ORIGIN })
  return {
    server,
    keyFolder,
    freshDatabase: async (name) => {
      const db = openDatabase({
        url: server.url('chartward_owner', 'postgres'),
        connections: 1,
        name: 'bench',
      })
      try {
        await db.sql.unsafe(`drop database if exists ${name} with (force)`)
        await db.sql.unsafe(`create database ${name} template ${TEMPLATE}`)
        await db.sql.unsafe('checkpoint')
      } finally {
        await db.close()
      }
    },
    stop: () => server.stop(),
  }
}

/** The application over an installed database, as the server and the command line open it. */
export const openBenchApp = (
  databaseUrl: string,
  keyFolder: string,
  connections = 10,
  more: Pick<Parameters<typeof openApp>[0], 'rekey' | 'keys'> = {},
): Promise<App & { close(): Promise<void> }> => {
  const files: KeyFiles = keyFiles(keyFolder)
  return openApp({
    db: openDatabase({ url: databaseUrl, connections, name: 'chartward' }),
    files,
    log: createLogger('info'),
    publicUrl: 'http://localhost:4380',
    careRelationshipDays: 365,
    // One person reads everything here.
    accessLimits: { patientsPerHour: 1e9, recordsPerHour: 1e9 },
    logVerifierKey: verifierKeyOf(readSigningSeed(files), LOG_ORIGIN),
    ...more,
  })
}
