import { createInterface } from 'node:readline/promises'
import type { KmsProvider } from '@chartward/crypto'
import type { Command } from 'commander'
import { readEnvironment } from '../env.ts'
import { ensureBundleKey } from '../services/bundles/bundle-key.ts'
import { initialiseAdministrators } from '../services/users/initialise-administrators.ts'
import { withDatabases } from './database.ts'
import { kmsFor, newKms } from './kms.ts'
import { operatorOf, withOperator } from './operator.ts'
import { parsePerson } from './person.ts'
import { installOnce, prepareDatabase } from './prepare.ts'
import { print } from './print.ts'
import { openAppWith } from './run-server.ts'
import { UsageError } from './usage-error.ts'

interface Options {
  readonly admin: string[]
  readonly operator?: string
  readonly data?: string
}

const askPeople = async (): Promise<string[]> => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return [
      await terminal.question('First administrator, as Name <address>: '),
      await terminal.question('Second administrator, as Name <address>: '),
    ]
  } finally {
    terminal.close()
  }
}

export const addInit = (program: Command): void => {
  withOperator(
    program
      .command('init')
      .description('set up an installation once: keys, and one-time links for the first two administrators')
      .option(
        '--admin <person>',
        'an administrator, "Name <address>"; give it twice',
        (value: string, all: string[]) => [...all, value],
        [],
      )
      .option('--data <dir>', 'folder of the embedded database and its keys'),
  ).action(async ({ admin, data, ...named }: Options) => {
    const operator = operatorOf(named)
    const environment = readEnvironment(data)
    const people = (admin.length === 0 ? await askPeople() : admin).map(parsePerson)
    const [first, second] = people
    if (first === undefined || second === undefined || people.length !== 2) {
      throw new UsageError('Two administrators are needed: each approves what the other may not do alone.')
    }
    await withDatabases(environment, async (databases) => {
      await prepareDatabase(databases)
      const publicUrl = environment.publicUrl ?? `http://localhost:${environment.port}`
      const logOrigin = environment.logOrigin ?? `${new URL(publicUrl).host}/chartward`
      let kms: KmsProvider | undefined
      const files = await installOnce(databases, environment.keyFolder, {
        mode: 'production',
        logOrigin,
        operator,
        kms: async (made, isNew) => {
          kms = await (isNew ? newKms : kmsFor)(environment, made)
          return kms
        },
        ...environment.search,
      })
      // Opened once: a passphrase is not to be typed again.
      const app = await openAppWith(environment, databases, { files, publicUrl, kms })
      try {
        const links = await initialiseAdministrators(app, [first, second], operator)
        await ensureBundleKey(app)
        print('Hand each link to its person. It works once, within 72 hours:')
        for (const { email, url } of links) print(`  ${email}  ${url}`)
        print(`The log's verifier key, for auditors: ${app.settings.logVerifierKey}`)
      } finally {
        await app.close()
      }
    })
  })
}
