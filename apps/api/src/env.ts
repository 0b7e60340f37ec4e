import { join, resolve } from 'node:path'
import { z } from 'zod'
import { isTimeZone } from './core/days.ts'

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
  CHARTWARD_CARE_RELATIONSHIP_DAYS: z.coerce.number().int().min(1).max(36_500).default(3650),
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
  CHARTWARD_DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).default(20),
})

export interface Environment {
  /** The application's login; undefined means the embedded server. */
  readonly databaseUrl: string | undefined
  readonly ownerUrl: string | undefined
  readonly sequencerUrl: string | undefined
  readonly auditorUrl: string | undefined
  /** The folder for the embedded server's data and the demo's files. */
  readonly dataFolder: string
  /** The folder with kms.key, append.key and (for the sequencer) signing.key. */
  readonly keyFolder: string
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
  })) {
    if (url !== undefined) requireProtectedConnection(name, url)
  }
  if (e.CHARTWARD_SPACE_CRITICAL_PERCENT > e.CHARTWARD_SPACE_LOW_PERCENT) {
    throw new EnvironmentError('CHARTWARD_SPACE_CRITICAL_PERCENT is at most CHARTWARD_SPACE_LOW_PERCENT.')
  }
  const dataFolder = resolve(data ?? e.CHARTWARD_DATA ?? '.chartward')
  return {
    databaseUrl: e.DATABASE_URL,
    ownerUrl: e.CHARTWARD_OWNER_DATABASE_URL,
    sequencerUrl: e.CHARTWARD_SEQUENCER_DATABASE_URL,
    auditorUrl: e.CHARTWARD_AUDITOR_DATABASE_URL,
    dataFolder,
    keyFolder: resolve(e.CHARTWARD_KEYS ?? join(dataFolder, 'keys')),
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
    careRelationshipDays: e.CHARTWARD_CARE_RELATIONSHIP_DAYS,
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
    patientsPerHour: e.CHARTWARD_PATIENTS_PER_HOUR,
    recordsPerHour: e.CHARTWARD_RECORDS_PER_HOUR,
  }
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)

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
