import { openDatabase } from '@chartward/db'
import type { Command } from 'commander'
import { type Environment, readEnvironment } from '../../env.ts'
import { keyFiles } from '../../keys/key-files.ts'
import { type MadeBackup, makeBackup } from '../../services/backups/make-backup.ts'
import { KEY_DAYS } from '../../services/backups/rows.ts'
import { noteKeysOf } from '../../services/bundles/note-keys.ts'
import { type Databases, withDatabases } from '../database.ts'
import { lockFolder } from '../lock.ts'
import { operatorOf } from '../operator.ts'
import { print } from '../print.ts'
import { openAppFor } from '../run-server.ts'
import { UsageError } from '../usage-error.ts'
import { readRecipients } from './recipients.ts'

export interface MakeOptions {
  readonly to?: string
  readonly keysTo?: string
  readonly toKey: readonly string[]
  readonly keepDays?: string
  readonly data?: string
  readonly operator?: string
}

/** What reads a whole database, and waits for a disk to take it. */
const RESPONSE_SECONDS = 24 * 60 * 60

const daysOf = (text: string | undefined, unlessTold: number): number => {
  const days = text === undefined ? unlessTold : Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 36_500)
    throw new UsageError('--keep-days takes a number of days, from 1 on.')
  return days
}

/** Makes a logical backup, a keyring artifact, or both, each in its own folder. */
export const make = async (options: MakeOptions): Promise<void> => {
  const { to, keysTo } = options
  if (to === undefined && keysTo === undefined)
    throw new UsageError('Say where to: --to DIR for the records, --keys-to DIR for the wrapped keys.')
  if (to !== undefined && to === keysTo)
    throw new UsageError('Records and keys go to two places: whoever gets both has more than either.')
  const environment = readEnvironment(options.data)
  await withDatabases(environment, async (databases) => {
    if (keysTo !== undefined) said(await makeOne(environment, databases, options, 'keyring', keysTo))
    if (to !== undefined) said(await makeOne(environment, databases, options, 'logical', to))
  })
}

const makeOne = async (
  environment: Environment,
  databases: Databases,
  options: MakeOptions,
  kind: 'logical' | 'keyring',
  folder: string,
): Promise<MadeBackup> => {
  const { backup, keyFolder } = environment
  const file =
    kind === 'logical' ? backup.recipientsFile : (backup.keyRecipientsFile ?? backup.recipientsFile)
  const recipients = await readRecipients(options.toKey, options.toKey.length === 0 ? file : undefined)
  const unlock = lockFolder(folder)
  const app = await openAppFor(environment, databases, keyFiles(keyFolder), environment.publicUrl ?? '')
  const source = openDatabase({
    url: kind === 'logical' ? databases.backup : databases.app,
    connections: 1,
    name: 'chartward-backup',
    limits: { response: RESPONSE_SECONDS },
  })
  try {
    return await makeBackup({
      app,
      kind,
      source,
      folder,
      recipients,
      signer: noteKeysOf(app.bundleSeeds, app.settings.logOrigin),
      keepDays:
        kind === 'keyring'
          ? Math.min(daysOf(options.keepDays, KEY_DAYS), KEY_DAYS)
          : daysOf(options.keepDays, backup.keepDays),
      operator: operatorOf(options),
    })
  } finally {
    await source.close()
    await app.close()
    unlock()
  }
}

const said = ({ folder, manifest, deleted, hasKeyring }: MadeBackup): void => {
  const { file, tables, log, expiresAt } = manifest
  const rows = Object.values(tables).reduce((sum, one) => sum + one, 0)
  print(folder)
  print(
    `  ${manifest.kind === 'logical' ? 'Backup' : 'Wrapped keys'}: ${rows} rows, ${file.bytes} bytes, encrypted to ${manifest.recipients.length} public keys; the log has ${log.size} entries. Kept until ${expiresAt}.`,
  )
  if (deleted > 0) print(`  Deleted: ${deleted} that had expired.`)
  if (!hasKeyring && manifest.kind === 'logical')
    print(
      `  WARNING: no wrapped keys of the last ${KEY_DAYS} days are kept. Without them this backup opens nowhere: run \`chartward backup --keys-to DIR\`, with another folder.`,
    )
}

export const addMake = (backup: Command): void => {
  backup
    .option('--to <dir>', 'a folder for the backup: all but keys, to be kept for long')
    .option('--keys-to <dir>', `another folder, for the wrapped keys: kept for ${KEY_DAYS} days at most`)
    .option(
      '--to-key <age1…>',
      'a public key of age that it is encrypted to; may be given again',
      (value: string, all: readonly string[]) => [...all, value],
      [],
    )
    .option('--keep-days <days>', 'how long it is kept')
    .option('--data <dir>', 'folder of the embedded database and its keys')
    .option('--operator <name>', 'who does this, for the audit log (else the account on this machine)')
    .action(make)
}
