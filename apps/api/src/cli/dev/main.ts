import '../../core/outbound/guarded.ts'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { type Unwinding, withUnwinding } from '../../core/unwinding.ts'
import { readAccounts, writeAccounts } from '../../demo/accounts-file.ts'
import type { DemoAccount } from '../../demo/load-demo.ts'
import { holdsData, markFinished, markUnfinished, removeUnfinished } from '../../demo/unfinished.ts'
import { type Environment, readEnvironment } from '../../env.ts'
import { type Databases, openDatabases } from '../database.ts'
import { activityArgument } from '../demo.ts'
import { failureText } from '../failure.ts'
import { lockFolder } from '../lock.ts'
import { makeDemo, requireEmpty } from '../make-demo.ts'
import { prepareDatabase } from '../prepare.ts'
import { print, printError } from '../print.ts'
import { untilStopped } from '../run-server.ts'
import { portArgument } from '../serve.ts'
import { UsageError } from '../usage-error.ts'
import { startChild } from './child.ts'
import { startOutbox } from './outbox.ts'
import { requireDemo } from './require-demo.ts'

/*
 * `pnpm dev`: API, sequencer and console of a demo, each started again or replaced where its files change.
 * Vite serves the console and hands everything else on, so that the browser knows one origin and the server
 * needs no exception for another.
 */

interface Options {
  readonly port: number
  readonly data?: string
  readonly activity: number
}

const WEB = fileURLToPath(new URL('../../../../web/', import.meta.url))
const VITE = `${WEB}node_modules/vite/bin/vite.js`
const API = fileURLToPath(new URL('./api.ts', import.meta.url))
const SEQUENCER = fileURLToPath(new URL('../../sequencer/main.ts', import.meta.url))
const PATIENTS = 50

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('There is no free port.')
  return address.port
}

/** The accounts of the demo, which is made where there is none. */
const accountsOf = async (
  environment: Environment,
  databases: Databases,
  days: number,
): Promise<readonly DemoAccount[]> => {
  const existing = readAccounts(environment.dataFolder)
  if (existing !== null) return existing
  await requireEmpty(databases, environment.dataFolder)
  print(`Loading ${PATIENTS} synthetic patients …`)
  const accounts = await makeDemo({
    environment,
    databases,
    url: 'http://localhost',
    patients: PATIENTS,
    days,
    onProgress: () => undefined,
    signal: new AbortController().signal,
  })
  writeAccounts(environment.dataFolder, accounts)
  markFinished(environment.dataFolder)
  return accounts
}

/** Starts the three that are watched; resolves when one of them has ended by itself. */
const startAll = async (
  environment: Environment,
  databases: Databases,
  port: number,
  unwinding: Unwinding,
): Promise<void> => {
  const { dataFolder, keyFolder, logLevel } = environment
  const apiPort = await freePort()
  const shared = { CHARTWARD_KEYS: keyFolder, CHARTWARD_LOG_LEVEL: logLevel }
  const watched = (entry: string) => ['--watch', '--watch-preserve-output', entry]
  const outboxPort = await freePort()
  const outbox = await startOutbox(outboxPort)
  unwinding.add(() => outbox.close())
  print(`  mail that is sent: http://localhost:${outboxPort}`)
  const children = [
    startChild(watched(SEQUENCER), { ...shared, CHARTWARD_SEQUENCER_DATABASE_URL: databases.sequencer }),
    startChild(watched(API), {
      ...shared,
      ...outbox.settings,
      CHARTWARD_DATA: dataFolder,
      CHARTWARD_PORT: String(apiPort),
      CHARTWARD_PUBLIC_URL: `http://localhost:${port}`,
    }),
    startChild(
      [VITE, '--port', String(port), '--strictPort', '--logLevel', 'warn'],
      { CHARTWARD_DEV_API: `http://127.0.0.1:${apiPort}` },
      WEB,
    ),
  ]
  for (const child of children) unwinding.add(() => child.stop())
  await Promise.race(children.map(({ ended }) => ended))
}

const dev = async ({ port, data, activity: days }: Options): Promise<void> => {
  const settings = readEnvironment(data)
  if (settings.databaseUrl !== undefined) {
    throw new UsageError('Development runs on the database of a demo: unset DATABASE_URL.')
  }
  const environment = { ...settings, keyFolder: `${settings.dataFolder}/keys` }
  const stopped = untilStopped()
  await withUnwinding(async (unwinding) => {
    unwinding.add(lockFolder(environment.dataFolder))
    if (readAccounts(environment.dataFolder) === null) {
      await removeUnfinished(environment.dataFolder)
      if (!holdsData(environment.dataFolder)) markUnfinished(environment.dataFolder)
    }
    const databases = await openDatabases(environment)
    unwinding.add(async () => databases.embedded?.stop())
    await requireDemo(databases)
    await prepareDatabase(databases)
    const accounts = await accountsOf(environment, databases, days)
    const ended = startAll(environment, databases, port, unwinding).then(() => 'ended' as const)
    for (const { role, email, password, totpSecret } of accounts)
      print(`  ${role}: ${email}  ${password}  code from ${totpSecret}`)
    print(`Development of Chartward on http://localhost:${port}   (Ctrl-C stops it; the data is kept)`)
    if ((await Promise.race([stopped, ended])) === 'ended')
      throw new Error('A part has ended by itself; what it said stands above.')
  })
}

const program = new Command('pnpm dev')
  .description('API and console of a demo, with what is edited in force at once')
  .option('--port <number>', 'port of the console', portArgument, 4380)
  .option('--data <dir>', 'folder of the demo and its database (default: .chartward)')
  .option('--activity <days>', 'days of made-up activity at the first start', activityArgument, 0)
  .action(dev)

try {
  await program.parseAsync()
} catch (error) {
  printError(failureText(error, true))
  process.exitCode = 1
}
