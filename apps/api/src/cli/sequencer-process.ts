import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Logger } from '../core/log.ts'
import { certificateAuthorities } from '../env.ts'

const ENTRY = fileURLToPath(new URL('../sequencer/main.ts', import.meta.url))
const RESTART_MS = 1000
/** Its own verdict that the log is not what was signed: starting it again would not change that. */
const LOG_FAULT = 3

export interface SequencerProcess {
  /** Kills it where it has not ended in time: another goes on from what it has committed. */
  stop(mostMs: number): Promise<void>
}

/**
 * Runs the sequencer as a child process with its own database login and key, and starts it again if it dies.
 * It ends by itself when this process goes away, since its standard input ends then.
 */
export const startSequencerProcess = (
  settings: {
    readonly databaseUrl: string
    readonly keyFolder: string
    readonly logStore: string | undefined
    readonly logLevel: string
  },
  log: Logger,
): SequencerProcess => {
  let child: ChildProcess
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  const start = (): void => {
    child = spawn(process.execPath, [ENTRY], {
      stdio: ['pipe', 'inherit', 'inherit'],
      // A group of its own: Ctrl-C reaches us alone, and we stop it when the last entry has been written.
      detached: true,
      env: {
        ...certificateAuthorities(),
        CHARTWARD_SEQUENCER_DATABASE_URL: settings.databaseUrl,
        CHARTWARD_KEYS: settings.keyFolder,
        ...(settings.logStore === undefined ? {} : { CHARTWARD_LOG_STORE: settings.logStore }),
        CHARTWARD_LOG_LEVEL: settings.logLevel,
      },
    })
    child.once('exit', (code) => {
      if (stopping) return
      log.error({ exitCode: code }, 'the sequencer has ended')
      if (code !== LOG_FAULT) timer = setTimeout(start, RESTART_MS)
    })
  }
  start()
  return {
    stop: async (mostMs) => {
      stopping = true
      clearTimeout(timer)
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), mostMs)
      await ended
      clearTimeout(late)
    },
  }
}
