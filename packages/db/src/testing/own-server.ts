import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { openDatabase } from '../database.ts'
import { type EmbeddedServer, startEmbedded } from '../embedded/server.ts'

/** A PostgreSQL of a test's own, which it may kill. It comes back where it was. */
export interface OwnServer extends Pick<EmbeddedServer, 'url' | 'port'> {
  /** Ends it as a crash would: its first process killed, or told to drop everybody at once. */
  kill(signal: 'SIGKILL' | 'SIGQUIT'): Promise<void>
  /** Starts it again; resolves when it takes connections. */
  start(): Promise<void>
  /** Ends each connection to the application's database; says how many. */
  terminateAll(): Promise<number>
  stop(): Promise<void>
}

// Nothing here takes the machine's power away: what a process has written stays.
const SETTINGS = ['fsync=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0']

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

export const startOwnServer = async (): Promise<OwnServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'chartward-own-server-'))
  const first = await startEmbedded(folder, SETTINGS)
  const { port } = first
  let running: EmbeddedServer = first
  const postmaster = async (): Promise<number> => {
    const file = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')
    return Number(file.split('\n')[0])
  }
  const start = async (): Promise<void> => {
    for (let tries = 0; ; tries++) {
      try {
        running = await startEmbedded(folder, SETTINGS, port)
        return
      } catch (error) {
        // Backends of the killed one may still be on their way out.
        if (tries === 60) throw error
        await setTimeout(100)
      }
    }
  }
  return {
    port,
    url: first.url,
    start,
    kill: async (signal) => {
      const pid = await postmaster()
      process.kill(pid, signal)
      while (isAlive(pid)) await setTimeout(10)
    },
    terminateAll: async () => {
      const owner = openDatabase({
        url: first.url('chartward_owner', 'postgres'),
        connections: 1,
        name: 'terminate',
      })
      try {
        const ended = await owner.sql`
          select pg_terminate_backend(pid) from pg_stat_activity where datname = 'chartward'`
        return ended.length
      } finally {
        await owner.close()
      }
    },
    stop: async () => {
      await running.stop().catch(() => undefined)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
