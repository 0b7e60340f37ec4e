import type { Command } from 'commander'
import { readEnvironment } from '../env.ts'
import { withDatabases } from './database.ts'
import { prepareDatabase } from './prepare.ts'
import { print } from './print.ts'

export const addMigrate = (program: Command): void => {
  program
    .command('migrate')
    .description('bring the database to this version (by the login that owns it)')
    .action(async () => {
      await withDatabases(readEnvironment(), prepareDatabase)
      print('The database is up to date.')
    })
}
