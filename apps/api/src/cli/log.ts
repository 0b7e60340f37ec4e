import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openDatabase } from '@chartward/db'
import { type Command, InvalidArgumentError } from 'commander'
import type { App } from '../app.ts'
import { type Environment, readEnvironment } from '../env.ts'
import { keyFiles } from '../keys/key-files.ts'
import { type PlainOptions, plainLines } from '../services/audit/plain/plain-log.ts'
import { readNote } from '../services/audit/read-note.ts'
import { type Databases, withDatabases } from './database.ts'
import { hasRoot } from './kms.ts'
import { printError } from './print.ts'
import { openAppFor } from './run-server.ts'
import { UsageError } from './usage-error.ts'

interface Options {
  readonly plain: boolean
  readonly from?: Date
  readonly to?: Date
  readonly out?: string
  readonly data?: string
}

const timeArgument = (text: string): Date => {
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
    ? new Date(text)
    : new Date(Number.NaN)
  if (Number.isNaN(time.getTime()))
    throw new InvalidArgumentError('A time is a day in UTC, 2026-11-28, or 2026-11-28T09:00:00Z.')
  return time
}

/** The application, where its keys are at hand: they open notes, and write the entry of the export. */
const appIfKeys = async (environment: Environment, databases: Databases) => {
  const files = keyFiles(environment.keyFolder)
  if (hasRoot(environment, files))
    return openAppFor(environment, databases, files, environment.publicUrl ?? '')
  printError(
    "Without the application's keys no justification can be read, and this export writes no audit entry: the auditor's login can write nothing.",
  )
  return null
}

/** Committed before the first line leaves, as of every export. */
const recordExport = (app: App, { from, to }: Pick<Options, 'from' | 'to'>): Promise<unknown> =>
  app.audit.commit({
    action: 'audit.exported',
    outcome: 'success',
    actor: { kind: 'system', name: 'log-export' },
    resource: { type: 'AuditLog', id: null },
    facts: { format: 'plain', from: from?.toISOString() ?? null, to: to?.toISOString() ?? null },
  })

const write = async (lines: AsyncIterable<string>, out: string | undefined): Promise<void> => {
  if (out === undefined) return pipeline(Readable.from(lines), process.stdout, { end: false })
  try {
    await pipeline(Readable.from(lines), createWriteStream(out, { flags: 'wx', mode: 0o600 }))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new UsageError(`${out} is there already, and is not written over: name another file.`)
    throw error
  }
}

const exportPlain = async (options: Options): Promise<void> => {
  const environment = readEnvironment(options.data)
  await withDatabases(environment, async (databases) => {
    const app = await appIfKeys(environment, databases)
    const db = openDatabase({ url: databases.auditor, connections: 1, name: 'chartward-log-export' })
    let malformed = 0
    const plain: PlainOptions = {
      from: options.from ?? null,
      to: options.to ?? null,
      readNote: async (id, noteHash) => {
        const note = app === null ? null : await readNote(app, id, noteHash)
        return note === null || note === 'changed' ? null : note.text
      },
      onMalformed: () => {
        malformed++
      },
    }
    try {
      if (app !== null) await recordExport(app, options)
      await write(plainLines(db.sql, plain), options.out)
      if (malformed > 0) {
        printError(`${malformed} entries are not what was written: run \`chartward verify --database\`.`)
        process.exitCode = 1
      }
    } finally {
      await db.close()
      await app?.close()
    }
  })
}

export const addLog = (program: Command): void => {
  program
    .command('log')
    .description('the audit log as a file for other systems')
    .command('export')
    .description('one JSON line for each entry, oldest first, to standard output or to --out')
    .option('--plain', 'with the keys that other audit logs have; it proves nothing', false)
    .option('--from <time>', 'from this day or moment on', timeArgument)
    .option('--to <time>', 'up to, and without, this day or moment', timeArgument)
    .option('--out <file>', 'a new file, readable by you alone')
    .option('--data <dir>', 'folder of the embedded database and its keys')
    .action(async (options: Options) => {
      if (!options.plain)
        throw new UsageError(
          'Say --plain. The export that can be proven is the one on the page Audit of the console.',
        )
      await exportPlain(options)
    })
}
