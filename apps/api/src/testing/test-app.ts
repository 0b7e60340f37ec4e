import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LocalKms } from '@chartward/crypto'
import { createTestDatabase, type TestDatabase } from '@chartward/db/testing'
import type { App } from '../app.ts'
import { install } from '../composition/install.ts'
import { logKeys } from '../composition/log-keys.ts'
import { type OpenAppOptions, openApp } from '../composition/open-app.ts'
import { newId } from '../core/ids.ts'
import { createLogger } from '../core/log.ts'
import type { Smtp } from '../core/outbound/smtp.ts'
import type { RequestContext } from '../guard/request-context.ts'
import { createKeyFiles, type KeyFiles, readSigningSeed, verifierKeyOf } from '../keys/key-files.ts'
import type { SignedIn } from '../sessions/session.ts'

export interface TestApp {
  readonly app: App & { close(): Promise<void> }
  readonly database: TestDatabase
  readonly files: KeyFiles
  /** The time the application sees, in each of its processes; tests move it. */
  now: Date
  /** Another process of the same installation: with a memory of its own. Whoever opens it closes it. */
  another(options?: AnotherOptions): Promise<App & { close(): Promise<void> }>
  stop(): Promise<void>
}

type AnotherOptions = Partial<OpenAppOptions> & { readonly connections?: number }

/** An installed application on a database and key files of its own, with a clock that the test moves. */
export const createTestApp = async (
  options: {
    mode?: 'demo' | 'production'
    connections?: number
    log?: App['log']
    /** The server that takes the application's mail. */
    smtp?: Smtp
    /** As `chartward init` does: with an entry for each key. Tests that count entries are without. */
    keysLogged?: boolean
    /** Where the log, and the ledger of destructions, are kept outside the database. */
    logStore?: string
    /** When keys are rotated. */
    keys?: OpenAppOptions['keys']
  } = {},
): Promise<TestApp> => {
  const database = await createTestDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'chartward-keys-'))
  const files = createKeyFiles(folder)
  const db = database.open('chartward_app', options.connections ?? 10)
  const logOrigin = 'test.invalid/log'
  const kms = LocalKms.open(files.kms)
  const wanted = { mode: options.mode ?? 'production', logOrigin } as const
  const keysLog = options.keysLogged === true ? logKeys(db, kms, files, wanted) : undefined
  await install(db, kms, wanted, keysLog?.append)
  await keysLog?.close()
  const time = { now: new Date() }
  const another = ({ connections = 4, ...more }: AnotherOptions = {}) =>
    openApp({
      db: database.open('chartward_app', connections),
      rekey: database.open('chartward_rekey', 2),
      files,
      log: options.log ?? createLogger('silent'),
      publicUrl: 'http://localhost:4380',
      careRelationshipDays: 3650,
      logVerifierKey: verifierKeyOf(readSigningSeed(files), logOrigin),
      clock: () => time.now,
      smtp: options.smtp,
      logStore: options.logStore,
      ...(options.keys === undefined ? {} : { keys: options.keys }),
      ...more,
    })
  const app = await another({ db })
  return {
    app,
    database,
    files,
    another,
    get now() {
      return time.now
    },
    set now(value: Date) {
      time.now = value
    },
    stop: async () => {
      await app.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

let addresses = 0
/** An address that no other request comes from: of one address the first refusal alone has its own entry. */
export const newAddress = (): string => {
  addresses++
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`
}

/** A request as the server would hand it on, made by whoever `signedIn` says; null is nobody. */
export const requestBy = (
  app: App,
  signedIn: SignedIn | null,
  extra: Partial<RequestContext> = {},
): RequestContext => ({
  app,
  requestId: newId(),
  ip: signedIn === null ? newAddress() : '127.0.0.1',
  userAgent: 'test',
  token: null,
  deviceToken: null,
  background: false,
  setToken: () => undefined,
  setDeviceToken: () => undefined,
  signedIn: async () => signedIn,
  ...extra,
})
