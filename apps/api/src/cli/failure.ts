import { AuditError } from '@chartward/audit'
import { CryptoError } from '@chartward/crypto'
import { isOutage } from '@chartward/db'
import { DeidError } from '@chartward/deid'
import { FhirError } from '@chartward/fhir'
import { causeLines } from '../core/causes.ts'
import { ChartwardError } from '../core/errors.ts'
import { EnvironmentError } from '../env.ts'
import { KmsError } from '../keys/kms/kms-error.ts'
import { BackupError } from '../services/backups/errors.ts'
import { UsageError } from './usage-error.ts'

/**
 * Errors of our own: their messages are fixed sentences for the reader, and hold no value of a row or a file.
 */
const OURS = [
  UsageError,
  EnvironmentError,
  ChartwardError,
  BackupError,
  CryptoError,
  AuditError,
  DeidError,
  FhirError,
  KmsError,
] as const

/** What our own code says is meant to be read. Anything else could quote a row, so only its kind is named. */
const sentenceOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'Failed: unknown error'
  if (isOutage(error))
    return 'The database can not be reached, or takes no statements now. Try again when it does.'
  const isOurs = OURS.some((kind) => error instanceof kind)
  return isOurs || error.constructor === Error ? error.message : `Failed: ${error.name}`
}

/**
 * What a command that failed says: a sentence, and where that was asked for (`--debug`) the causes as
 * the log has them.
 */
export const failureText = (error: unknown, debug: boolean): string => {
  const more = debug ? causeLines(error) : ['Run again with --debug to see where it comes from.']
  return [sentenceOf(error), ...more].join('\n')
}
