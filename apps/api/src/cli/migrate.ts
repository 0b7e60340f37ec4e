import type { Command } from 'commander'
import { readEnvironment } from '../env.ts'
import { shorterWindow } from './care-window.ts'
import { withDatabases } from './database.ts'
import { prepareDatabase } from './prepare.ts'
import { print } from './print.ts'

export const addMigrate = (program: Command): void => {
  program
    .command('migrate')
    .description('bring the database to this version (by the login that owns it)')
    .action(async () => {
      const environment = readEnvironment()
      const lines = await withDatabases(environment, async (databases) => {
        await prepareDatabase(databases)
        return shorterWindow(environment, databases)
      })
      print('The database is up to date.')
      for (const line of lines) print(line)
    })
}
