import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { SimulatedClock } from './clock.ts'
import type { Ledger } from './ledger.ts'
import { type Credentials, Player, type Seat } from './player.ts'

/**
 * What the acts take place on: the application in its made-up time, the people, and what acts leave for
 * others.
 */
export interface Stage {
  readonly app: App
  readonly clock: SimulatedClock
  readonly ledger: Ledger
  /** Medical record numbers and family names of the population, in its order. */
  readonly mrns: readonly string[]
  readonly families: readonly string[]
  /** The patients as the vault knows them, in the order in which they came. */
  readonly patientIds: readonly string[]
  /** Imports what the source has recorded up to a moment (ms) and not delivered yet. */
  deliver(until: number): Promise<void>
  player(key: string): Player
  enters(key: string, id: UserId, credentials: Credentials): Player
  /** What an act leaves for a later one, by a name. */
  keep(name: string, value: string): void
  kept(name: string): string
  hasKept(name: string): boolean
}

const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
  'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
] as const

/** A desk in the house. */
export const deskOf = (n: number): Seat => ({
  ip: `10.20.${4 + (n % 5)}.${20 + n}`,
  userAgent: BROWSERS[n % BROWSERS.length] ?? BROWSERS[0],
})

/** A line at home: an address of the documentation's (RFC 5737), which is nobody's. */
export const AT_HOME: Seat = {
  ip: '203.0.113.87',
  userAgent:
    'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
}

export const makeStage = (
  given: Pick<Stage, 'app' | 'clock' | 'ledger' | 'mrns' | 'families' | 'patientIds' | 'deliver'>,
): Stage => {
  const players = new Map<string, Player>()
  const notes = new Map<string, string>()
  const found = <T>(all: ReadonlyMap<string, T>, key: string): T => {
    const value = all.get(key)
    if (value === undefined) throw new Error(`There is no ${key} yet.`)
    return value
  }
  return {
    ...given,
    player: (key) => found(players, key),
    enters: (key, id, credentials) => {
      const { app, clock } = given
      const player = new Player({ app, clock, id, credentials, seat: deskOf(players.size) })
      players.set(key, player)
      return player
    },
    keep: (name, value) => {
      notes.set(name, value)
    },
    kept: (name) => found(notes, name),
    hasKept: (name) => notes.has(name),
  }
}
