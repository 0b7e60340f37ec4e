import { setTimeout as pause } from 'node:timers/promises'

/**
 * Resolves as soon as `holds` gives true; asks again every 100 ms, and rejects, naming `what`, after
 * `within` milliseconds.
 */
export const until = async (holds: () => Promise<boolean>, what: string, within = 30_000): Promise<void> => {
  const end = Date.now() + within
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${within / 1000} s in vain until ${what}.`)
    await pause(100)
  }
}
