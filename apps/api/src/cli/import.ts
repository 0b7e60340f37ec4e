import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'
import type { Command } from 'commander'
import { keyFiles } from '../core/bootstrap.ts'
import { readEnvironment } from '../env.ts'
import { importFile } from '../services/import/import-file.ts'
import { openDatabases } from './database.ts'
import { lockFolder } from './lock.ts'
import { print } from './print.ts'
import { openAppFor } from './run-server.ts'
import { UsageError } from './usage-error.ts'

interface Options {
  readonly untrusted: boolean
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

export const addImport = (program: Command): void => {
  program
    .command('import')
    .description('import FHIR R4: Bundles, NDJSON of Bundles or of resources, also as .gz')
    .argument('<file...>')
    .option('--untrusted', 'encounters of these files make no care relationships that count', false)
    .action(async (files: string[], { untrusted }: Options) => {
      const environment = readEnvironment()
      const unlock =
        environment.databaseUrl === undefined ? lockFolder(environment.dataFolder) : () => undefined
      const databases = await openDatabases(environment)
      let problems = 0
      try {
        const app = await openAppFor(
          environment,
          databases,
          keyFiles(environment.keyFolder),
          'http://localhost',
        )
        try {
          for (const file of files) {
            const chunks = await openFile(file)
            const started = performance.now()
            let shownAt = started
            const done = await importFile(app, basename(file), chunks, {
              trusted: !untrusted,
              author: 'service:import',
              onProblem: ({ line, code, message }) => {
                problems += 1
                if (problems <= MOST_PROBLEMS) print(`  line ${line}: ${code}: ${message}`)
              },
              onProgress: (progress) => {
                if (performance.now() - shownAt < SHOW_EVERY_MS) return
                shownAt = performance.now()
                const rate = progress.bytes / MIB / ((shownAt - started) / 1000)
                print(
                  `  ${progress.patients} patients, ${(progress.bytes / MIB).toFixed(0)} MiB, ${rate.toFixed(1)} MiB/s`,
                )
              },
            })
            print(
              `${basename(file)}: ${done.created} created, ${done.updated} updated, ${done.unchanged} unchanged, ${done.rejected} rejected`,
            )
          }
        } finally {
          await app.close()
        }
      } finally {
        await databases.embedded?.stop()
        unlock()
      }
      if (problems > 0) process.exitCode = 2
    })
}
