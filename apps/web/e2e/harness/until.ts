import { setTimeout as pause } from 'node:timers/promises'

/** Whether `holds` gives true before `within` milliseconds are over; asks each 100 ms. Rejects as it does. */
export const comesTrue = async (holds: () => Promise<boolean>, within: number): Promise<boolean> => {
  const end = Date.now() + within
  while (!(await holds())) {
    if (Date.now() > end) return false
    await pause(100)
  }
  return true
}

/**
 * Resolves as soon as `holds` gives true; asks again every 100 ms, and rejects, naming `what`, after
 * `within` milliseconds.
 */
export const until = async (holds: () => Promise<boolean>, what: string, within = 30_000): Promise<void> => {
  if (!(await comesTrue(holds, within))) throw new Error(`Waited ${within / 1000} s in vain until ${what}.`)
}
