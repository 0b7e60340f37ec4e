import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Child {
  /** Resolves when it has ended, whoever has ended it. */
  readonly ended: Promise<unknown>
  stop(): Promise<void>
}

/**
 * Runs a program of Node beside this one, with no environment but `env`; what it writes goes to the terminal.
 */
export const startChild = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  folder?: string,
): Child => {
  // The input is a pipe that ends with us: the sequencer stops by it, should we be killed.
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'inherit', 'inherit'], env, cwd: folder })
  const ended = once(child, 'exit')
  return {
    ended,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
