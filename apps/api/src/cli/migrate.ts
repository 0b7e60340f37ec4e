import type { Command } from 'commander'
import { readEnvironment } from '../env.ts'
import { openDatabases } from './database.ts'
import { prepareDatabase } from './prepare.ts'
import { print } from './print.ts'

export const addMigrate = (program: Command): void => {
  program
    .command('migrate')
    .description('bring the database to this version (by the login that owns it)')
    .action(async () => {
      const databases = await openDatabases(readEnvironment())
      try {
        await prepareDatabase(databases)
        print('The database is up to date.')
      } finally {
        await databases.embedded?.stop()
      }
    })
}
