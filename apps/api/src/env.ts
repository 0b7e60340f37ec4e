import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { addressTrouble, BREAK_GLASS_MINUTES, CARE_WINDOW_DAYS } from '@chartward/contract'
import { planNameSearch, truncationBits, unsafePlanSays } from '@chartward/crypto'
import { z } from 'zod'
import { isTimeZone } from './core/days.ts'
import { isLoopback } from './core/network.ts'
import { NamedNetworks } from './core/outbound/addresses.ts'
import type { Smtp } from './core/outbound/smtp.ts'
import { MOST_SHORTEST, PASSWORD_PROFILES, type PasswordRules, passwordRules } from './core/password-rules.ts'
import { type KmsSettings, KmsSettingsError, readKmsSettings } from './keys/kms/settings.ts'

/**
 * The only reader of process.env. Parsed once; a wrong setting stops the start with a sentence that names it.
 */
const optionalText = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value === '' ? undefined : value))

const schema = z.object({
  DATABASE_URL: optionalText,
  CHARTWARD_OWNER_DATABASE_URL: optionalText,
  CHARTWARD_SEQUENCER_DATABASE_URL: optionalText,
  CHARTWARD_AUDITOR_DATABASE_URL: optionalText,
  CHARTWARD_REKEY_DATABASE_URL: optionalText,
  CHARTWARD_BACKUP_DATABASE_URL: optionalText,
  CHARTWARD_BACKUP_RECIPIENTS_FILE: optionalText,
  CHARTWARD_KEYRING_RECIPIENTS_FILE: optionalText,
  CHARTWARD_BACKUP_KEEP_DAYS: z.coerce.number().int().min(1).max(36_500).default(90),
  CHARTWARD_BACKUP_MAX_AGE_HOURS: z.coerce.number().int().min(1).max(8784).default(26),
  CHARTWARD_DRILL_MAX_AGE_DAYS: z.coerce.number().int().min(1).max(366).default(35),
  CHARTWARD_DATA: optionalText,
  CHARTWARD_KEYS: optionalText,
  CHARTWARD_LOG_STORE: optionalText,
  CHARTWARD_HOST: optionalText,
  CHARTWARD_PORT: z.coerce.number().int().min(0).max(65_535).default(4380),
  CHARTWARD_PUBLIC_URL: z.url().optional(),
  CHARTWARD_TLS_CERT_FILE: optionalText,
  CHARTWARD_TLS_KEY_FILE: optionalText,
  CHARTWARD_TRUSTED_PROXY: optionalText,
  CHARTWARD_LOG_ORIGIN: optionalText,
  CHARTWARD_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  CHARTWARD_CARE_RELATIONSHIP_DAYS: z.coerce.number().int().min(1).max(36_500).optional(),
  CHARTWARD_BREAK_GLASS_MINUTES: z.coerce
    .number()
    .int()
    .min(BREAK_GLASS_MINUTES.atLeast)
    .max(BREAK_GLASS_MINUTES.atMost)
    .default(BREAK_GLASS_MINUTES.unlessTold),
  CHARTWARD_KEY_DAYS: z.coerce.number().int().min(1).max(90).default(90),
  CHARTWARD_PATIENT_KEY_DAYS: z.coerce.number().int().min(30).max(3650).default(365),
  CHARTWARD_PASSWORD_PROFILE: z.enum(PASSWORD_PROFILES).default('default'),
  CHARTWARD_PASSWORD_SHORTEST: z.coerce.number().int().max(MOST_SHORTEST).optional(),
  CHARTWARD_PLANNED_PATIENTS: z.coerce.number().int().min(1).max(1_000_000_000).optional(),
  CHARTWARD_NAME_TOKEN_BITS: z.coerce.number().int().min(1).max(64).optional(),
  CHARTWARD_RETENTION_YEARS: z.coerce.number().int().min(1).max(100).default(10),
  CHARTWARD_RETENTION_YEARS_PAST_18: z.coerce.number().int().min(0).max(82).default(10),
  CHARTWARD_PATIENTS_SEE_NAMES: z.stringbool().default(false),
  CHARTWARD_LOST_FACTOR_HOURS: z.coerce.number().int().min(12).max(168).default(24),
  CHARTWARD_TIME_ZONE: optionalText.refine(
    (name) => name === undefined || isTimeZone(name),
    'expected a time zone of the IANA database, such as America/New_York',
  ),
  CHARTWARD_SESSION_IDLE_MINUTES: z.coerce.number().int().min(2).max(15).default(15),
  CHARTWARD_SESSION_HOURS: z.coerce.number().int().min(1).max(8).default(8),
  CHARTWARD_SESSIONS_PER_PERSON: z.coerce.number().int().min(1).max(3).default(1),
  CHARTWARD_PATIENTS_PER_HOUR: z.coerce.number().int().min(1).max(1_000_000).optional(),
  CHARTWARD_RECORDS_PER_HOUR: z.coerce.number().int().min(1).max(100_000_000).optional(),
  CHARTWARD_DATABASE_VOLUME: optionalText,
  CHARTWARD_DATABASE_MAX_GIB: z.coerce.number().positive().max(1_000_000).optional(),
  CHARTWARD_SPACE_LOW_PERCENT: z.coerce.number().int().min(1).max(90).default(15),
  CHARTWARD_SPACE_CRITICAL_PERCENT: z.coerce.number().int().min(1).max(90).default(5),
  CHARTWARD_OUTBOUND_PRIVATE: optionalText,
  CHARTWARD_SMTP_HOST: optionalText,
  CHARTWARD_SMTP_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  CHARTWARD_SMTP_TLS: z.enum(['implicit', 'starttls', 'none']).default('implicit'),
  CHARTWARD_SMTP_CA_FILE: optionalText,
  CHARTWARD_SMTP_USER: optionalText,
  CHARTWARD_SMTP_PASSWORD_FILE: optionalText,
  CHARTWARD_SMTP_FROM: optionalText.refine(
    (address) => address === undefined || addressTrouble(address) === null,
    'expected the address that mail comes from, such as chartward@hospital.example',
  ),
  CHARTWARD_KMS: optionalText,
  CHARTWARD_KMS_SECRET_FILE: optionalText,
  CHARTWARD_KMS_ENDPOINT: optionalText,
  CHARTWARD_KMS_CA_FILE: optionalText,
  CHARTWARD_KMS_NEXT: optionalText,
  CHARTWARD_KMS_NEXT_SECRET_FILE: optionalText,
  CHARTWARD_KMS_NEXT_ENDPOINT: optionalText,
  CHARTWARD_KMS_NEXT_CA_FILE: optionalText,
  CHARTWARD_KMS_HOLD_HOURS: z.coerce.number().int().min(1).max(168).default(24),
  CHARTWARD_RESET_MINUTES: z.coerce.number().int().min(10).max(1440).default(60),
  CHARTWARD_RESET_HOURS: z.coerce.number().int().min(1).max(72).default(24),
  CHARTWARD_DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(20),
})

export interface Environment {
  /** The application's login; undefined means the embedded server. */
  readonly databaseUrl: string | undefined
  readonly ownerUrl: string | undefined
  readonly sequencerUrl: string | undefined
  readonly auditorUrl: string | undefined
  /** The login of rotations. */
  readonly rekeyUrl: string | undefined
  readonly backup: {
    /** The login that reads what is backed up. */
    readonly databaseUrl: string | undefined
    /** Files with public keys of age, a line each. */
    readonly recipientsFile: string | undefined
    readonly keyRecipientsFile: string | undefined
    readonly keepDays: number
    /** Older ones, or none, are said on Needs you. */
    readonly maxAgeHours: number
    readonly drillMaxAgeDays: number
  }
  /** The folder for the embedded server's data and the demo's files. */
  readonly dataFolder: string
  /** The folder with kms.key, append.key and (for the sequencer) signing.key. */
  readonly keyFolder: string
  /**
   * Where the root key is: `current` is null for kms.key in the key folder, `next` unless KEKs are being
   * moved.
   */
  readonly kms: {
    readonly current: KmsSettings | null
    readonly next: KmsSettings | null
    /** For how long a KEK is used that its key store has not confirmed. */
    readonly holdMs: number
  }
  /** The folder in which the log is kept outside the database, if any. */
  readonly logStore: string | undefined
  readonly host: string | undefined
  readonly port: number
  readonly publicUrl: string | undefined
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined
  /** The one address whose forwarded headers count, if any. */
  readonly trustedProxy: string | undefined
  readonly logOrigin: string | undefined
  readonly logLevel: z.infer<typeof schema>['CHARTWARD_LOG_LEVEL']
  readonly careRelationshipDays: number
  /** Whether the operator has told, or it is what it is unless told. */
  readonly careRelationshipDaysAreSet: boolean
  readonly breakGlassMinutes: number
  readonly passwords: PasswordRules
  /** A key, and a patient's own key, is rotated after so many days in force. */
  readonly keyDays: number
  readonly patientKeyDays: number
  /** Whether patients see by name who saw their record, and not by role alone. */
  readonly patientsSeeNames: boolean
  /** How many patients name tokens are planned for, and their bits; undefined where nobody has said. */
  readonly search: { readonly plannedPatients: number | undefined; readonly nameBits: number | undefined }
  /** For how many years a record is kept at least: since its last entry, and past the 18th birthday. */
  readonly retention: { readonly years: number; readonly yearsPastMajority: number }
  /** For so many hours whoever holds a privileged role can call off that their factor was lost. */
  readonly lostFactorHours: number
  /** Sessions end so soon, or sooner: none of these can be set to more than the guides allow. */
  readonly sessions: { readonly idleMs: number; readonly absoluteMs: number; readonly perPerson: number }
  /** Whose days dates without a time stand for (IANA). */
  readonly timeZone: string
  readonly databaseConnections: number
  /** What the database's space is measured by: the volume of the embedded one, unless told. */
  readonly space: {
    readonly volume: string | undefined
    readonly maxBytes: number | undefined
    readonly lowPercent: number
    readonly criticalPercent: number
  }
  /** The server that takes our mail; undefined means that nothing is mailed. */
  readonly smtp: Smtp | undefined
  /** How long a link counts: one to a new password that the person asked for, and one started for them. */
  readonly resetMinutes: number
  readonly resetHours: number
  /** What somebody may open in an hour before they are asked why; undefined means what is usual. */
  readonly patientsPerHour: number | undefined
  readonly recordsPerHour: number | undefined
}

export class EnvironmentError extends Error {}

/**
 * Reads the settings; `data` (an option of the command line) goes before CHARTWARD_DATA. Throws
 * EnvironmentError, which names each wrong setting and repeats no value.
 */
export const readEnvironment = (data?: string, source: NodeJS.ProcessEnv = process.env): Environment => {
  const parsed = schema.safeParse(source)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new EnvironmentError(`Settings that can not be used:\n  ${problems.join('\n  ')}`)
  }
  const e = parsed.data
  if ((e.CHARTWARD_TLS_CERT_FILE === undefined) !== (e.CHARTWARD_TLS_KEY_FILE === undefined)) {
    throw new EnvironmentError('Set CHARTWARD_TLS_CERT_FILE and CHARTWARD_TLS_KEY_FILE both, or neither.')
  }
  for (const [name, url] of Object.entries({
    DATABASE_URL: e.DATABASE_URL,
    CHARTWARD_OWNER_DATABASE_URL: e.CHARTWARD_OWNER_DATABASE_URL,
    CHARTWARD_SEQUENCER_DATABASE_URL: e.CHARTWARD_SEQUENCER_DATABASE_URL,
    CHARTWARD_AUDITOR_DATABASE_URL: e.CHARTWARD_AUDITOR_DATABASE_URL,
    CHARTWARD_REKEY_DATABASE_URL: e.CHARTWARD_REKEY_DATABASE_URL,
    CHARTWARD_BACKUP_DATABASE_URL: e.CHARTWARD_BACKUP_DATABASE_URL,
  })) {
    if (url !== undefined) requireProtectedConnection(name, url)
  }
  if (e.CHARTWARD_SPACE_CRITICAL_PERCENT > e.CHARTWARD_SPACE_LOW_PERCENT) {
    throw new EnvironmentError('CHARTWARD_SPACE_CRITICAL_PERCENT is at most CHARTWARD_SPACE_LOW_PERCENT.')
  }
  const passwords = passwordRules(e.CHARTWARD_PASSWORD_PROFILE, e.CHARTWARD_PASSWORD_SHORTEST)
  if (passwords.shortest > (e.CHARTWARD_PASSWORD_SHORTEST ?? passwords.shortest)) {
    throw new EnvironmentError(
      `CHARTWARD_PASSWORD_SHORTEST is at least ${passwords.shortest} with this CHARTWARD_PASSWORD_PROFILE.`,
    )
  }
  const dataFolder = resolve(data ?? e.CHARTWARD_DATA ?? '.chartward')
  const keyFolder = resolve(e.CHARTWARD_KEYS ?? join(dataFolder, 'keys'))
  return {
    databaseUrl: e.DATABASE_URL,
    ownerUrl: e.CHARTWARD_OWNER_DATABASE_URL,
    sequencerUrl: e.CHARTWARD_SEQUENCER_DATABASE_URL,
    auditorUrl: e.CHARTWARD_AUDITOR_DATABASE_URL,
    rekeyUrl: e.CHARTWARD_REKEY_DATABASE_URL,
    backup: {
      databaseUrl: e.CHARTWARD_BACKUP_DATABASE_URL,
      recipientsFile: e.CHARTWARD_BACKUP_RECIPIENTS_FILE,
      keyRecipientsFile: e.CHARTWARD_KEYRING_RECIPIENTS_FILE,
      keepDays: e.CHARTWARD_BACKUP_KEEP_DAYS,
      maxAgeHours: e.CHARTWARD_BACKUP_MAX_AGE_HOURS,
      drillMaxAgeDays: e.CHARTWARD_DRILL_MAX_AGE_DAYS,
    },
    dataFolder,
    keyFolder,
    kms: {
      current: kmsOf('CHARTWARD_KMS', e, keyFolder),
      next: kmsOf('CHARTWARD_KMS_NEXT', e, keyFolder),
      holdMs: e.CHARTWARD_KMS_HOLD_HOURS * 3_600_000,
    },
    logStore: e.CHARTWARD_LOG_STORE === undefined ? undefined : resolve(e.CHARTWARD_LOG_STORE),
    host: e.CHARTWARD_HOST,
    port: e.CHARTWARD_PORT,
    publicUrl: e.CHARTWARD_PUBLIC_URL,
    tls:
      e.CHARTWARD_TLS_CERT_FILE !== undefined && e.CHARTWARD_TLS_KEY_FILE !== undefined
        ? { certFile: e.CHARTWARD_TLS_CERT_FILE, keyFile: e.CHARTWARD_TLS_KEY_FILE }
        : undefined,
    trustedProxy: e.CHARTWARD_TRUSTED_PROXY,
    logOrigin: e.CHARTWARD_LOG_ORIGIN,
    logLevel: e.CHARTWARD_LOG_LEVEL,
    careRelationshipDays: e.CHARTWARD_CARE_RELATIONSHIP_DAYS ?? CARE_WINDOW_DAYS.unlessTold,
    careRelationshipDaysAreSet: e.CHARTWARD_CARE_RELATIONSHIP_DAYS !== undefined,
    breakGlassMinutes: e.CHARTWARD_BREAK_GLASS_MINUTES,
    passwords,
    keyDays: e.CHARTWARD_KEY_DAYS,
    patientKeyDays: e.CHARTWARD_PATIENT_KEY_DAYS,
    patientsSeeNames: e.CHARTWARD_PATIENTS_SEE_NAMES,
    search: searchOf(e),
    retention: {
      years: e.CHARTWARD_RETENTION_YEARS,
      yearsPastMajority: e.CHARTWARD_RETENTION_YEARS_PAST_18,
    },
    lostFactorHours: e.CHARTWARD_LOST_FACTOR_HOURS,
    sessions: {
      idleMs: e.CHARTWARD_SESSION_IDLE_MINUTES * 60_000,
      absoluteMs: e.CHARTWARD_SESSION_HOURS * 3_600_000,
      perPerson: e.CHARTWARD_SESSIONS_PER_PERSON,
    },
    timeZone: e.CHARTWARD_TIME_ZONE ?? 'UTC',
    databaseConnections: e.CHARTWARD_DATABASE_CONNECTIONS,
    space: {
      volume: e.CHARTWARD_DATABASE_VOLUME ?? (e.DATABASE_URL === undefined ? dataFolder : undefined),
      maxBytes:
        e.CHARTWARD_DATABASE_MAX_GIB === undefined ? undefined : e.CHARTWARD_DATABASE_MAX_GIB * 1024 ** 3,
      lowPercent: e.CHARTWARD_SPACE_LOW_PERCENT,
      criticalPercent: e.CHARTWARD_SPACE_CRITICAL_PERCENT,
    },
    smtp: smtpOf(e),
    resetMinutes: e.CHARTWARD_RESET_MINUTES,
    resetHours: e.CHARTWARD_RESET_HOURS,
    patientsPerHour: e.CHARTWARD_PATIENTS_PER_HOUR,
    recordsPerHour: e.CHARTWARD_RECORDS_PER_HOUR,
  }
}

/** Throws EnvironmentError for tokens that would hide nobody, or have too many people opened for nothing. */
const searchOf = (e: z.infer<typeof schema>): Environment['search'] => {
  const { CHARTWARD_PLANNED_PATIENTS: plannedPatients, CHARTWARD_NAME_TOKEN_BITS: bits } = e
  if (plannedPatients === undefined) {
    if (bits !== undefined)
      throw new EnvironmentError(
        'Set CHARTWARD_PLANNED_PATIENTS too: how many bits are right follows from it.',
      )
    return { plannedPatients, nameBits: undefined }
  }
  const nameBits = bits ?? truncationBits(plannedPatients)
  const says = unsafePlanSays(planNameSearch(plannedPatients, nameBits))
  if (says !== null)
    throw new EnvironmentError(`CHARTWARD_PLANNED_PATIENTS and CHARTWARD_NAME_TOKEN_BITS: ${says}`)
  return { plannedPatients, nameBits }
}

const USUAL_PORTS = { implicit: 465, starttls: 587, none: 25 } as const

/** The password and the authorities stand in files, as keys do: an environment is shown by many programs. */
const smtpOf = (e: z.infer<typeof schema>): Smtp | undefined => {
  const named = namedNetworks(e.CHARTWARD_OUTBOUND_PRIVATE)
  const { CHARTWARD_SMTP_HOST: host, CHARTWARD_SMTP_FROM: from, CHARTWARD_SMTP_TLS: tls } = e
  if ((host === undefined) !== (from === undefined))
    throw new EnvironmentError('Set CHARTWARD_SMTP_HOST and CHARTWARD_SMTP_FROM both, or neither.')
  const { CHARTWARD_SMTP_USER: user, CHARTWARD_SMTP_PASSWORD_FILE: passwordFile } = e
  if ((user === undefined) !== (passwordFile === undefined))
    throw new EnvironmentError('Set CHARTWARD_SMTP_USER and CHARTWARD_SMTP_PASSWORD_FILE both, or neither.')
  if (host === undefined || from === undefined) return undefined
  if (tls === 'none' && !isLoopback(host))
    throw new EnvironmentError('CHARTWARD_SMTP_TLS is implicit or starttls for a server beyond loopback.')
  return {
    host,
    port: e.CHARTWARD_SMTP_PORT ?? USUAL_PORTS[tls],
    tls,
    from,
    named,
    ca: readSetting('CHARTWARD_SMTP_CA_FILE', e.CHARTWARD_SMTP_CA_FILE),
    login:
      user === undefined || passwordFile === undefined
        ? undefined
        : { user, password: readSetting('CHARTWARD_SMTP_PASSWORD_FILE', passwordFile)?.trimEnd() ?? '' },
  }
}

const kmsOf = (
  name: 'CHARTWARD_KMS' | 'CHARTWARD_KMS_NEXT',
  e: z.infer<typeof schema>,
  keyFolder: string,
): KmsSettings | null => {
  const { [name]: text, [`${name}_SECRET_FILE` as const]: secretFile } = e
  const { [`${name}_ENDPOINT` as const]: endpoint, [`${name}_CA_FILE` as const]: caFile } = e
  if (text === undefined) return null
  const named = namedNetworks(e.CHARTWARD_OUTBOUND_PRIVATE)
  const ca = readSetting(`${name}_CA_FILE`, caFile)
  try {
    return readKmsSettings({ name, text, secretFile, endpoint, ca, keyFolder, named })
  } catch (error) {
    throw error instanceof KmsSettingsError ? new EnvironmentError(error.message) : error
  }
}

const namedNetworks = (text: string | undefined): NamedNetworks => {
  try {
    return new NamedNetworks(
      (text ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()])),
    )
  } catch {
    throw new EnvironmentError(
      'CHARTWARD_OUTBOUND_PRIVATE is a list of hosts, addresses and networks, such as relay.internal,10.1.0.0/16.',
    )
  }
}

const readSetting = (name: string, file: string | undefined): string | undefined => {
  try {
    return file === undefined ? undefined : readFileSync(file, 'utf8')
  } catch {
    throw new EnvironmentError(`${name} names a file that can not be read.`)
  }
}

/**
 * PHI must not cross a network in the clear, nor to a server that nobody has identified: 45 CFR
 * 164.312(e)(1).
 */
const requireProtectedConnection = (name: string, url: string): void => {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    throw new EnvironmentError(
      `${name} is not a URL of the form postgres://login:password@host:5432/database.`,
    )
  }
  if (!isLoopback(parsed.hostname) && parsed.searchParams.get('sslmode') !== 'verify-full') {
    throw new EnvironmentError(`${name} names a server beyond loopback: add ?sslmode=verify-full to it.`)
  }
}

/**
 * What a child process needs of our environment to trust the same database server: Node's own
 * variable, if it is set.
 */
export const certificateAuthorities = (source: NodeJS.ProcessEnv = process.env): Record<string, string> => {
  const { NODE_EXTRA_CA_CERTS } = source
  return NODE_EXTRA_CA_CERTS === undefined ? {} : { NODE_EXTRA_CA_CERTS }
}
