import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { openDatabase } from '@chartward/db'
import { folderDisk } from '../audit/store/disk.ts'
import { LogStore } from '../audit/store/log-store.ts'
import type { Environment } from '../env.ts'
import { keyFiles, readAppendKey } from '../keys/key-files.ts'
import { checkStore } from '../services/audit/store/check-store.ts'
import { recoverLog } from '../services/audit/store/recover-log.ts'
import { type Databases, withDatabases } from './database.ts'
import { print } from './print.ts'
import { openAppFor } from './run-server.ts'
import { UsageError } from './usage-error.ts'

const openStore = (folder: string): LogStore => {
  const path = resolve(folder)
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`There is no folder ${path}: give the folder that CHARTWARD_LOG_STORE names.`)
  return new LogStore(folderDisk(path))
}

/**
 * Compares the log store with the database, by the auditor's login, and says what does not fit; with the
 * note of a fork, the store that it has left behind.
 */
export const verifyStore = (
  environment: Environment,
  folder: string,
  verifierKey: string,
  forkNote: string | null,
): Promise<boolean> => {
  const store = openStore(folder)
  return withDatabases(environment, async ({ auditor }) => {
    const db = openDatabase({ url: auditor, connections: 2, name: 'chartward-verify' })
    try {
      const report = await checkStore(db.sql, store, verifierKey, forkNote)
      for (const { index, code, detail } of report.problems)
        print(`  ${index === null ? 'log' : `index ${index}`}: ${code}: ${detail}`)
      const { ok, signed, storeHolds, leftFrom, problemCount } = report
      if (ok && leftFrom !== null)
        print(
          `The log store holds, ${signed?.size} entries, and the signed fork leaves it behind from entry ${leftFrom} on.`,
        )
      else if (ok) print(`The log store holds, and the database agrees: ${signed?.size} entries.`)
      else {
        print(`Log store and database do NOT agree: ${problemCount} problems.`)
        print(
          storeHolds
            ? 'The folder by itself is what was signed: where the two differ, the database was changed.'
            : 'The folder by itself is NOT what was signed.',
        )
      }
      return ok
    } finally {
      await db.close()
    }
  })
}

/**
 * Puts back what the database lacks of the log store: by the owner's login, on a machine with the API's keys.
 */
export const recoverFromStore = (environment: Environment, folder: string): Promise<void> => {
  const store = openStore(folder)
  return withDatabases(environment, async (databases) => {
    const app = await openAppFor(
      environment,
      databases,
      keyFiles(environment.keyFolder),
      environment.publicUrl ?? '',
    )
    try {
      await recover(environment, databases, app, store)
    } finally {
      await app.close()
    }
  })
}

const recover = async (
  { keyFolder }: Environment,
  databases: Databases,
  app: Awaited<ReturnType<typeof openAppFor>>,
  store: LogStore,
): Promise<void> => {
  const owner = openDatabase({ url: databases.owner, connections: 1, name: 'chartward-recover' })
  try {
    const done = await recoverLog({ app, owner, appendKey: readAppendKey(keyFiles(keyFolder)), store })
    if (done === null) print('The database lacks nothing that the log store has.')
    else {
      const { entries, leaves, nodes, from, to } = done
      print(
        `Put back: ${entries} entries, ${leaves} leaves, ${nodes} nodes; the log had ${from} entries and has ${to}.`,
      )
      print('The log says so itself: an entry "audit.recovered" was written.')
    }
  } finally {
    await owner.close()
  }
}
