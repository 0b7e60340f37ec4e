import type { FullSession } from './session.ts'

/**
 * The time a session has left, and what to do about it. Pure; times in milliseconds by the server's clock.
 */

export const WARNING_MS = 60_000

type SessionEnds = Pick<FullSession, 'idleExpiresAt' | 'expiresAt'>

export type SessionPhase = 'running' | 'warning' | 'over'

export interface Remaining {
  readonly milliseconds: number
  readonly phase: SessionPhase
  /** False where the session's absolute end comes first: activity can't put it off. */
  readonly extendable: boolean
}

/** An unreadable end counts as over: a session that can't be told to run is not shown as running. */
export const remainingOf = ({ idleExpiresAt, expiresAt }: SessionEnds, now: number): Remaining => {
  const idle = Date.parse(idleExpiresAt)
  const absolute = Date.parse(expiresAt)
  const end = Math.min(idle, absolute)
  if (Number.isNaN(end)) return { milliseconds: 0, phase: 'over', extendable: false }
  const milliseconds = Math.max(0, end - now)
  const phase = milliseconds === 0 ? 'over' : milliseconds <= WARNING_MS ? 'warning' : 'running'
  return { milliseconds, phase, extendable: idle < absolute }
}
