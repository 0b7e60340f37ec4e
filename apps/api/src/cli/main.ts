import { AuditError } from '@chartward/audit'
import { CryptoError } from '@chartward/crypto'
import { DeidError } from '@chartward/deid'
import { FhirError } from '@chartward/fhir'
import { Command } from 'commander'
import { ChartwardError } from '../core/errors.ts'
import { EnvironmentError } from '../env.ts'
import { addDeid } from './deid/command.ts'
import { addDemo } from './demo.ts'
import { addImport } from './import.ts'
import { addInit } from './init.ts'
import { addMigrate } from './migrate.ts'
import { addServe } from './serve.ts'
import { UsageError } from './usage-error.ts'
import { addVerify } from './verify.ts'

const program = new Command('chartward')
  .description('The admin and compliance console, and the vault, for software that holds PHI')
  .showHelpAfterError()

for (const add of [addDemo, addServe, addMigrate, addInit, addImport, addVerify, addDeid]) add(program)

/** Errors of our own: their messages are fixed sentences for the reader, and hold no value of a row or a file. */
const OURS = [
  UsageError,
  EnvironmentError,
  ChartwardError,
  CryptoError,
  AuditError,
  DeidError,
  FhirError,
] as const

try {
  await program.parseAsync()
} catch (error) {
  // What our own code says is meant to be read. Anything else could quote a row, so only its kind is named.
  const isOurs = OURS.some((kind) => error instanceof kind)
  const known = error instanceof Error && (isOurs || error.constructor === Error)
  process.stderr.write(
    known ? `${error.message}\n` : `Failed: ${error instanceof Error ? error.name : 'unknown error'}\n`,
  )
  process.exitCode = 1
}
