import '../core/outbound/guarded.ts'
import { Command } from 'commander'
import { addBackup } from './backup/command.ts'
import { addRestore } from './backup/restore.ts'
import { addCareWindow } from './care-window.ts'
import { addCoverage } from './coverage.ts'
import { addDeid } from './deid/command.ts'
import { addDemo } from './demo.ts'
import { failureText } from './failure.ts'
import { addImport } from './import/command.ts'
import { addInit } from './init.ts'
import { addKeys } from './keys.ts'
import { addLog } from './log.ts'
import { addMigrate } from './migrate.ts'
import { printError } from './print.ts'
import { addRecover } from './recover.ts'
import { addServe } from './serve.ts'
import { addSigning } from './signing.ts'
import { addVerify } from './verify.ts'

const program = new Command('chartward')
  .description('The admin and compliance console, and the vault, for software that holds PHI')
  .option('--debug', 'where a command fails, say where that comes from', false)
  .showHelpAfterError()

for (const add of [
  addDemo,
  addServe,
  addMigrate,
  addInit,
  addRecover,
  addSigning,
  addImport,
  addCoverage,
  addCareWindow,
  addVerify,
  addBackup,
  addRestore,
  addLog,
  addKeys,
  addDeid,
])
  add(program)

try {
  await program.parseAsync()
} catch (error) {
  printError(failureText(error, program.opts<{ debug: boolean }>().debug))
  process.exitCode = 1
}
