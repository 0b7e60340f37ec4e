import '../core/outbound/guarded.ts'
import { constants, fstatSync } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { AuditError } from '@chartward/audit'
import { CryptoError } from '@chartward/crypto'
import { type Database, isOutage, openDatabase } from '@chartward/db'
import { type Disk, folderDisk } from '../audit/store/disk.ts'
import { LogStore } from '../audit/store/log-store.ts'
import { findInstallation, type Installation } from '../core/installation.ts'
import { createLogger, type Logger } from '../core/log.ts'
import { type Environment, EnvironmentError, readEnvironment } from '../env.ts'
import { keyFiles, readAppendKey, readSeeds, readSigningSeed } from '../keys/key-files.ts'
import { LogFault } from './fault.ts'
import { SEQUENCER_FOLLOWERS } from './followers.ts'
import { KeptCheckpoint } from './kept-checkpoint.ts'
import { rest } from './rest.ts'
import { runSequencer } from './run.ts'
import { openSigner } from './signer.ts'

/*
 * The sequencer's process: its own database login (CHARTWARD_SEQUENCER_DATABASE_URL), the signing key in
 * CHARTWARD_KEYS, and the log store in CHARTWARD_LOG_STORE. Exit codes: 0 stopped as asked, 1 failed, 2 not
 * set up, 3 the log is not what was signed.
 */

const EXIT = { stopped: 0, failed: 1, notSetUp: 2, logFault: 3 } as const

/** Settings that can't be used: the sentence says which. */
class SetupError extends Error {}

/** How long what is under way may take after that: killed anywhere, it does no harm. In milliseconds. */
const STOP_MS = 8000
/** How long a database that is away at the start is left alone. */
const AWAY_MS = 1_000

/** Aborts on a signal to stop, and when the process that holds the other end of standard input is gone. */
const stopSignal = (): AbortSignal => {
  const controller = new AbortController()
  const stop = () => {
    setTimeout(() => process.exit(EXIT.stopped), STOP_MS).unref()
    controller.abort()
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  // A service manager gives /dev/null or a terminal, whose end says nothing of any parent.
  const input = fstatSync(process.stdin.fd)
  if (input.isFIFO() || input.isSocket()) {
    process.stdin.once('end', stop).once('close', stop).once('error', stop).resume()
  }
  return controller.signal
}

const openSequencerDatabase = ({ sequencerUrl }: Environment): Database => {
  if (sequencerUrl === undefined)
    throw new SetupError("Set CHARTWARD_SEQUENCER_DATABASE_URL to the sequencer's own login.")
  const connections = 2 + SEQUENCER_FOLLOWERS.length
  return openDatabase({ url: sequencerUrl, connections, name: 'chartward-sequencer' })
}

/**
 * A folder that this process may write to; it is not made, or a volume that is not mounted would be missed.
 */
const writableFolder = async (path: string, setting: string): Promise<Disk> => {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const writable = await access(path, constants.W_OK).then(
    () => true,
    () => false,
  )
  if (!isFolder || !writable)
    throw new SetupError(`${setting} must name a folder that is there and that this account may write to.`)
  return folderDisk(path)
}

const openStore = async ({ logStore }: Environment, log: Logger): Promise<LogStore | null> => {
  if (logStore !== undefined) return new LogStore(await writableFolder(logStore, 'CHARTWARD_LOG_STORE'))
  log.warn(
    'CHARTWARD_LOG_STORE is not set: the log is kept in the database alone, and what is deleted there is lost',
  )
  return null
}

/** What the database says of itself; one that is away is waited for. Null where `signal` aborts first. */
const waitForInstallation = async (
  db: Database,
  log: Logger,
  signal: AbortSignal,
): Promise<Installation | null> => {
  while (!signal.aborted) {
    try {
      const installation = await findInstallation(db)
      if (installation !== null) return installation
      throw new SetupError('This database is not set up: run `chartward init` first.')
    } catch (error) {
      if (!isOutage(error)) throw error
      log.warn({ err: error }, 'the database is away: the sequencer waits for it')
      await rest(AWAY_MS, signal)
    }
  }
  return null
}

const run = async (environment: Environment, log: Logger): Promise<void> => {
  const signal = stopSignal()
  const files = keyFiles(environment.keyFolder)
  const appendKey = readAppendKey(files)
  // Before anything else: a key file that is missing or can't be used is said at once.
  if (readSeeds(files.signing).length === 0) readSigningSeed(files)
  const kept = await KeptCheckpoint.open(await writableFolder(environment.keyFolder, 'CHARTWARD_KEYS'))
  const store = await openStore(environment, log)
  const db = openSequencerDatabase(environment)
  try {
    const installation = await waitForInstallation(db, log, signal)
    if (installation === null) return
    const origin = installation.logOrigin
    log.info({ origin }, 'the sequencer runs')
    if (kept.note === null)
      log.warn('no checkpoint is kept beside the signing key: the one in the database is believed this once')
    await runSequencer({ db, signer: openSigner(files, origin), appendKey, kept, store, log, signal })
    log.info('the sequencer has stopped')
  } finally {
    await db.close()
  }
}

const exitCodeOf = (error: unknown, log: Logger): number => {
  if (error instanceof LogFault) {
    log.fatal({ fault: error.code }, error.message)
    return EXIT.logFault
  }
  // These name a setting or a file and what to do about it, and hold no key and no row.
  if (
    error instanceof SetupError ||
    error instanceof EnvironmentError ||
    error instanceof CryptoError ||
    error instanceof AuditError
  ) {
    log.fatal(error.message)
    return EXIT.notSetUp
  }
  log.fatal({ err: error }, 'the sequencer has failed')
  return EXIT.failed
}

const main = async (): Promise<number> => {
  let log = createLogger('info')
  try {
    const environment = readEnvironment()
    log = createLogger(environment.logLevel)
    await run(environment, log)
    return EXIT.stopped
  } catch (error) {
    return exitCodeOf(error, log)
  }
}

process.exit(await main())
