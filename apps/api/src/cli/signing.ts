import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Database, openDatabase } from '@chartward/db'
import type { Command } from 'commander'
import { readLogKeys } from '../audit/log/enrolments.ts'
import { findInstallation } from '../core/installation.ts'
import { type Environment, readEnvironment } from '../env.ts'
import { type KeyFiles, keyFiles, readPins, writePins } from '../keys/key-files.ts'
import { BundleKeyMissing, proposeBundleKey, rotateBundleKey } from '../services/bundles/bundle-key.ts'
import {
  countersignBundleKey,
  enrolLogKey,
  HandoverRefused,
  prepareHandover,
} from '../services/bundles/log-key.ts'
import { type Databases, withDatabases } from './database.ts'
import { operatorOf, withOperator } from './operator.ts'
import { print } from './print.ts'
import { openAppFor } from './run-server.ts'
import { UsageError } from './usage-error.ts'

interface Options {
  readonly operator?: string
  readonly data?: string
  readonly lost?: boolean
}

/** Where a handover waits to be carried to the machine of the API. */
const HANDOVER = 'signing-handover.note'
const PROPOSAL = 'bundle-proposal.note'
/** For so long the sequencer is waited for, so that the new key can be pinned with its place in the log. */
const SEQUENCED_MS = 10_000

const withDatabase = async <T>(url: string, work: (db: Database) => Promise<T>): Promise<T> => {
  const db = openDatabase({ url, connections: 1, name: 'chartward-signing' })
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

interface Signing {
  readonly files: KeyFiles
  readonly origin: string
  readonly pinned: string
}

/** What is done where the log is signed, by a login that reads it. */
const whereSigned = (
  url: string,
  files: KeyFiles,
  act: (db: Database, signing: Signing) => Promise<string>,
): Promise<string> =>
  withDatabase(url, async (db) => {
    const installation = await findInstallation(db)
    if (installation === null)
      throw new UsageError('This database is not set up: run `chartward init` first.')
    const origin = installation.logOrigin
    const pinned = readPins(files, origin)
    if (pinned === null)
      throw new UsageError(
        `There is neither ${files.signing} nor ${files.verifier}: run this where the log is signed.`,
      )
    // From now on the first key can't be told from the folder's first file, which may be destroyed one day.
    if (!existsSync(files.verifier)) writePins(files, pinned)
    return act(db, { files, origin, pinned })
  })

const handover = (url: string, files: KeyFiles): Promise<string> =>
  whereSigned(url, files, (db, signing) => prepareHandover(db.sql, signing))

const countersigned = (url: string, files: KeyFiles, note: string): Promise<string> =>
  whereSigned(url, files, (db, signing) => countersignBundleKey(db.sql, note, signing))

/** Enters the handover, and pins the new key once the sequencer has given it its place. */
const enrol = async (environment: Environment, databases: Databases, note: string, operator: string) => {
  const files = keyFiles(environment.keyFolder)
  const app = await openAppFor(environment, databases, files, environment.publicUrl ?? '')
  try {
    const isNew = await enrolLogKey(app, note, operator)
    print(isNew ? 'The handover is in the log.' : 'The log has this handover already.')
    const { logVerifierKey } = app.settings
    for (let waited = 0; waited < SEQUENCED_MS; waited += 200) {
      const { pins, newest } = await readLogKeys(app.db.sql, logVerifierKey)
      if (note.includes(newest) && pins !== logVerifierKey) {
        writePins(files, pins)
        print(`Whoever verifies the log keeps these lines (they are in ${files.verifier}):`)
        print(pins)
        return
      }
      await wait(200)
    }
    print('The sequencer has not taken it in yet: `chartward signing show` says what to pin once it has.')
  } finally {
    await app.close()
  }
}

const rotateCheckpointKey = async (environment: Environment, operator: string): Promise<void> => {
  const files = keyFiles(environment.keyFolder)
  const alone = environment.databaseUrl === undefined ? environment.sequencerUrl : undefined
  if (alone !== undefined) {
    const path = join(dirname(files.signing), HANDOVER)
    writeFileSync(path, await handover(alone, files), { mode: 0o644 })
    print(`Nothing has changed yet. Copy ${path} to the machine of the API and enter it in the log there:`)
    print(`  chartward signing enrol ${HANDOVER}`)
    return
  }
  await withDatabases(environment, async (databases) => {
    await enrol(environment, databases, await handover(databases.sequencer, files), operator)
  })
  print('For 30 days checkpoints carry both signatures. Then destroy the file of the key before it.')
}

const rotateBundles = (environment: Environment, operator: string, lost: boolean): Promise<void> =>
  withDatabases(environment, async (databases) => {
    const files = keyFiles(environment.keyFolder)
    const app = await openAppFor(environment, databases, files, environment.publicUrl ?? '')
    try {
      if (!lost) print(`Bundles are signed from now on by ${await rotateBundleKey(app, operator)}`)
      else {
        const proposal = await proposeBundleKey(app)
        if (!existsSync(files.signing)) {
          const path = join(dirname(files.bundle), PROPOSAL)
          writeFileSync(path, proposal, { mode: 0o644 })
          print(`Nothing has changed yet. Have ${path} countersigned where the log is signed:`)
          print(`  chartward signing countersign ${PROPOSAL}`)
          print('and enter it in the log here:')
          print(`  chartward signing enrol ${PROPOSAL}`)
          return
        }
        await enrolLogKey(app, await countersigned(databases.sequencer, files, proposal), operator)
        print('Bundles are signed from now on by a new key, to which the log itself has handed over.')
      }
      print('Copy the newest bundle-N.key to the key folder of each other machine that runs the API.')
    } finally {
      await app.close()
    }
  })

const tellingRefusals = async (act: () => Promise<void>): Promise<void> => {
  try {
    await act()
  } catch (error) {
    if (error instanceof HandoverRefused || error instanceof BundleKeyMissing)
      throw new UsageError(error.message)
    throw error
  }
}

export const addSigning = (program: Command): void => {
  const signing = program.command('signing').description('the keys that sign checkpoints and bundles')
  withOperator(
    signing
      .command('rotate')
      .description(
        'hand over to a new key: checkpoint (where the log is signed) or bundle (where the API runs)',
      )
      .argument('<key>', 'checkpoint or bundle')
      .option(
        '--lost',
        'of bundle: the file of the key in force is lost, and the log’s key stands in for it',
        false,
      )
      .option('--data <dir>', 'folder of the embedded database and its keys'),
  ).action(async (which: string, { data, lost = false, ...named }: Options) => {
    const operator = operatorOf(named)
    const environment = readEnvironment(data)
    if (which !== 'checkpoint' && which !== 'bundle') throw new UsageError('Say checkpoint or bundle.')
    await tellingRefusals(async () => {
      if (which === 'bundle') return rotateBundles(environment, operator, lost)
      if (lost) throw new UsageError('A log whose key is lost can not be handed over: nobody can sign that.')
      return rotateCheckpointKey(environment, operator)
    })
  })
  signing
    .command('countersign')
    .description('sign, where the log is signed, a new bundle key in the place of one that is lost')
    .argument('<file>', 'what `rotate bundle --lost` has written; it is replaced')
    .option('--data <dir>', 'folder of the embedded database and its keys')
    .action(async (file: string, { data }: Options) => {
      const environment = readEnvironment(data)
      const path = resolve(file)
      const note = readFileSync(path, 'utf8')
      const files = keyFiles(environment.keyFolder)
      const { sequencerUrl, databaseUrl } = environment
      await tellingRefusals(async () => {
        const signed =
          databaseUrl === undefined && sequencerUrl !== undefined
            ? await countersigned(sequencerUrl, files, note)
            : await withDatabases(environment, ({ sequencer }) => countersigned(sequencer, files, note))
        writeFileSync(path, signed)
        print(
          `${path} is signed: enter it in the log on the machine of the API with \`chartward signing enrol\`.`,
        )
      })
    })
  withOperator(
    signing
      .command('enrol')
      .description(
        'enter a handover in the log that `rotate checkpoint` has written on the machine that signs it',
      )
      .argument('<file>', 'the handover')
      .option('--data <dir>', 'folder of the embedded database and its keys'),
  ).action(async (file: string, { data, ...named }: Options) => {
    const operator = operatorOf(named)
    const environment = readEnvironment(data)
    const note = readFileSync(resolve(file), 'utf8')
    await tellingRefusals(() =>
      withDatabases(environment, (found) => enrol(environment, found, note, operator)),
    )
  })
  signing
    .command('show')
    .description("what to pin of the log's keys")
    .option('--data <dir>', 'folder of the embedded database and its keys')
    .action(async ({ data }: Options) => {
      const environment = readEnvironment(data)
      await withDatabases(environment, (databases) =>
        withDatabase(databases.auditor, async (db) => {
          const installation = await findInstallation(db)
          const pinned = readPins(keyFiles(environment.keyFolder), installation?.logOrigin ?? '')
          if (pinned === null) throw new UsageError('The key folder has no log-verifier.pub.')
          print((await readLogKeys(db.sql, pinned)).pins)
        }),
      )
    })
}
