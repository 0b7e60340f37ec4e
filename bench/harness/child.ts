import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

/**
 * The options that the root package gives to node for `pnpm chartward`: what is measured runs as it does
 * for an operator.
 */
const runtimeOptions = (): string[] => {
  const root = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return String(root.scripts.chartward)
    .split(' ')
    .filter((word) => word.startsWith('--'))
}

/** Runs a script of the benchmark in a process of its own and tells it what to do. */
export const startChild = (script: URL, job: unknown): ChildProcess => {
  const child = fork(script, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: runtimeOptions() })
  child.send(JSON.stringify(job))
  return child
}

/** The child's next message; rejects where it ends before it has sent one. */
export const messageOf = async <T>(child: ChildProcess): Promise<T> => {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`a process of the benchmark ended with ${code}`)
  })
  const [message] = await Promise.race([once(child, 'message'), ended])
  return message
}

/** Runs a script to its end and gives the one message that it sends. */
export const runChild = async <T>(script: URL, job: unknown): Promise<T> => {
  const child = startChild(script, job)
  const message = await messageOf<T>(child)
  await endOf(child)
  return message
}

export const endOf = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** In the child: what it was told to do. */
export const jobOf = async <T>(): Promise<T> => {
  const [job] = await once(process, 'message')
  return JSON.parse(job)
}

/** In the child: tells the parent, and resolves when the parent has it. */
export const report = (message: unknown): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(message, (error: Error | null) => (error === null ? resolve() : reject(error)))
  })
