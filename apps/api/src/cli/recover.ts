import type { Command } from 'commander'
import { readEnvironment } from '../env.ts'
import { keyFiles } from '../keys/key-files.ts'
import { recoverAdministrator } from '../services/users/recover-administrator.ts'
import { withDatabases } from './database.ts'
import { operatorOf, withOperator } from './operator.ts'
import { parsePerson } from './person.ts'
import { print } from './print.ts'
import { openAppFor } from './run-server.ts'

interface Options {
  readonly admin: string
  readonly operator?: string
  readonly data?: string
}

export const addRecover = (program: Command): void => {
  withOperator(
    program
      .command('recover')
      .description(
        'bring back an installation that has lost its administrators: a one-time link for a new one',
      )
      .requiredOption('--admin <person>', 'the administrator to be, "Name <address>"')
      .option('--data <dir>', 'folder of the embedded database and its keys'),
  ).action(async ({ admin, data, ...named }: Options) => {
    const environment = readEnvironment(data)
    const person = parsePerson(admin)
    const operator = operatorOf(named)
    await withDatabases(environment, async (databases) => {
      const publicUrl = environment.publicUrl ?? `http://localhost:${environment.port}`
      const app = await openAppFor(environment, databases, keyFiles(environment.keyFolder), publicUrl)
      try {
        const { email, url } = await recoverAdministrator(app, { ...person, operator })
        app.log.warn('an administrator was made from the command line, by nobody in the console')
        print('Hand the link to its person. It works once, within 72 hours:')
        print(`  ${email}  ${url}`)
        print('The audit log says that this was done, and by whom.')
      } finally {
        await app.close()
      }
    })
  })
}
