import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Database, openDatabase } from '@chartward/db'
import type { Command } from 'commander'
import { readLogKeys } from '../audit/log/enrolments.ts'
import { findInstallation } from '../core/installation.ts'
import { type Environment, readEnvironment } from '../env.ts'
import { type KeyFiles, keyFiles, readPins, writePins } from '../keys/key-files.ts'
import { BundleKeyMissing, rotateBundleKey } from '../services/bundles/bundle-key.ts'
import { enrolLogKey, HandoverRefused, prepareHandover } from '../services/bundles/log-key.ts'
import { type Databases, withDatabases } from './database.ts'
import { operatorOf, withOperator } from './operator.ts'
import { print } from './print.ts'
import { openAppFor } from './run-server.ts'
import { UsageError } from './usage-error.ts'

interface Options {
  readonly operator?: string
  readonly data?: string
}

/** Where a handover waits to be carried to the machine of the API. */
const HANDOVER = 'signing-handover.note'
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

const handover = (url: string, files: KeyFiles): Promise<string> =>
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
    return prepareHandover(db.sql, { files, origin, pinned })
  })

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
      .option('--data <dir>', 'folder of the embedded database and its keys'),
  ).action(async (which: string, { data, ...named }: Options) => {
    const operator = operatorOf(named)
    const environment = readEnvironment(data)
    if (which !== 'checkpoint' && which !== 'bundle') throw new UsageError('Say checkpoint or bundle.')
    await tellingRefusals(async () => {
      if (which === 'checkpoint') return rotateCheckpointKey(environment, operator)
      await withDatabases(environment, async (databases) => {
        const files = keyFiles(environment.keyFolder)
        const app = await openAppFor(environment, databases, files, environment.publicUrl ?? '')
        try {
          print(`Bundles are signed from now on by ${await rotateBundleKey(app, operator)}`)
          print('Copy the newest bundle-N.key to the key folder of each other machine that runs the API.')
        } finally {
          await app.close()
        }
      })
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
