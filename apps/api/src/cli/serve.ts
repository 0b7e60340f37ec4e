import { type Command, InvalidArgumentError } from 'commander'
import { withUnwinding } from '../core/unwinding.ts'
import { readEnvironment } from '../env.ts'
import { keyFiles } from '../keys/key-files.ts'
import { shorterWindow } from './care-window.ts'
import { openDatabases } from './database.ts'
import { lockFolder } from './lock.ts'
import { print } from './print.ts'
import { closeApp, openAppFor, runServer, untilStopped } from './run-server.ts'
import { UsageError } from './usage-error.ts'

export const portArgument = (text: string): number => {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('A port is 0 to 65535.')
  return port
}

interface Options {
  readonly port?: number
  readonly host?: string
  readonly data?: string
  readonly sequencer: boolean
}

export const addServe = (program: Command): void => {
  program
    .command('serve')
    .description('run the console and the API on an installation that `init` has set up')
    .option('--port <number>', 'port to listen on', portArgument)
    .option('--host <address>', 'address to listen on (loopback unless there is a certificate)')
    .option('--data <dir>', 'folder of the embedded database and its keys')
    .option('--no-sequencer', 'the sequencer runs elsewhere as a service of its own')
    .action(async (options: Options) => {
      const environment = readEnvironment(options.data)
      const host = options.host ?? environment.host ?? '127.0.0.1'
      const port = options.port ?? environment.port
      const scheme = environment.tls === undefined ? 'http' : 'https'
      const publicUrl = environment.publicUrl ?? `${scheme}://localhost:${port}`
      await withUnwinding(async (unwinding) => {
        unwinding.add(lockFolder(environment.dataFolder))
        const databases = await openDatabases(environment)
        unwinding.add(async () => databases.embedded?.stop())
        const app = await openAppFor(environment, databases, keyFiles(environment.keyFolder), publicUrl)
        closeApp(unwinding, app)
        if (app.settings.mode === 'demo') {
          throw new UsageError(
            'This database is a demo and can not be served as anything else: use `chartward demo`.',
          )
        }
        const stopped = untilStopped()
        const withSequencer = options.sequencer
        const running = await runServer({ environment, databases, app, host, port, withSequencer })
        unwinding.add(() => running.stop())
        print(`Chartward runs on ${publicUrl} (listening on ${running.url}).`)
        for (const line of await shorterWindow(environment, databases)) print(line)
        await stopped
      })
    })
}
