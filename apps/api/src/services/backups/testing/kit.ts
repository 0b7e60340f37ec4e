import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LocalKms } from '@chartward/crypto'
import type { Database } from '@chartward/db'
import type { TestDatabase } from '@chartward/db/testing'
import { type Bundle, generatePopulation } from '@chartward/fhir'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { folderDisk } from '../../../audit/store/disk.ts'
import { LogStore } from '../../../audit/store/log-store.ts'
import { readAppendKey, readSigningSeed } from '../../../keys/key-files.ts'
import type { SequencerContext } from '../../../sequencer/context.ts'
import { appendEntries, sequenceAll, sequencerOf } from '../../../sequencer/testing/log-kit.ts'
import { logRows } from '../../../testing/rows.ts'
import { signInAs } from '../../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../../testing/test-app.ts'
import { checkDatabase } from '../../audit/check-database.ts'
import { contentsWith } from '../../audit/contents/with-keys.ts'
import { noteKeysOf } from '../../bundles/note-keys.ts'
import { importAll } from '../../exports/testing/house.ts'
import { type BackupOptions, type MadeBackup, makeBackup } from '../make-backup.ts'
import { logSignerOf } from '../restore/log-signer.ts'
import { type Ahead, type PlanOptions, planRestore, type RestorePlan } from '../restore/plan.ts'
import { type Restored, type RestoreOptions, restore } from '../restore/restore.ts'

/** An installation with patients, a log and its store, and everything to back it up and restore it with. */
export interface BackupHouse {
  readonly test: TestApp
  readonly sequencer: SequencerContext
  readonly store: LogStore
  readonly storeFolder: string
  /** Where backups and keyring artifacts go. */
  readonly folder: string
  readonly keysFolder: string
  readonly identity: string
  readonly recipient: string
  readonly bundles: readonly Bundle[]
  import(bundles: readonly unknown[]): Promise<void>
  /** Everything is sequenced, signed and stored. */
  settle(): Promise<void>
  make(kind: 'logical' | 'keyring', more?: Partial<BackupOptions>): Promise<MadeBackup>
  planInto(target: Database, backup: string, keys: string, more?: Partial<PlanOptions>): Promise<RestorePlan>
  restoreInto(
    target: Database,
    backup: string,
    keys: string,
    more?: {
      readonly ahead?: Ahead
      readonly restore?: Partial<RestoreOptions>
      readonly plan?: Partial<PlanOptions>
    },
  ): Promise<Restored>
  /** All that `verify` says of a database, with all keys. */
  problemsOf(database: TestDatabase): Promise<string[]>
  stop(): Promise<void>
}

export const createBackupHouse = async (patients = 6): Promise<BackupHouse> => {
  const test = await createTestApp({ keysLogged: true })
  const root = await mkdtemp(join(tmpdir(), 'chartward-backups-'))
  const [storeFolder, folder, keysFolder] = await Promise.all(
    ['store-', 'records-', 'keys-'].map((name) => mkdtemp(join(root, name))),
  )
  if (storeFolder === undefined || folder === undefined || keysFolder === undefined)
    throw new Error('no folders')
  const store = new LogStore(folderDisk(storeFolder))
  const sequencer = sequencerOf(test, store)
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  const { app } = test
  const signer = () => noteKeysOf(app.bundleSeeds, app.settings.logOrigin)
  const bundles = [...generatePopulation({ seed: 'backups', patients, asOf: test.now })]
  const settle = async () => {
    await app.audit.drain()
    await logRows(app)
    await sequenceAll(sequencer)
  }
  const sources: Database[] = []
  const sourceOf = (kind: 'logical' | 'keyring') => {
    const db = test.database.open(kind === 'logical' ? 'chartward_backup' : 'chartward_app', 1)
    sources.push(db)
    return db
  }
  const planInto: BackupHouse['planInto'] = (owner, backup, keys, more = {}) =>
    planRestore({
      owner,
      folder: backup,
      keysFolder: keys,
      identities: [identity],
      bundleKeys: signer().verifierKeys,
      logKey: app.settings.logVerifierKey,
      appendKey: readAppendKey(test.files),
      store,
      keptNote: null,
      ahead: { kind: 'refuse' },
      ...more,
    })
  await importAll(test, bundles)
  await signInAs(app, 'clinician')
  await signInAs(app, 'privacy-officer')
  await appendEntries(test, 40)
  await settle()
  return {
    test,
    sequencer,
    store,
    storeFolder,
    folder,
    keysFolder,
    identity,
    recipient,
    bundles,
    import: (some) => importAll(test, some),
    settle,
    make: (kind, more = {}) =>
      makeBackup({
        app,
        kind,
        source: sourceOf(kind),
        folder: kind === 'logical' ? folder : keysFolder,
        recipients: [recipient],
        signer: signer(),
        keepDays: 30,
        operator: 'test',
        ...more,
      }),
    planInto,
    restoreInto: async (owner, backup, keys, more = {}) => {
      const ahead: Ahead = more.ahead ?? { kind: 'refuse' }
      const plan = await planInto(owner, backup, keys, { ahead, ...more.plan })
      return restore({
        owner,
        plan,
        identities: [identity],
        kms: LocalKms.open(test.files.kms),
        appendKey: readAppendKey(test.files),
        storeFolder,
        fork:
          ahead.kind === 'fork'
            ? {
                reason: ahead.reason,
                signer: logSignerOf(readSigningSeed(test.files), app.settings.logOrigin),
                keep: async () => undefined,
              }
            : null,
        operator: 'test',
        clock: () => test.now,
        log: app.log,
        ...more.restore,
      })
    },
    problemsOf: async (database) => {
      const report = await checkDatabase(database.open('chartward_auditor', 1).sql, {
        appendKey: readAppendKey(test.files),
        verifierKey: app.settings.logVerifierKey,
        contents: contentsWith(database.open('chartward_app', 4), LocalKms.open(test.files.kms)),
      })
      return report.problems.map(({ code, detail }) => `${code}: ${detail}`)
    },
    stop: async () => {
      await test.stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}
