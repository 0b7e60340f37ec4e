import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { INTEGRITY_MEANINGS, UNCHECKED_PARTS } from '@chartward/contract'
import { openDatabase, withSnapshot } from '@chartward/db'
import type { Command } from 'commander'
import { type Environment, readEnvironment } from '../env.ts'
import { type KeyFiles, keyFiles, readAppendKey } from '../keys/key-files.ts'
import { type CheckContents, checkDatabase } from '../services/audit/check-database.ts'
import { contentsWith } from '../services/audit/contents/with-keys.ts'
import { verifyFile } from '../services/audit/verify-file.ts'
import { isBundleFile, verifyBundleFile } from '../services/bundles/verify-bundle-file.ts'
import { withDatabases } from './database.ts'
import { hasRoot, kmsFor } from './kms.ts'
import { print } from './print.ts'
import { UsageError } from './usage-error.ts'
import { recoverFromStore, verifyStore } from './verify-store.ts'

interface Options {
  readonly key?: string
  readonly database: boolean
  readonly store?: string
  readonly fork?: string
  readonly recover: boolean
  readonly data?: string
  readonly keys?: string
}

/** A verifier key itself, or a file that holds one. */
const readKey = async (given: string): Promise<string> =>
  (existsSync(given) ? await readFile(given, 'utf8') : given).trim()

/** What takes keys, by the application's login; left out, and said to be, where the root is not at hand. */
const contentsOf =
  (environment: Environment, url: string, files: KeyFiles): NonNullable<CheckContents> =>
  async (findings) => {
    if (!hasRoot(environment, files)) return false
    const db = openDatabase({ url, connections: 4, name: 'chartward-verify-contents' })
    try {
      return await contentsWith(db, await kmsFor(environment, files))(findings)
    } finally {
      await db.close()
    }
  }

const verifyDatabase = ({ key, data, keys }: Options): Promise<boolean> => {
  const environment = readEnvironment(data)
  const files = keyFiles(keys ?? environment.keyFolder)
  return withDatabases(environment, async ({ auditor, app }) => {
    const db = openDatabase({ url: auditor, connections: 2, name: 'chartward-verify' })
    try {
      const report = await withSnapshot(db, 'none', async ({ sql }) =>
        checkDatabase(sql, {
          appendKey: existsSync(files.append) ? readAppendKey(files) : null,
          contents: contentsOf(environment, app, files),
          verifierKey: await readKey(key ?? files.verifier),
        }),
      )
      for (const problem of report.problems) {
        const where = problem.index === null ? (problem.entryId ?? 'log') : `index ${problem.index}`
        print(`  ${where}: ${problem.code}: ${problem.detail}. ${INTEGRITY_MEANINGS[problem.code]}`)
      }
      const { ok, checked, size } = report
      for (const part of report.unchecked) print(`Not checked: ${UNCHECKED_PARTS[part]}`)
      print(ok ? `The log holds: ${checked} entries, tree of size ${size}.` : 'The log does NOT hold.')
      return ok
    } finally {
      await db.close()
    }
  })
}

/** The database, the log store, or both; after a recovery always both. */
const verifyStored = async (options: Options): Promise<boolean> => {
  const { key, database, store, fork, recover, data, keys } = options
  const environment = readEnvironment(data)
  if (recover && store !== undefined) await recoverFromStore(environment, store)
  const found: boolean[] = []
  if (store !== undefined) {
    const verifierKey = await readKey(key ?? keyFiles(keys ?? environment.keyFolder).verifier)
    const note = fork === undefined ? null : await readFile(fork, 'utf8')
    found.push(await verifyStore(environment, store, verifierKey, note))
  }
  if (database || recover) found.push(await verifyDatabase(options))
  return found.every(Boolean)
}

/** Says which keys have signed the log since, to whoever has pinned fewer. */
const printPins = (pins: string, pinned: string): void => {
  if (pins === pinned) return
  print('The log has been handed over since. From now on keep these lines in the place of its verifier key:')
  print(pins)
}

/** Says what a signed bundle proves, or what does not hold. */
const verifySignedBundle = async (file: string, key: string): Promise<number> => {
  const { bundle, problem, exitCode } = await verifyBundleFile(file, key)
  if (problem !== null) print(`  ${problem.file ?? 'bundle'}: ${problem.code}: ${problem.detail}`)
  if (bundle === null) print('The bundle does NOT hold: it proves nothing.')
  else {
    const { manifest, signed, enrolled, entries, checkpoint, bundleKey, logKeys } = bundle
    const { kind, subject, createdAt, origin, files } = manifest
    print(
      `The bundle holds: ${kind} of ${subject.type} ${subject.id}, signed ${createdAt}, ${files.length} files.`,
    )
    for (const { name, size } of files) print(`  ${name}: ${size} bytes`)
    print(`Signed with ${bundleKey}, enrolled by entry ${enrolled.index} of ${origin}.`)
    print(`The log, of ${checkpoint.size} entries then, says so in entry ${signed.index}.`)
    for (const { index, entry } of entries) print(`  about entry ${index}: ${entry.action}, ${entry.at}`)
    printPins(logKeys.pins, key)
  }
  return exitCode
}

export const addVerify = (program: Command): void => {
  program
    .command('verify')
    .description(
      'verify an exported log or a signed bundle offline, the log in the database, or the log store',
    )
    .argument('[file]', 'an exported log, also as .gz, or a signed bundle')
    .option('--key <key>', "the log's verifier key, or a file that holds it, with a line for each later key")
    .option('--database', 'check the database row by row instead', false)
    .option('--store <dir>', 'compare the log store in this folder with the database, entry by entry')
    .option('--fork <file>', 'the signed fork (log-fork) that has left the log store of --store behind')
    .option('--recover', 'first put back into the database what it lacks of --store', false)
    .option('--data <dir>', 'folder of the embedded database and its keys')
    .option('--keys <dir>', 'folder of the keys, else CHARTWARD_KEYS: what they open is checked too')
    .action(async (file: string | undefined, options: Options) => {
      if (options.recover && options.store === undefined)
        throw new UsageError('Give --store with the folder to recover from.')
      if (options.fork !== undefined && (options.store === undefined || options.recover))
        throw new UsageError(
          'Give --fork with --store, the folder that was left behind, and without --recover.',
        )
      if (options.database || options.store !== undefined) {
        if (!(await verifyStored(options))) process.exitCode = 1
        return
      }
      if (file === undefined || options.key === undefined) {
        throw new UsageError(
          'Give a file and --key with the verifier key that you trust, --database, or --store.',
        )
      }
      const key = await readKey(options.key)
      if (await isBundleFile(file)) {
        process.exitCode = await verifySignedBundle(file, key)
        return
      }
      const result = await verifyFile(file, key)
      for (const { index, code, detail } of result.problems) print(`  ${index ?? 'log'}: ${code}: ${detail}`)
      print(
        result.ok
          ? `The log holds: ${result.size} entries of ${result.origin}, as signed.`
          : `The log does NOT hold: ${result.problemCount} problems.`,
      )
      if (result.pins !== null) printPins(result.pins, key)
      process.exitCode = result.exitCode
    })
}
