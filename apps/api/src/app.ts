import type { Database } from '@chartward/db'
import type { Policy, RoleRef } from '@chartward/policy'
import type { AuditLog } from './audit/audit-log.ts'
import type { Refusals } from './audit/refusals.ts'
import type { readBreakGlass } from './care/break-glass.ts'
import type { readRelationships } from './care/relationship.ts'
import type { AccountList } from './core/account-list.ts'
import type { Calendar } from './core/days.ts'
import type { Gate } from './core/gate.ts'
import type { Logger } from './core/log.ts'
import type { Smtp } from './core/outbound/smtp.ts'
import type { PasswordRules } from './core/password-rules.ts'
import type { SpaceWatch } from './core/space.ts'
import type { AccessWatch } from './guard/access-watch.ts'
import type { BundleSeeds } from './keys/key-files.ts'
import type { Keyring } from './keys/keyring.ts'
import type { readSignedIn, SessionLimits } from './sessions/lucia-adapter.ts'
import type { readOwnAccounts } from './sessions/own-account.ts'
import type { readRecords } from './vault/select-versions.ts'
import type { ShreddedPatients } from './vault/shredded-patients.ts'
import type { AttemptsInLog } from './vouch/attempts-in-log.ts'
import type { Vouching } from './vouch/vouching.ts'

/** When keys are rotated. */
export interface KeyClocks {
  /** A key that has been in force for so many days is rotated. */
  readonly days: number
  /** A patient's own key likewise. */
  readonly patientDays: number
  /**
   * For so long after another key has come into force, some process may still make things with the one
   * before, in milliseconds.
   */
  readonly settleMs: number
}

/** What the operator has set, as far as verbs need it. */
export interface Settings {
  readonly mode: 'demo' | 'production'
  /** Where people reach the console; the start of invitation links. */
  readonly publicUrl: string
  /**
   * How many days after an encounter's end its practitioner still has a care relationship with the patient.
   */
  readonly careRelationshipDays: number
  /** For how many minutes the glass stays broken. */
  readonly breakGlassMinutes: number
  /** How passwords are judged. */
  readonly passwords: PasswordRules
  readonly keys: KeyClocks
  /** For so many hours whoever holds a privileged role can call off that their factor was lost. */
  readonly lostFactorHours: number
  /** Whether patients see by name who saw their record, and not by role alone. */
  readonly patientsSeeNames: boolean
  /** Backups and drills that are older, or missing, are said on Needs you. */
  readonly backups: { readonly maxAgeHours: number; readonly drillMaxAgeDays: number }
  readonly sessions: SessionLimits
  /** The name in the log's checkpoints. */
  readonly logOrigin: string
  /** The server that takes our mail; null where nothing is mailed, and links are handed over. */
  readonly smtp: Smtp | null
  /** How long a link counts, in milliseconds: one that the person asked for, and one started for them. */
  readonly resetMs: { readonly own: number; readonly started: number }
  /** How many patients name tokens are planned for, and the bits that they have. */
  readonly plannedPatients: number
  readonly nameBits: number
  /** For how long a patient's record is kept at least, before anybody may have it destroyed. */
  readonly retention: Retention
  /** The folder outside the database in which each destruction has a line; null: nothing can be destroyed. */
  readonly logStore: string | null
  /** C2SP verifier key of the log, so that a reader can check a checkpoint. */
  readonly logVerifierKey: string
}

/** In years: since a patient's last record, and after the day on which a patient has come of age. */
export interface Retention {
  readonly years: number
  readonly yearsPastMajority: number
}

/** What every request reads, for many requests in one statement. */
export interface SharedReads {
  readonly signedIn: ReturnType<typeof readSignedIn>
  /** Of accounts of patients: whose they are. */
  readonly ownAccounts: ReturnType<typeof readOwnAccounts>
  readonly relationships: ReturnType<typeof readRelationships>
  readonly breakGlass: ReturnType<typeof readBreakGlass>
  readonly records: ReturnType<typeof readRecords>
  /** All accounts, for lists and what is counted of them. */
  readonly accounts: AccountList
}

/** Who decides asks it for the policy in force, once for each request. */
export interface Policies {
  /** With each of these roles in it, as assignments name them, where there is such a one. */
  inForce(needed?: readonly RoleRef[]): Promise<Policy>
}

/** The running application's parts. Made once at start and handed down; nothing in it is global. */
export interface App {
  readonly db: Database
  /** The login that puts ciphertexts and wrapped keys in the place of others; null where none is set up. */
  readonly rekey: Database | null
  readonly reads: SharedReads
  readonly keyring: Keyring
  readonly audit: AuditLog
  /** Whose keys were destroyed: nothing of them is read or written any more. */
  readonly shredded: ShreddedPatients
  /** Rows that give somebody something are written and admitted by it. */
  readonly vouching: Vouching
  /** What the log says of attempts on secrets, whatever their counters say. */
  readonly attempts: AttemptsInLog
  /** The way of refusals into it. */
  readonly refusals: Refusals
  /** What each person was shown within the last hour. */
  readonly access: AccessWatch
  /** What the database has left to grow into. */
  readonly space: SpaceWatch
  /** Where the hashing of passwords takes its turn. */
  readonly hashing: Gate
  readonly policies: Policies
  readonly bundleSeeds: BundleSeeds
  readonly settings: Settings
  readonly clock: () => Date
  /** The days of the installation's time zone. */
  readonly calendar: Calendar
  readonly log: Logger
}
