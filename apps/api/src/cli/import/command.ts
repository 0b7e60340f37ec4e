import { join } from 'node:path'
import { normalBase } from '@chartward/fhir'
import { type Command, InvalidArgumentError } from 'commander'
import type { App } from '../../app.ts'
import { readEnvironment } from '../../env.ts'
import { keyFiles } from '../../keys/key-files.ts'
import { careReach } from '../../services/import/care-reach.ts'
import { type ImportFilesOptions, importFiles } from '../../services/import/import-files.ts'
import { DEFAULT_SOURCE, isUploadSource, SOURCE_NAME } from '../../services/import/tokens.ts'
import { withDatabases } from '../database.ts'
import { operatorOf, withOperator } from '../operator.ts'
import { openAppFor } from '../run-server.ts'
import { UsageError } from '../usage-error.ts'
import { inputsOf } from './inputs.ts'
import { Report } from './report.ts'
import { stoppingSignal } from './stopping.ts'

interface Options {
  readonly source: string
  readonly base?: string
  readonly untrusted: boolean
  readonly asGiven: boolean
  readonly report?: string
  readonly json: boolean
  readonly operator?: string
  readonly data?: string
}

const sourceArgument = (text: string): string => {
  if (isUploadSource(text))
    throw new InvalidArgumentError('Sources that begin with "upload." are those of files that people upload.')
  if (SOURCE_NAME.test(text)) return text
  throw new InvalidArgumentError(
    'The name of a source is 1 to 63 lower-case letters, digits, dots, dashes and underscores, a letter or digit first.',
  )
}

const baseArgument = (url: string): string => {
  const base = normalBase(url)
  if (base !== null) return base
  throw new InvalidArgumentError('A base is the URL of a FHIR server: https://ehr.example/fhir.')
}

const openReport = (file: string | undefined, json: boolean): Report => {
  const toPerson = process.stdout.isTTY === true
  try {
    return new Report({ ...(file === undefined ? {} : { file }), json, toPerson })
  } catch {
    throw new UsageError('The file of --report can not be written: check its path.')
  }
}

export const addImport = (program: Command): void => {
  withOperator(
    program
      .command('import')
      .description('import FHIR R4: Bundles, NDJSON of Bundles or of resources, also as .gz')
      .argument('<path...>', 'files, or the folder of a bulk export')
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
      .option(
        '--base <url>',
        'the server that resources are from which name none, where the source is known by several',
        baseArgument,
      )
      .option(
        '--as-given',
        'what the source had sent before, or an older version, takes the place of what it sent since',
        false,
      )
      .option('--report <file>', 'every problem as NDJSON, with ids: a file that its owner alone may read')
      .option('--json', 'print one object at the end, and nothing else', false)
      .option('--data <dir>', 'folder of the embedded database and its keys'),
  ).action(
    async (files: string[], { source, base, untrusted, asGiven, report, json, data, ...named }: Options) => {
      const operator = operatorOf(named)
      const environment = readEnvironment(data)
      const { signal, release } = stoppingSignal()
      try {
        const rejected = await withDatabases(environment, async (databases) => {
          const keys = keyFiles(environment.keyFolder)
          const app = await openAppFor(environment, databases, keys, 'http://localhost')
          try {
            const about = {
              source,
              ...(base === undefined ? {} : { base }),
              trusted: !untrusted,
              asGiven,
              author: 'service:import',
              operator,
              signal,
              spoolFolder: join(environment.dataFolder, 'spool'),
            }
            return await importShown(app, files, about, openReport(report, json))
          } finally {
            await app.close()
          }
        })
        if (rejected > 0) process.exitCode = 2
      } catch (error) {
        if (!signal.aborted) throw error
        throw new UsageError('The import was stopped: what is stored stays. Run it again for the rest.')
      } finally {
        release()
      }
    },
  )
}

/** Imports what paths name, showing how it goes; gives the number of rejected lines, resources and files. */
const importShown = async (
  app: App,
  paths: readonly string[],
  options: ImportFilesOptions,
  report: Report,
): Promise<number> => {
  try {
    const done = await importFiles(app, await inputsOf(paths), {
      ...options,
      onProblem: (problem) => report.add(problem),
      onProgress: (progress) => report.progress(progress),
    })
    report.end(done, await careReach(app))
    return done.rejected
  } finally {
    report.close()
  }
}
