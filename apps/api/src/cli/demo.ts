import { mkdirSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { renderUnicodeCompact } from 'uqr'
import { withUnwinding } from '../core/unwinding.ts'
import { readAccounts, writeAccounts } from '../demo/accounts-file.ts'
import { type DemoAccount, loadDemo } from '../demo/load-demo.ts'
import { readEnvironment } from '../env.ts'
import { openDatabases } from './database.ts'
import { lockFolder } from './lock.ts'
import { installOnce, prepareDatabase } from './prepare.ts'
import { print } from './print.ts'
import { closeApp, openAppFor, runServer, untilStopped } from './run-server.ts'
import { portArgument } from './serve.ts'
import { UsageError } from './usage-error.ts'

interface Options {
  readonly port?: number
  readonly data?: string
  readonly patients: number
}

const LOOPBACK = '127.0.0.1'
/** Logs go to the terminal beside what is printed, so only what has gone wrong is shown. */
const LOG_LEVEL = 'error'

const patientsArgument = (text: string): number => {
  const patients = Number(text)
  if (!Number.isInteger(patients) || patients < 1 || patients > 100_000) {
    throw new InvalidArgumentError('A number of patients is 1 to 100000.')
  }
  return patients
}

const printAccounts = (accounts: readonly DemoAccount[]): void => {
  for (const { role, displayName, email, password, otpauthUri } of accounts) {
    print()
    print(`  ${role}: ${displayName}`)
    print(`    address   ${email}`)
    print(`    password  ${password}`)
    print(`    code      scan with an authenticator app, or use ${otpauthUri}`)
    for (const line of renderUnicodeCompact(otpauthUri, { border: 1 }).split('\n')) print(`    ${line}`)
  }
}

const printWelcome = (url: string, accounts: readonly DemoAccount[], folder: string): void => {
  print()
  print('  ==========================================================================')
  print('   THIS IS A DEMO: synthetic patients, accounts that are printed below.')
  print('   It listens on this machine only, and its data can never become production.')
  print('  ==========================================================================')
  printAccounts(accounts)
  print()
  print(`  The accounts are also in ${folder}/demo-accounts.json`)
  print(`  Chartward runs on ${url}   (Ctrl-C stops it; the data is kept)`)
  print()
}

export const addDemo = (program: Command): void => {
  program
    .command('demo')
    .description('the console on the embedded PostgreSQL with a synthetic population, on loopback')
    .option('--port <number>', 'port to listen on', portArgument)
    .option('--data <dir>', 'folder for the demo and its database (default: .chartward)')
    .option('--patients <number>', 'size of the population at the first start', patientsArgument, 200)
    .action(async ({ port: wantedPort, data, patients }: Options) => {
      const settings = readEnvironment(data)
      if (settings.databaseUrl !== undefined) {
        throw new UsageError('The demo runs on its own database: unset DATABASE_URL.')
      }
      const { dataFolder } = settings
      const environment = {
        ...settings,
        dataFolder,
        keyFolder: `${dataFolder}/keys`,
        logStore: `${dataFolder}/log-store`,
        logLevel: LOG_LEVEL,
        tls: undefined,
        trustedProxy: undefined,
      } as const
      const port = wantedPort ?? settings.port
      const url = `http://localhost:${port}`
      const stopped = untilStopped()
      await withUnwinding(async (unwinding) => {
        unwinding.add(lockFolder(dataFolder))
        mkdirSync(environment.logStore, { recursive: true, mode: 0o700 })
        print('Starting the embedded PostgreSQL …')
        const databases = await openDatabases(environment)
        unwinding.add(async () => databases.embedded?.stop())
        await prepareDatabase(databases)
        const files = await installOnce(databases, environment.keyFolder, {
          mode: 'demo',
          logOrigin: 'demo.chartward.invalid/log',
        })
        const app = await openAppFor(environment, databases, files, url)
        closeApp(unwinding, app)
        let accounts = readAccounts(dataFolder)
        if (accounts === null) {
          print(`Loading ${patients} synthetic patients …`)
          accounts = await loadDemo(app, patients, (loaded) => {
            if (loaded > 0 && loaded % 50 === 0) print(`  ${loaded} of ${patients}`)
          })
          writeAccounts(dataFolder, accounts)
        }
        const host = LOOPBACK
        const running = await runServer({ environment, databases, app, host, port, withSequencer: true })
        unwinding.add(() => running.stop())
        printWelcome(url, accounts, dataFolder)
        await stopped
        print('Stopping …')
      })
    })
}
