import { redactDeep } from '@chartward/policy'
import pino, { type DestinationStream, type Logger } from 'pino'
import type { Environment } from '../env.ts'

/**
 * The process's logger: JSON lines to standard output. Whatever object is logged passes the catalog's redaction first,
 * so that a whole patient handed to it by mistake leaves no value behind.
 */
export const createLogger = (level: Environment['logLevel'], destination?: DestinationStream): Logger => {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (object: Record<string, unknown>) => redactDeep(object) as Record<string, unknown>,
    },
    // An error's message and properties can quote a statement's parameters: only its name is kept.
    serializers: {
      err: (error: unknown) => ({
        name: error instanceof Error ? error.name : 'unknown',
        code:
          error instanceof Error && 'code' in error && typeof error.code === 'string'
            ? error.code
            : undefined,
      }),
    },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
