import { Command } from 'commander'
import { EnvironmentError } from '../env.ts'
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

for (const add of [addDemo, addServe, addMigrate, addInit, addImport, addVerify]) add(program)

try {
  await program.parseAsync()
} catch (error) {
  // What our own code says is meant to be read. Anything else could quote a row, so only its kind is named.
  const isOurs = error instanceof UsageError || error instanceof EnvironmentError
  const known = isOurs || (error instanceof Error && error.constructor === Error)
  process.stderr.write(
    known ? `${error.message}\n` : `Failed: ${error instanceof Error ? error.name : 'unknown error'}\n`,
  )
  process.exitCode = 1
}
