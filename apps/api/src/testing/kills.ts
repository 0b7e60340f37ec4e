import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** How often a test that kills processes does so: CI's number, or that of `pnpm soak`. */
export const KILLS = Number(process.env.CHARTWARD_KILLS ?? 12)

/** For a test that kills: long enough for all of them on a busy machine, in milliseconds. */
export const KILLING_MS = 120_000 + KILLS * 15_000

/** Numbers from 0 to 1 that are the same in every run: Park and Miller's generator. */
export const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Ends a process as a crash would; resolves once it is gone. */
export const kill = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
