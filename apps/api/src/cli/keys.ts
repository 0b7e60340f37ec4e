import { openDatabase } from '@chartward/db'
import type { Command } from 'commander'
import { readEnvironment } from '../env.ts'
import { keyFiles } from '../keys/key-files.ts'
import { moveKeks } from '../services/keys/move-keks.ts'
import { withDatabases } from './database.ts'
import { kmsToMove } from './kms.ts'
import { operatorOf, withOperator } from './operator.ts'
import { print } from './print.ts'
import { openAppWith } from './run-server.ts'
import { UsageError } from './usage-error.ts'

interface Options {
  readonly operator?: string
  readonly data?: string
}

const move = async ({ data, ...named }: Options): Promise<void> => {
  const operator = operatorOf(named)
  const environment = readEnvironment(data)
  const files = keyFiles(environment.keyFolder)
  await withDatabases(environment, async (databases) => {
    const kms = await kmsToMove(environment, files)
    const app = await openAppWith(environment, databases, {
      files,
      kms,
      publicUrl: environment.publicUrl ?? '',
    })
    const owner = openDatabase({ url: databases.owner, connections: 2, name: 'chartward-keys-move' })
    try {
      if (app.settings.mode === 'demo')
        throw new UsageError('A demo keeps its root key in its own folder, and its keys are moved nowhere.')
      const { moved, all } = await moveKeks({
        owner,
        audit: app.audit,
        kms,
        operator,
        onMoved: (done, of) => print(`  ${done} of ${of}`),
      })
      print(`${moved} of ${all} KEKs were wrapped anew; all are under ${kms.next.name} now.`)
      print(
        'Next: make the settings of CHARTWARD_KMS_NEXT those of CHARTWARD_KMS, on each machine, and restart.',
      )
      print('Keep the earlier key for as long as there are backups of before: what it wrapped is in them.')
    } finally {
      await owner.close()
      await app.close()
    }
  })
}

export const addKeys = (program: Command): void => {
  const keys = program.command('keys').description('what is done about keys from the command line')
  withOperator(
    keys
      .command('move')
      .description(
        'wrap every KEK anew by the key store of CHARTWARD_KMS_NEXT; run again, it goes on where it was broken off',
      )
      .option('--data <dir>', 'folder of the embedded database and its keys'),
  ).action(move)
}
