import { existsSync } from 'node:fs'
import { appendFile, chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { runAs } from '../embedded/run-as.ts'
import { type DatabaseRole, freePort } from '../embedded/server.ts'

const PROGRAMS = '/usr/lib/postgresql/15/bin'
const LOGINS = fileURLToPath(new URL('../../../../deploy/postgresql/logins.sql', import.meta.url))
const STANZA = 'test'

/**
 * Debian's PostgreSQL 15 with pgBackRest archiving its WAL, as an operator runs them; loopback trusts all.
 */
export interface DebianServer {
  /** pgBackRest's configuration file and the stanza in it. */
  readonly config: string
  readonly stanza: string
  url(login: DatabaseRole | 'chartward_owner' | 'postgres', database?: string): string
  /**
   * Restores the repository's latest, or a set of it, into another folder, starts a server on it, and looks.
   */
  withRestored<T>(label: string | null, look: (url: string) => Promise<T>): Promise<T>
  stop(): Promise<void>
}

const withSql = async <T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Rejects where the packages are missing: apt-get install postgresql-15 pgbackrest. */
export const startDebianServer = async (): Promise<DebianServer> => {
  if (!existsSync(join(PROGRAMS, 'initdb')) || !existsSync('/usr/bin/pgbackrest'))
    throw new Error('apt-get install postgresql-15 pgbackrest')
  const as = await runAs()
  const folder = await mkdtemp(join(tmpdir(), 'chartward-debian-'))
  const made = async (name: string): Promise<string> => {
    const path = join(folder, name)
    await mkdir(path, { mode: 0o700 })
    if (as.owner !== null) await chown(path, as.owner.uid, as.owner.gid)
    return path
  }
  if (as.owner !== null) await chmod(folder, 0o755)
  const [data, repo, log, lock, spool, socket] = await Promise.all(
    ['data', 'repo', 'log', 'lock', 'spool', 'socket'].map(made),
  )
  const config = join(folder, 'pgbackrest.conf')
  const port = await freePort()
  await writeFile(
    config,
    [
      '[global]',
      `repo1-path=${repo}`,
      'repo1-cipher-type=aes-256-cbc',
      'repo1-cipher-pass=of-this-test-only',
      'repo1-retention-full-type=time',
      'repo1-retention-full=14',
      `log-path=${log}`,
      `lock-path=${lock}`,
      `spool-path=${spool}`,
      'start-fast=y',
      `[${STANZA}]`,
      `pg1-path=${data}`,
      `pg1-port=${port}`,
      `pg1-socket-path=${socket}`,
      'pg1-user=postgres',
      '',
    ].join('\n'),
  )
  const backRest = (...args: string[]) =>
    as.exec('/usr/bin/pgbackrest', [`--config=${config}`, `--stanza=${STANZA}`, ...args])
  const control = (on: string, ...args: string[]) =>
    as.exec(join(PROGRAMS, 'pg_ctl'), ['-D', on, '-s', '-w', '-t', '120', ...args])
  const start = (on: string, at: number, archive: boolean) =>
    control(
      on,
      '-l',
      join(log ?? folder, `server-${at}.log`),
      '-o',
      `-c port=${at} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${socket} -c fsync=off ${archive ? '' : '-c archive_mode=off'}`,
      'start',
    )
  const urlOf = (login: string, database: string, at = port) =>
    `postgres://${login}@127.0.0.1:${at}/${database}`
  await as.exec(join(PROGRAMS, 'initdb'), [
    '-D',
    data ?? '',
    '--auth=trust',
    '--username=postgres',
    '--no-locale',
    '--encoding=UTF8',
  ])
  await appendFile(
    join(data ?? '', 'postgresql.conf'),
    `archive_mode = on\narchive_command = 'pgbackrest --config=${config} --stanza=${STANZA} archive-push %p'\n`,
  )
  await start(data ?? '', port, true)
  const statements = (await readFile(LOGINS, 'utf8')).replaceAll(/^--.*$/gm, '').split(';')
  await withSql(urlOf('postgres', 'postgres'), async (sql) => {
    for (const statement of statements) if (statement.trim() !== '') await sql.unsafe(statement)
  })
  await backRest('stanza-create')
  return {
    config,
    stanza: STANZA,
    url: (login, database = 'chartward') => urlOf(login, database),
    withRestored: async (label, look) => {
      const into = await made(`restored-${Date.now()}`)
      const at = await freePort()
      await backRest(
        `--pg1-path=${into}`,
        ...(label === null ? [] : [`--set=${label}`, '--type=immediate', '--target-action=promote']),
        'restore',
      )
      await start(into, at, false)
      try {
        return await look(urlOf('postgres', 'chartward', at))
      } finally {
        await control(into, '-m', 'immediate', 'stop')
        await rm(into, { recursive: true, force: true })
      }
    },
    stop: async () => {
      await control(data ?? '', '-m', 'immediate', 'stop').catch(() => undefined)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
