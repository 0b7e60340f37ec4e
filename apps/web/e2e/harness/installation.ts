import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from './until.ts'

const CLI = fileURLToPath(new URL('../../../api/src/cli/main.ts', import.meta.url))
const STARTED_WITHIN_MS = 120_000

export interface Finished {
  readonly exitCode: number | null
  /** Both streams, as they came. */
  readonly output: string
}

/** Chartward as an operator has it: a data folder of its own, the command line, a port. */
export interface Installation {
  readonly folder: string
  readonly port: number
  readonly url: string
  /** Runs one command to its end. */
  run(...args: string[]): Promise<Finished>
  /** Starts the server by a command that keeps running, and waits until it says that it can serve. */
  start(...args: string[]): Promise<void>
  /** Stops the server, if one runs, and removes everything. */
  remove(): Promise<void>
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}

/** `settings` are those that an operator would give in the environment. */
export const makeInstallation = async (
  settings: Readonly<Record<string, string>> = {},
): Promise<Installation> => {
  const folder = await mkdtemp(join(tmpdir(), 'chartward-e2e-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  let server: ChildProcess | null = null

  const launch = (args: readonly string[]): { child: ChildProcess; said: () => string } => {
    const { PATH, HOME, TMPDIR } = process.env
    const child = spawn(process.execPath, [CLI, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Nothing else of this shell's settings: a DATABASE_URL that stands there is not for this test.
      env: {
        PATH,
        HOME,
        TMPDIR,
        CHARTWARD_DATA: folder,
        CHARTWARD_PORT: String(port),
        CHARTWARD_PUBLIC_URL: url,
        CHARTWARD_LOG_LEVEL: 'error',
        ...settings,
      },
    })
    const chunks: string[] = []
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
    }
    return { child, said: () => chunks.join('') }
  }

  const stop = async (): Promise<void> => {
    const running = server
    server = null
    if (running === null || running.exitCode !== null || running.signalCode !== null) return
    const ended = once(running, 'exit')
    running.kill('SIGTERM')
    await ended
  }
  // A test run that is cut off leaves no server behind.
  const killed = (): void => void server?.kill('SIGTERM')
  process.once('exit', killed)

  return {
    folder,
    port,
    url,
    run: async (...args) => {
      const { child, said } = launch(args)
      await once(child, 'close')
      return { exitCode: child.exitCode, output: said() }
    },
    start: async (...args) => {
      const { child, said } = launch(args)
      server = child
      await until(
        async () => {
          if (child.exitCode !== null) throw new Error(`The server ended: ${said()}`)
          return (await fetch(`${url}/readyz`).catch(() => null))?.ok === true
        },
        'the server is ready',
        STARTED_WITHIN_MS,
      )
    },
    remove: async () => {
      await stop()
      process.removeListener('exit', killed)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
