import { mkdirSync } from 'node:fs'
import { builtInRoles } from '@chartward/policy'
import { type Command, InvalidArgumentError } from 'commander'
import { renderUnicodeCompact } from 'uqr'
import { withUnwinding } from '../core/unwinding.ts'
import { readAccounts, writeAccounts } from '../demo/accounts-file.ts'
import type { DemoAccount } from '../demo/load-demo.ts'
import type { ProgressView } from '../demo/progress.ts'
import { openStartPage, type StartPage } from '../demo/start-page.ts'
import { holdsData, markFinished, markUnfinished, removeUnfinished } from '../demo/unfinished.ts'
import { readEnvironment } from '../env.ts'
import { openDatabases } from './database.ts'
import { lockFolder } from './lock.ts'
import { type DemoOptions, installDemo, makeDemo, requireEmpty } from './make-demo.ts'
import { prepareDatabase } from './prepare.ts'
import { print } from './print.ts'
import { closeApp, openAppFor, runServer, tellingOfPorts, untilStopped } from './run-server.ts'
import { portArgument } from './serve.ts'
import { UsageError } from './usage-error.ts'

interface Options {
  readonly port?: number
  readonly data?: string
  readonly patients: number
  readonly activity: number
}

const LOOPBACK = '127.0.0.1'
/** Logs go to the terminal beside what is printed, so only what has gone wrong is shown. */
const LOG_LEVEL = 'error'
/** A log reaches back two years at most: so far its months are made. */
const MOST_DAYS = 365

const patientsArgument = (text: string): number => {
  const patients = Number(text)
  if (!Number.isInteger(patients) || patients < 1 || patients > 100_000) {
    throw new InvalidArgumentError('A number of patients is 1 to 100000.')
  }
  return patients
}

const printAccounts = (url: string, accounts: readonly DemoAccount[]): void => {
  for (const { role, displayName, email, password, otpauthUri } of accounts) {
    print()
    print(`  ${role}: ${displayName}`)
    if (role === builtInRoles.patient.name) print(`    sign in   at ${url}/sign-in#own`)
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
  printAccounts(url, accounts)
  print()
  print(`  The accounts are also in ${folder}/demo-accounts.json`)
  print(`  Chartward runs on ${url}   (Ctrl-C stops it; the data is kept)`)
  print()
}

/** The days of `--activity`; 0 for a demo in which nothing has happened. */
export const activityArgument = (text: string): number => {
  const days = text === 'none' ? 0 : Number(text)
  if (text !== 'none' && (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)) {
    throw new InvalidArgumentError(`Activity is "none", or of 1 to ${MOST_DAYS} days.`)
  }
  return days
}

/** Says on the terminal how far it has come: at each tenth, and when something else begins. */
const printedProgress = (): ((view: ProgressView) => void) => {
  let last = ''
  return ({ what, percent }) => {
    const step = `${Math.floor(percent / 10)} ${what.split(':')[0]}`
    if (step !== last) print(`  ${String(percent).padStart(3)} %  ${what}`)
    last = step
  }
}

interface Making extends Pick<DemoOptions, 'environment' | 'databases' | 'url' | 'patients' | 'days'> {
  readonly signal: AbortSignal
}

/**
 * The accounts of a demo that is made now, while the address says how far it has come; null where it was
 * stopped. The page is there until `unwinding`, or until whoever is next asks for the port.
 */
const accountsOfNew = async (
  making: Making,
  show: (view: ProgressView) => void,
): Promise<DemoAccount[] | null> => {
  const { environment, signal } = making
  const printProgress = printedProgress()
  const say = (): void => print('Stopped before the demo was complete: the next start makes it anew.')
  signal.addEventListener('abort', say)
  const onProgress = (view: ProgressView): void => {
    show(view)
    printProgress(view)
  }
  try {
    const accounts = await makeDemo({ ...making, onProgress })
    writeAccounts(environment.dataFolder, accounts)
    markFinished(environment.dataFolder)
    return accounts
  } catch (error) {
    if (!signal.aborted) throw error
    return null
  } finally {
    signal.removeEventListener('abort', say)
  }
}

export const addDemo = (program: Command): void => {
  program
    .command('demo')
    .description('the console on the embedded PostgreSQL with a synthetic population, on loopback')
    .option('--port <number>', 'port to listen on', portArgument)
    .option('--data <dir>', 'folder for the demo and its database (default: .chartward)')
    .option('--patients <number>', 'size of the population at the first start', patientsArgument, 200)
    .option(
      '--activity <days>',
      'how many days of made-up activity its log begins with at the first start, or "none"',
      activityArgument,
      90,
    )
    .action(async ({ port: wantedPort, data, patients, activity: days }: Options) => {
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
      const address = { host: LOOPBACK, port: wantedPort ?? settings.port }
      const url = `http://localhost:${address.port}`
      const stopping = new AbortController()
      const stopped = untilStopped().then(() => stopping.abort())
      await withUnwinding(async (unwinding) => {
        unwinding.add(lockFolder(dataFolder))
        let accounts = readAccounts(dataFolder)
        let page: StartPage | null = null
        let view: ProgressView = { what: 'Starting the database', percent: 0, secondsLeft: null }
        if (accounts === null) {
          if (await removeUnfinished(dataFolder))
            print('An earlier start was cut off: the demo is made anew.')
          else if (!holdsData(dataFolder)) markUnfinished(dataFolder)
          page = await tellingOfPorts(address, () => openStartPage(address, () => view))
          unwinding.add(() => page?.close())
          print(`Making the demo. ${url} says how far it has come.`)
        } else markFinished(dataFolder)
        mkdirSync(environment.logStore, { recursive: true, mode: 0o700 })
        print('Starting the embedded PostgreSQL …')
        const databases = await openDatabases(environment)
        unwinding.add(async () => databases.embedded?.stop())
        await prepareDatabase(databases)
        if (accounts === null) {
          await requireEmpty(databases, dataFolder)
          const making = { environment, databases, url, patients, days, signal: stopping.signal }
          accounts = await accountsOfNew(making, (next) => {
            view = next
          })
          if (accounts === null) return
        }
        const files = await installDemo(databases, environment.keyFolder)
        const app = await openAppFor(environment, databases, files, url)
        closeApp(unwinding, app)
        const running = await runServer({
          environment,
          databases,
          app,
          ...address,
          withSequencer: true,
          beforeListening: async () => page?.close(),
        })
        unwinding.add(() => running.stop())
        printWelcome(url, accounts, dataFolder)
        await stopped
        print('Stopping …')
      })
    })
}
