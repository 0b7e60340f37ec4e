import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import postgres from 'postgres'
import { socketOf } from '../socket.ts'
import { findBinaries } from './binaries.ts'
import { type RunAs, runAs } from './run-as.ts'

export const DATABASE_ROLES = [
  'chartward_app',
  'chartward_sequencer',
  'chartward_auditor',
  'chartward_rekey',
  'chartward_backup',
] as const
export type DatabaseRole = (typeof DATABASE_ROLES)[number]
const OWNER = 'chartward_owner'
const DATABASE = 'chartward'
const CONNECT_SECONDS = 30

/** A running embedded PostgreSQL and the URLs of its logins, each with a password of its own. */
export interface EmbeddedServer {
  readonly folder: string
  readonly port: number
  /** The URL of a login for a database of this server. `chartward_owner` owns the server. */
  url(login: DatabaseRole | typeof OWNER, database?: string): string
  /** Lets running statements end, writes a checkpoint, and stops. */
  stop(): Promise<void>
}

/** A port of loopback that nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('no free port')),
      )
    })
  })

const readSecrets = async (file: string): Promise<Record<string, string> | null> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

const initialise = async (as: RunAs, initdb: string, data: string, owner: string): Promise<void> => {
  // A first start that was killed half-way leaves a folder without the secrets file, which is written
  // last: begin anew.
  await rm(data, { recursive: true, force: true })
  await mkdir(data, { recursive: true, mode: 0o700 })
  const passwordFile = join(data, '..', `.initdb-${randomBytes(6).toString('hex')}`)
  await writeFile(passwordFile, `${owner}\n`, { mode: 0o600 })
  try {
    if (as.owner !== null) {
      await chown(data, as.owner.uid, as.owner.gid)
      await chown(passwordFile, as.owner.uid, as.owner.gid)
    }
    await as.exec(initdb, [
      `--pgdata=${data}`,
      '--auth=scram-sha-256',
      `--username=${OWNER}`,
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--no-locale',
      '--data-checksums',
      '--no-instructions',
    ])
  } finally {
    await rm(passwordFile, { force: true })
  }
}

/** What the server may write to its log: never a statement's text, a parameter or a row's value. */
const QUIET_LOG = [
  'log_min_error_statement=panic',
  'log_parameter_max_length=0',
  'log_parameter_max_length_on_error=0',
  'log_error_verbosity=terse',
  'log_statement=none',
]

/**
 * Starts the embedded PostgreSQL whose data stands in `folder` (made if missing), on loopback and a free
 * port, reusing what an earlier start left; a server left running by a killed process is stopped first.
 * `settings` are further `name=value` pairs of postgresql.conf; `wantedPort` is for who has to find it again
 * where it was.
 */
export const startEmbedded = async (
  folder: string,
  settings: readonly string[] = [],
  wantedPort?: number,
): Promise<EmbeddedServer> => {
  const { initdb, pg_ctl } = await findBinaries()
  const as = await runAs()
  const data = join(folder, 'postgres')
  const secretsFile = join(folder, 'postgres.json')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  let passwords = await readSecrets(secretsFile)
  const first = passwords === null
  if (passwords === null) {
    passwords = Object.fromEntries(
      [OWNER, ...DATABASE_ROLES].map((login) => [login, randomBytes(24).toString('hex')]),
    )
    await initialise(as, initdb, data, passwords[OWNER] ?? '')
  }
  const control = (args: readonly string[]) => as.exec(pg_ctl, ['-D', data, '-s', '-w', ...args])
  await control(['-m', 'fast', 'stop']).catch(() => undefined)
  const port = wantedPort ?? (await freePort())
  const options = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    ...QUIET_LOG,
    ...settings,
  ]
  await control(['-l', join(data, 'server.log'), '-o', options.map((o) => `-c ${o}`).join(' '), 'start'])
  const url = urlsOf(port, passwords)
  if (first) {
    await createLogins(url(OWNER, 'postgres'), passwords)
    await writeFile(`${secretsFile}.new`, JSON.stringify(passwords), { mode: 0o600 })
    await rename(`${secretsFile}.new`, secretsFile)
  }
  await chmod(secretsFile, 0o600)
  return { folder, port, url, stop: () => control(['-m', 'fast', 'stop']) }
}

/**
 * The embedded PostgreSQL that another process has started in `folder`, or null where none runs there. `stop`
 * leaves it running.
 */
export const findEmbedded = async (folder: string): Promise<EmbeddedServer | null> => {
  const passwords = await readSecrets(join(folder, 'postgres.json'))
  // The fourth line of the server's pid file is its port (src/include/utils/pidfile.h).
  const pidFile = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => null)
  const port = Number(pidFile?.split('\n')[3])
  if (passwords === null || !Number.isInteger(port) || port <= 0) return null
  return { folder, port, url: urlsOf(port, passwords), stop: async () => undefined }
}

const urlsOf =
  (port: number, passwords: Readonly<Record<string, string>>): EmbeddedServer['url'] =>
  (login, database = DATABASE) =>
    `postgres://${login}:${passwords[login]}@127.0.0.1:${port}/${database}`

const createLogins = async (ownerUrl: string, passwords: Readonly<Record<string, string>>): Promise<void> => {
  const sql = postgres(ownerUrl, { ...socketOf(CONNECT_SECONDS), max: 1, onnotice: () => undefined })
  try {
    await sql.unsafe(`create database ${DATABASE}`)
    for (const role of DATABASE_ROLES) {
      // Both are our own constants and hexadecimal digits: DDL takes no parameters.
      await sql.unsafe(
        `create role ${role} login nosuperuser nocreatedb nocreaterole password '${passwords[role]}'`,
      )
    }
  } finally {
    await sql.end({ timeout: 5 })
  }
}
