import { databaseFault } from '@chartward/db'
import { redactDeep } from '@chartward/policy'
import pino, { type DestinationStream, type LevelWithSilent, type Logger } from 'pino'

/** What is kept of an error: its message and properties can quote a statement's parameters. */
const errorFacts = (error: unknown): { name: string; sqlState: string | null } => ({
  name: error instanceof Error ? error.name : 'unknown',
  sqlState: databaseFault(error)?.sqlState ?? null,
})

/**
 * The process's logger: JSON lines to standard output. Whatever object is logged passes the catalog's redaction first,
 * so that a whole patient handed to it by mistake leaves no value behind. An error goes under `err`.
 */
export const createLogger = (level: LevelWithSilent, destination?: DestinationStream): Logger => {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: ({ err, ...rest }: Record<string, unknown>): Record<string, unknown> => {
        const redacted = redactDeep(rest)
        const kept = typeof redacted === 'object' && redacted !== null ? { ...redacted } : {}
        return err === undefined ? kept : { ...kept, error: errorFacts(err) }
      },
    },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
