import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'
import { type Command, InvalidArgumentError } from 'commander'
import type { App } from '../app.ts'
import { readEnvironment } from '../env.ts'
import { keyFiles } from '../keys/key-files.ts'
import { careReach, reachText } from '../services/import/care-reach.ts'
import { importFile } from '../services/import/import-file.ts'
import type { Provenance } from '../services/import/provenance.ts'
import { DEFAULT_SOURCE, SOURCE_NAME } from '../services/import/tokens.ts'
import { withDatabases } from './database.ts'
import { operatorOf, withOperator } from './operator.ts'
import { print } from './print.ts'
import { openAppFor } from './run-server.ts'
import { UsageError } from './usage-error.ts'

interface Options {
  readonly source: string
  readonly untrusted: boolean
  readonly operator?: string
  readonly data?: string
}

const MIB = 1024 * 1024
const SHOW_EVERY_MS = 1000
/** The first problems of a file are shown one by one; all of them are counted. */
const MOST_PROBLEMS = 50

const openFile = async (file: string): Promise<AsyncIterable<Uint8Array>> => {
  const info = await stat(file).catch(() => null)
  if (info === null || !info.isFile())
    throw new UsageError(`${basename(file)} can not be read: check the path.`)
  const stream = createReadStream(file, { highWaterMark: 256 * 1024 })
  if (!/\.gz$/i.test(file)) return stream
  const unzipped = createGunzip({ chunkSize: 256 * 1024 })
  stream.once('error', (error) => unzipped.destroy(error))
  return stream.pipe(unzipped)
}

const sourceArgument = (text: string): string => {
  if (SOURCE_NAME.test(text)) return text
  throw new InvalidArgumentError(
    'The name of a source is 1 to 63 lower-case letters, digits, dots, dashes and underscores, a letter or digit first.',
  )
}

export const addImport = (program: Command): void => {
  withOperator(
    program
      .command('import')
      .description('import FHIR R4: Bundles, NDJSON of Bundles or of resources, also as .gz')
      .argument('<file...>')
      .option(
        '--source <name>',
        'the system that these files are from: ids of one source are not those of another',
        sourceArgument,
        DEFAULT_SOURCE,
      )
      .option(
        '--untrusted',
        'encounters of these files make no care relationships that count, and nothing of a trusted file is changed',
        false,
      )
      .option('--data <dir>', 'folder of the embedded database and its keys'),
  ).action(async (files: string[], { source, untrusted, data, ...named }: Options) => {
    const operator = operatorOf(named)
    const environment = readEnvironment(data)
    const problems = await withDatabases(environment, async (databases) => {
      const keys = keyFiles(environment.keyFolder)
      const app = await openAppFor(environment, databases, keys, 'http://localhost')
      try {
        let found = 0
        for (const file of files)
          found += await importOne(app, file, { source, trusted: !untrusted }, operator)
        const unreached = reachText(await careReach(app))
        if (unreached !== null) print(unreached)
        return found
      } finally {
        await app.close()
      }
    })
    if (problems > 0) process.exitCode = 2
  })
}

/** Imports one file, showing how it goes; gives the number of rejected lines and resources. */
const importOne = async (app: App, file: string, from: Provenance, operator: string): Promise<number> => {
  const chunks = await openFile(file)
  const started = performance.now()
  let shownAt = started
  let problems = 0
  const done = await importFile(app, basename(file), chunks, {
    ...from,
    author: 'service:import',
    operator,
    onProblem: ({ line, code, message }) => {
      problems += 1
      if (problems <= MOST_PROBLEMS) print(`  line ${line}: ${code}: ${message}`)
    },
    onProgress: ({ patients, bytes }) => {
      if (performance.now() - shownAt < SHOW_EVERY_MS) return
      shownAt = performance.now()
      const rate = bytes / MIB / ((shownAt - started) / 1000)
      print(`  ${patients} patients, ${(bytes / MIB).toFixed(0)} MiB, ${rate.toFixed(1)} MiB/s`)
    },
  })
  const { created, updated, unchanged, rejected } = done
  print(
    `${basename(file)}: ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`,
  )
  return rejected
}
