import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseVerifierKey } from '@chartward/audit'
import { LocalKms } from '@chartward/crypto'
import { type Database, openDatabase } from '@chartward/db'
import type { Command } from 'commander'
import { FORK_FILE } from '../../audit/fork.ts'
import { folderDisk, replaceDurably } from '../../audit/store/disk.ts'
import { LogStore } from '../../audit/store/log-store.ts'
import { createLogger } from '../../core/log.ts'
import { type Environment, readEnvironment } from '../../env.ts'
import {
  bundleSeedsOf,
  type KeyFiles,
  keyFiles,
  readAppendKey,
  readSeeds,
  readSigningSeed,
} from '../../keys/key-files.ts'
import { logSignerOf } from '../../services/backups/restore/log-signer.ts'
import {
  type Ahead,
  type PlanOptions,
  planRestore,
  type RestorePlan,
} from '../../services/backups/restore/plan.ts'
import { restore } from '../../services/backups/restore/restore.ts'
import { bundleKeysIn } from '../../services/bundles/bundle-key.ts'
import { withDatabases } from '../database.ts'
import { operatorOf, withOperator } from '../operator.ts'
import { prepareDatabase } from '../prepare.ts'
import { print } from '../print.ts'
import { UsageError } from '../usage-error.ts'
import { recoverFromStore } from '../verify-store.ts'
import { readIdentities } from './recipients.ts'

interface Options {
  readonly from: string
  readonly keysFrom: string
  readonly identity: readonly string[]
  readonly bundleKey?: string
  readonly recover: boolean
  readonly reason?: string
  readonly yes: boolean
  readonly data?: string
  readonly operator?: string
}

/** Indexes of a large database take long, and the server says nothing meanwhile. */
const RESPONSE_SECONDS = 24 * 60 * 60

const textIn = async (path: string): Promise<string | null> =>
  existsSync(path) ? (await readFile(path, 'utf8')).trim() : null

const aheadOf = ({ recover, reason }: Options): Ahead => {
  if (recover && reason !== undefined)
    throw new UsageError(
      'Give --recover, to put the rest of the log back, or --reason, to leave it behind: not both.',
    )
  if (reason !== undefined && reason.trim().length < 10)
    throw new UsageError('--reason says why the log goes on from an older state: in 10 characters or more.')
  return reason === undefined ? { kind: recover ? 'recover' : 'refuse' } : { kind: 'fork', reason }
}

/** The verifier keys of what signed backups, the newest first. */
const bundleKeysOf = (files: KeyFiles, origin: string): string[] => {
  const keys = bundleKeysIn(bundleSeedsOf(files), origin).map(({ verifierKey }) => verifierKey)
  if (keys.length === 0)
    throw new UsageError(`Put ${files.bundle} and those after it in their place, or give --bundle-key.`)
  return keys.toReversed()
}

/** What a restore needs of the key folder, which comes from its own copies. */
export const readKeys = async (environment: Environment, bundleKey: string | undefined) => {
  const files = keyFiles(environment.keyFolder)
  const logKey = await textIn(files.verifier)
  if (logKey === null)
    throw new UsageError(`Put the log's verifier key into ${files.verifier}: keys are restored before data.`)
  const origin = parseVerifierKey(logKey).name
  return {
    files,
    logKey,
    origin,
    kms: LocalKms.open(files.kms),
    appendKey: readAppendKey(files),
    bundleKeys: bundleKey === undefined ? bundleKeysOf(files, origin) : [bundleKey],
    keptNote: await textIn(join(dirname(files.signing), 'log-checkpoint')).then((text) =>
      text === null ? null : `${text}\n`,
    ),
  }
}

const carryOut = async (options: Options, environment: Environment): Promise<void> => {
  const ahead = aheadOf(options)
  const identities = await readIdentities(options.identity)
  const keys = await readKeys(environment, options.bundleKey)
  const { files } = keys
  if (ahead.kind === 'fork' && !existsSync(files.signing))
    throw new UsageError(
      `A fork is signed by the log's own key: run this where ${files.signing} is, with the application's keys beside it.`,
    )
  const store = environment.logStore === undefined ? null : new LogStore(folderDisk(environment.logStore))
  await withDatabases(environment, async (databases) => {
    const owner = openDatabase({
      url: databases.owner,
      connections: 2,
      name: 'chartward-restore',
      limits: { response: RESPONSE_SECONDS },
    })
    try {
      const plan = await planned(owner, { ...keys, identities, store, ahead }, options)
      if (!options.yes) {
        print('Nothing was changed. Give --yes to do it.')
        return
      }
      await prepareDatabase(databases)
      const done = await restore({
        owner,
        plan,
        identities,
        kms: keys.kms,
        appendKey: keys.appendKey,
        storeFolder: environment.logStore ?? null,
        fork:
          ahead.kind === 'fork'
            ? {
                reason: ahead.reason,
                signer: logSignerOf(readSeeds(files.signing).at(-1) ?? readSigningSeed(files), keys.origin),
                keep: (note) =>
                  replaceDurably(folderDisk(environment.keyFolder), FORK_FILE, Buffer.from(note)),
              }
            : null,
        operator: operatorOf(options),
        clock: () => new Date(),
        log: createLogger(environment.logLevel),
      })
      print(
        `Restored: ${done.rows} rows; ${done.opened} records tried, and all open; ${done.sessionsEnded} sessions ended; ${done.shredded} destructions of the ledger are done again before the console serves anybody.`,
      )
      if (done.fork !== null) for (const line of afterFork(environment)) print(line)
      else if (plan.left.length > 0) await putBackRest(environment)
      print('Run `chartward verify --database` before anybody signs in.')
    } finally {
      await owner.close()
    }
  })
}

const planned = async (
  owner: Database,
  keys: Omit<PlanOptions, 'owner' | 'folder' | 'keysFolder'>,
  { from, keysFrom }: Options,
): Promise<RestorePlan> => {
  const plan = await planRestore({ ...keys, owner, folder: resolve(from), keysFolder: resolve(keysFrom) })
  for (const line of plan.lines) print(line)
  return plan
}

const putBackRest = async (environment: Environment): Promise<void> => {
  if (environment.logStore !== undefined) return recoverFromStore(environment, environment.logStore)
  print(
    'Without the log store the rest of the log was not put back: run `chartward verify --store DIR --recover` before the sequencer starts.',
  )
}

const afterFork = ({ keyFolder, logStore }: Environment): string[] => [
  `The log goes on by a signed fork: ${join(keyFolder, FORK_FILE)}. Copy it beside the signing key of each sequencer, and give it to your auditors.`,
  ...(logStore === undefined
    ? []
    : [
        `Keep ${logStore} as it is: it is the half that was left behind. Name a new, empty folder by CHARTWARD_LOG_STORE.`,
      ]),
  'Browsers and auditors who have seen the half that was left behind are told that this is another log. That is true.',
]

const files = (value: string, all: readonly string[]): readonly string[] => [...all, value]

export const addRestore = (program: Command): void => {
  withOperator(
    program
      .command('restore')
      .description('restore a backup into an empty database; says what it will do, and does it with --yes')
      .requiredOption('--from <dir>', 'the folder of the backup (chartward-…)')
      .requiredOption('--keys-from <dir>', 'the folder of the wrapped keys (chartward-keys-…)')
      .requiredOption('--identity <file>', 'a file with the secret key of age; may be given again', files, [])
      .option(
        '--bundle-key <key>',
        'the verifier key that backups are signed by, else that of the key folder',
      )
      .option('--recover', 'where the log store has more of the log: put that back', false)
      .option(
        '--reason <text>',
        'where the rest of the log is lost: why it goes on from the backup, by a signed fork',
      )
      .option('--yes', 'do it', false)
      .option('--data <dir>', 'folder of the embedded database and its keys'),
  ).action((options: Options) => carryOut(options, readEnvironment(options.data)))
}
