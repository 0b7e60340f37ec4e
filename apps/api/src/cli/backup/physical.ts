import type { Command } from 'commander'
import { readEnvironment } from '../../env.ts'
import { keyFiles } from '../../keys/key-files.ts'
import { makePhysical } from '../../services/backups/physical/make-physical.ts'
import { withDatabases } from '../database.ts'
import { operatorOf, withOperator } from '../operator.ts'
import { print } from '../print.ts'
import { openAppFor } from '../run-server.ts'
import { UsageError } from '../usage-error.ts'

interface Options {
  readonly config: string
  readonly stanza: string
  readonly type: string
  readonly operator?: string
}

const typeOf = (text: string): 'full' | 'diff' | 'incr' => {
  if (text === 'full' || text === 'diff' || text === 'incr') return text
  throw new UsageError('--type is full, diff or incr.')
}

const physical = async (options: Options): Promise<void> => {
  const environment = readEnvironment()
  if (environment.databaseUrl === undefined)
    throw new UsageError('The embedded server has logical backups alone: chartward backup --to DIR.')
  await withDatabases(environment, async (databases) => {
    const app = await openAppFor(
      environment,
      databases,
      keyFiles(environment.keyFolder),
      environment.publicUrl ?? '',
    )
    try {
      const made = await makePhysical({
        app,
        config: options.config,
        stanza: options.stanza,
        type: typeOf(options.type),
        operator: operatorOf(options),
      })
      print(`Physical backup ${made.label}: ${made.bytes} bytes, kept for 35 days at most.`)
      if (made.deleted > 0) print(`Gone from the repository since: ${made.deleted}.`)
    } finally {
      await app.close()
    }
  })
}

export const addPhysical = (backup: Command): void => {
  withOperator(
    backup
      .command('physical')
      .description('back up the whole server by pgBackRest, for a restore to any moment of the last days')
      .option('--config <file>', "pgBackRest's configuration file", '/etc/pgbackrest/pgbackrest.conf')
      .requiredOption('--stanza <name>', 'the stanza in it')
      .option('--type <type>', 'full, diff or incr', 'full'),
    // Options that `backup` has too are read by it, wherever they stand.
  ).action((_, command: Command) => physical(command.optsWithGlobals<Options>()))
}
