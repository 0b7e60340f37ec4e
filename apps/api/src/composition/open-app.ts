import { BREAK_GLASS_MINUTES } from '@chartward/contract'
import { type KmsProvider, LocalKms } from '@chartward/crypto'
import type { Database } from '@chartward/db'
import type { App, KeyClocks, Settings } from '../app.ts'
import { AuditLog } from '../audit/audit-log.ts'
import { Refusals } from '../audit/refusals.ts'
import { readBreakGlass } from '../care/break-glass.ts'
import { readRelationships } from '../care/relationship.ts'
import { AccountList } from '../core/account-list.ts'
import { Calendar } from '../core/days.ts'
import { findInstallation } from '../core/installation.ts'
import type { Logger } from '../core/log.ts'
import type { Smtp } from '../core/outbound/smtp.ts'
import { type PasswordRules, passwordRules } from '../core/password-rules.ts'
import { NO_SPACE_WATCH, type SpaceSettings, SpaceWatch } from '../core/space.ts'
import { type AccessLimits, AccessWatch, USUAL_ACCESS } from '../guard/access-watch.ts'
import { bundleSeedsOf, type KeyFiles, readAppendKey } from '../keys/key-files.ts'
import { loadKeyring } from '../keys/keyring.ts'
import { LOCK_MS } from '../services/auth/attempts.ts'
import { hashingGate } from '../services/auth/password-hash.ts'
import { readSignedIn, type SessionLimits, USUAL_SESSIONS } from '../sessions/lucia-adapter.ts'
import { readOwnAccounts } from '../sessions/own-account.ts'
import { readRecords } from '../vault/select-versions.ts'
import { ShreddedPatients } from '../vault/shredded-patients.ts'
import { AttemptsInLog } from '../vouch/attempts-in-log.ts'
import { HeadSeals } from '../vouch/head-seals.ts'
import { Heads } from '../vouch/heads.ts'
import { CustomPolicies } from '../vouch/policies.ts'
import { RowSeals } from '../vouch/row-seals.ts'
import { Vouching } from '../vouch/vouching.ts'
import { watchLog } from '../vouch/watch-log.ts'

export interface OpenAppOptions {
  readonly db: Database
  /** Of rotations; none, unless told. It is closed with the application. */
  readonly rekey?: Database | undefined
  readonly files: KeyFiles
  /** What has wrapped the KEKs; the root in `files`, unless told. */
  readonly kms?: KmsProvider
  /** For how long a KEK is used that its provider has not confirmed; 24 hours, unless told. */
  readonly kekHoldMs?: number
  readonly log: Logger
  readonly publicUrl: string
  readonly careRelationshipDays: number
  /** `BREAK_GLASS_MINUTES.unlessTold`, unless told. */
  readonly breakGlassMinutes?: number
  readonly logVerifierKey: string
  /** Whose days dates without a time stand for (IANA); UTC, unless told. */
  readonly timeZone?: string
  /** The server that takes our mail; none, unless told. */
  readonly smtp?: Smtp | undefined
  readonly resetMs?: Settings['resetMs']
  /** When keys are rotated; USUAL_CLOCKS, unless told. */
  readonly keys?: Partial<KeyClocks>
  /** How passwords are judged; the default profile, unless told. */
  readonly passwords?: PasswordRules
  /** How long whoever holds a privileged role can call off a reset of their factor; 24 hours, unless told. */
  readonly lostFactorHours?: number
  /** Whether patients see who saw their record by name; by role alone, unless told. */
  readonly patientsSeeNames?: boolean
  /** How old backups and drills may get; 26 hours and 35 days, unless told. */
  readonly backups?: Settings['backups']
  /** What is usual in an hour; USUAL_ACCESS, unless told. */
  readonly accessLimits?: AccessLimits
  /** How long sessions last; USUAL_SESSIONS, unless told. */
  readonly sessions?: SessionLimits
  /** What the database's space is measured by; unless told it is not watched. */
  readonly space?: SpaceSettings
  /** For how long records are kept at least; USUAL_RETENTION, unless told. */
  readonly retention?: Settings['retention']
  /** The folder in which the log is kept outside the database; none, unless told. */
  readonly logStore?: string | undefined
  readonly clock?: () => Date
}

/** Years; what states ask for differs, and most ask for less. */
export const USUAL_RETENTION: Settings['retention'] = { years: 10, yearsPastMajority: 10 }
const USUAL_CLOCKS: KeyClocks = { days: 90, patientDays: 365, settleMs: 60_000 }

/**
 * Puts the application together over an installed database. Rejects where the database has not
 * been installed.
 */
export const openApp = async (options: OpenAppOptions): Promise<App & { close(): Promise<void> }> => {
  const { db, files, log, clock = () => new Date() } = options
  const installation = await findInstallation(db)
  if (installation === null) throw new Error('This database is not set up: run `chartward init` first.')
  const appendKey = readAppendKey(files)
  const keyring = await loadKeyring(db, options.kms ?? LocalKms.open(files.kms), db, {
    clock,
    log,
    ...(options.kekHoldMs === undefined ? {} : { holdMs: options.kekHoldMs }),
  })
  const settings: Settings = {
    mode: installation.mode,
    publicUrl: options.publicUrl,
    careRelationshipDays: options.careRelationshipDays,
    smtp: options.smtp ?? null,
    resetMs: options.resetMs ?? { own: 60 * 60_000, started: 24 * 60 * 60_000 },
    breakGlassMinutes: options.breakGlassMinutes ?? BREAK_GLASS_MINUTES.unlessTold,
    passwords: options.passwords ?? passwordRules('default'),
    keys: { ...USUAL_CLOCKS, ...options.keys },
    lostFactorHours: options.lostFactorHours ?? 24,
    patientsSeeNames: options.patientsSeeNames ?? false,
    backups: options.backups ?? { maxAgeHours: 26, drillMaxAgeDays: 35 },
    sessions: options.sessions ?? USUAL_SESSIONS,
    logOrigin: installation.logOrigin,
    logVerifierKey: options.logVerifierKey,
    plannedPatients: installation.plannedPatients,
    nameBits: installation.nameBits,
    retention: options.retention ?? USUAL_RETENTION,
    logStore: options.logStore ?? null,
  }
  const audit = new AuditLog({ db, keyring, appendKey, clock, log })
  const heads = new Heads({
    db,
    seals: new HeadSeals(appendKey),
    isOwn: (bytes, mac) => audit.isOwn(bytes, mac),
    log,
  })
  const attempts = new AttemptsInLog({ db, isOwn: (bytes, mac) => audit.isOwn(bytes, mac), lockMs: LOCK_MS })
  const vouching = new Vouching({ seals: new RowSeals(keyring), heads, log })
  const shredded = new ShreddedPatients({ db, keyring, vouching })
  await Promise.all([heads.load(), attempts.look()])
  await shredded.look()
  const closing = new AbortController()
  watchLog([heads, attempts, shredded], log, closing.signal)
  const refusals = new Refusals({ audit, clock, log })
  return {
    db,
    rekey: options.rekey ?? null,
    reads: {
      signedIn: readSignedIn(db),
      ownAccounts: readOwnAccounts({ db, keyring, vouching }),
      relationships: readRelationships(db, vouching, settings.careRelationshipDays, clock),
      breakGlass: readBreakGlass(db, vouching, clock),
      records: readRecords(db),
      accounts: new AccountList(db, clock),
    },
    keyring,
    audit,
    shredded,
    vouching,
    attempts,
    refusals,
    access: new AccessWatch(db, clock, options.accessLimits ?? USUAL_ACCESS),
    space: new SpaceWatch(db, log, options.space ?? NO_SPACE_WATCH),
    hashing: hashingGate(),
    policies: new CustomPolicies({ db, vouching, log }),
    bundleSeeds: bundleSeedsOf(files),
    settings,
    clock,
    calendar: new Calendar(options.timeZone ?? 'UTC'),
    log,
    close: async () => {
      closing.abort()
      await refusals.drain()
      await audit.close()
      keyring.close()
      await options.rekey?.close()
      await db.close()
    },
  }
}
