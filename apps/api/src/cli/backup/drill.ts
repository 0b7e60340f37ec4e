import { resolve } from 'node:path'
import type { Command } from 'commander'
import { readEnvironment } from '../../env.ts'
import { drillBackup } from '../../services/backups/drill.ts'
import { withDatabases } from '../database.ts'
import { operatorOf, withOperator } from '../operator.ts'
import { print } from '../print.ts'
import { openAppFor } from '../run-server.ts'
import { latestIn } from './latest.ts'
import { readIdentities } from './recipients.ts'
import { readKeys } from './restore.ts'

interface Options {
  readonly from: string
  readonly keysFrom: string
  readonly identity: readonly string[]
  readonly bundleKey?: string
  readonly scratch?: string
  readonly data?: string
  readonly operator?: string
}

const drill = async (options: Options): Promise<void> => {
  const environment = readEnvironment(options.data)
  const identities = await readIdentities(options.identity)
  const keys = await readKeys(environment, options.bundleKey)
  await withDatabases(environment, async (databases) => {
    const app = await openAppFor(environment, databases, keys.files, environment.publicUrl ?? '')
    try {
      const { outcome, result, problems } = await drillBackup({
        app,
        folder: await latestIn(resolve(options.from), 'chartward-'),
        keysFolder: await latestIn(resolve(options.keysFrom), 'chartward-keys-'),
        identities,
        bundleKeys: keys.bundleKeys,
        kms: keys.kms,
        appendKey: keys.appendKey,
        storeFolder: environment.logStore ?? null,
        operator: operatorOf(options),
        ...(options.scratch === undefined ? {} : { scratch: options.scratch }),
      })
      for (const problem of problems) print(`  ${problem}`)
      const counts = Object.entries(result).map(([name, value]) => `${name} ${value}`)
      print(`The drill ${outcome === 'passed' ? 'passed' : 'FAILED'}: ${counts.join(', ')}.`)
      if (outcome === 'failed') process.exitCode = 1
    } finally {
      await app.close()
    }
  })
}

export const addDrill = (backup: Command): void => {
  withOperator(
    backup
      .command('drill')
      .description('restore the latest backup into a scratch database, and compare all of it')
      .requiredOption('--from <dir>', 'a backup, or the folder that holds backups: the latest is taken')
      .requiredOption('--keys-from <dir>', 'the same for wrapped keys')
      .requiredOption(
        '--identity <file>',
        'a file with the secret key of age; may be given again',
        (value: string, all: readonly string[]) => [...all, value],
        [],
      )
      .option(
        '--bundle-key <key>',
        'the verifier key that backups are signed by, else that of the key folder',
      )
      .option('--scratch <dir>', 'where the scratch database is made, else the folder for temporary files')
      .option('--data <dir>', 'folder of the embedded database and its keys'),
    // Options that `backup` has too are read by it, wherever they stand.
  ).action((_, command: Command) => drill(command.optsWithGlobals<Options>()))
}
