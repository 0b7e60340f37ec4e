import { existsSync } from 'node:fs'
import { chmod, chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { runAs } from '../embedded/run-as.ts'
import { freePort } from '../embedded/server.ts'
import type { OwnServer } from './own-server.ts'

const PROGRAM = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((path) => existsSync(path))
const CONFIGURATION = fileURLToPath(new URL('../../../../deploy/pgbouncer.ini', import.meta.url))
const LOGINS = ['chartward_app', 'chartward_sequencer'] as const

export const hasPgBouncer = PROGRAM !== undefined

export interface PgBouncer {
  /** The URL of a login by way of it. */
  url(login: (typeof LOGINS)[number]): string
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

const replaceOnce = (text: string, before: RegExp, after: string): string => {
  if (text.match(new RegExp(before, 'gm'))?.length !== 1)
    throw new Error(`${before} does not stand once in the file`)
  return text.replace(new RegExp(before, 'm'), after)
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/**
 * PgBouncer before a server, with the deployed configuration, unchanged but for what belongs to the machine:
 * addresses, files, and TLS, which the server on loopback does not speak.
 */
export const startPgBouncer = async (server: OwnServer): Promise<PgBouncer> => {
  if (PROGRAM === undefined) throw new Error('there is no pgbouncer: apt-get install pgbouncer')
  const program = PROGRAM
  const as = await runAs()
  const folder = await mkdtemp(join(tmpdir(), 'chartward-pgbouncer-'))
  const port = await freePort()
  const here = [
    [/^chartward = .*$/, `chartward = host=127.0.0.1 port=${server.port} dbname=chartward`],
    [/^listen_port = .*$/, `listen_port = ${port}`],
    [/^listen_addr = .*$/, 'listen_addr = 127.0.0.1'],
    [/^auth_file = .*$/, `auth_file = ${folder}/userlist.txt`],
    [/^logfile = .*$/, `logfile = ${folder}/pgbouncer.log`],
    [/^pidfile = .*$/, `pidfile = ${folder}/pgbouncer.pid`],
    [/^server_tls_sslmode = .*$/, ''],
    [/^server_tls_protocols = .*$/, ''],
    [/^client_tls_sslmode = .*$/, ''],
    [/^client_tls_protocols = .*$/, ''],
    [/^client_tls_cert_file = .*$/, ''],
    [/^client_tls_key_file = .*$/, ''],
  ] as const
  const text = here.reduce(
    (done, [before, after]) => replaceOnce(done, before, after),
    await readFile(CONFIGURATION, 'utf8'),
  )
  const passwordOf = (login: (typeof LOGINS)[number]) => new URL(server.url(login)).password
  const files = [
    ['pgbouncer.ini', text],
    ['userlist.txt', LOGINS.map((login) => `"${login}" "${passwordOf(login)}"\n`).join('')],
  ] as const
  for (const [name, content] of files) await writeFile(join(folder, name), content, { mode: 0o600 })
  if (as.owner !== null) {
    const { uid, gid } = as.owner
    for (const name of ['.', ...files.map(([file]) => file)]) await chown(join(folder, name), uid, gid)
  } else await chmod(folder, 0o700)
  const pidFile = join(folder, 'pgbouncer.pid')
  const pid = async (): Promise<number> => Number(await readFile(pidFile, 'utf8'))
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = await pid()
    if (!isAlive(running)) return
    process.kill(running, signal)
    while (isAlive(running)) await setTimeout(10)
    await rm(pidFile, { force: true })
  }
  const start = () => as.exec(program, ['-q', '-d', join(folder, 'pgbouncer.ini')])
  await start()
  return {
    url: (login) => {
      const url = new URL(server.url(login))
      url.port = String(port)
      url.searchParams.set('prepare', 'false')
      return url.toString()
    },
    start,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGKILL').catch(() => undefined)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
