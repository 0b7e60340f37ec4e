import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase, startEmbedded } from '@chartward/db'
import { applyEarlierMigrations } from '@chartward/db/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

/**
 * The demo as a person starts, kills and stops it. It needs the console to have been built, as `pnpm
 * test` sees to.
 */
const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const CONSOLE = fileURLToPath(new URL('../../../web/dist/index.html', import.meta.url))
const PATIENTS = 5

let folder: string
const running: ChildProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartward-demo-'))
})
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})
afterAll(async () => {
  await (await startEmbedded(folder)).stop()
  await rm(folder, { recursive: true, force: true })
})

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** Runs the command line without what the test's own environment says of databases. */
const chartward = (args: readonly string[], extra: Record<string, string> = {}) => {
  const { DATABASE_URL: _unset, ...environment } = process.env
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...environment, ...extra },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output.text += String(chunk)
    })
  }
  return { child, output }
}

const beginDemo = async (data: string, patients: number, activity: string) => {
  const port = await freePort()
  const options = { data, port: String(port), patients: String(patients), activity }
  const { child, output } = chartward([
    'demo',
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
  ])
  return { child, output, url: `http://localhost:${port}` }
}

const startDemo = async (data = folder, patients = PATIENTS, activity = 'none') => {
  const { child, output, url } = await beginDemo(data, patients, activity)
  while (!output.text.includes('Chartward runs on')) {
    if (child.exitCode !== null) throw new Error(`the demo ended: ${output.text}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { child, output, url }
}

const exitOf = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

/** What is in the database, read by its owner while the demo is stopped. */
const counts = async () => {
  const server = await startEmbedded(folder)
  const db = openDatabase({ url: server.url('chartward_owner'), connections: 1, name: 'count' })
  const [row] = await db.sql`
    select (select count(*) from patients)::int as patients, (select count(*) from records)::int as records,
      (select count(*) from users)::int as users, (select count(*) from audit_entries)::int as entries,
      (select size from audit_head)::int as sequenced`
  await db.close()
  await server.stop()
  return { ...row }
}

/**
 * The owner's URL of the server that the running demo has started: its port is on the fourth line
 * of its pid file.
 */
const runningUrl = async (of = folder): Promise<string> => {
  const passwords = JSON.parse(await readFile(join(of, 'postgres.json'), 'utf8'))
  const port = (await readFile(join(of, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[3]
  return `postgres://chartward_owner:${passwords.chartward_owner}@127.0.0.1:${port}/chartward`
}

const ready = async (url: string): Promise<unknown> => (await fetch(`${url}/readyz`)).json()

describe.skipIf(!existsSync(CONSOLE))('the demo (where the console has been built)', () => {
  it('starts on an empty folder, says loudly what it is and how to sign in, and tells the truth of its health', async () => {
    const { child, output, url } = await startDemo()
    expect(output.text).toContain('THIS IS A DEMO')
    const file = join(folder, 'demo-accounts.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const { accounts } = JSON.parse(await readFile(file, 'utf8'))
    const roles = [
      'administrator',
      'administrator',
      'privacy-officer',
      'clinician',
      'nurse',
      'billing',
      'analyst',
      'security-officer',
      'auditor',
      'patient',
      'patient',
    ]
    expect(accounts.map(({ role }: { role: string }) => role)).toEqual(roles)
    for (const { email, password, otpauthUri } of accounts) {
      for (const told of [email, password, otpauthUri]) expect(output.text).toContain(told)
    }
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect(await ready(url)).toMatchObject({ status: 'ready' })
    const page = await fetch(url, { headers: { accept: 'text/html' } })
    expect(await page.text()).toContain('content="demo"')
    expect(page.headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'")
    child.kill('SIGINT')
    expect(await exitOf(child)).toBe(0)
    expect(existsSync(join(folder, 'chartward.pid'))).toBe(false)
  })

  it('keeps its data over a second start, and loses nothing when it is killed', async () => {
    const before = await counts()
    expect(before).toMatchObject({ patients: PATIENTS, users: 11 })
    const { child, url } = await startDemo()
    const session = await fetch(`${url}/trpc/auth.signIn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'nobody@demo.example', password: 'Wrong-Password-1' }),
    })
    expect(session.status).toBe(401)
    child.kill('SIGKILL')
    await exitOf(child)
    const after = await counts()
    expect(after).toMatchObject({ patients: PATIENTS, records: before.records, users: 11 })
    expect(after.entries).toBeGreaterThan(before.entries)
    const again = await startDemo()
    expect(await ready(again.url)).toMatchObject({ status: 'ready' })
    // What the killed one had not yet sequenced is sequenced by the next.
    const db = openDatabase({ url: await runningUrl(), connections: 1, name: 'watch' })
    const waiting = async () => {
      const [row] =
        await db.sql`select count(*)::int - (select size from audit_head)::int as n from audit_entries`
      return row?.n
    }
    while ((await waiting()) !== 0) await new Promise((resolve) => setTimeout(resolve, 100))
    await db.close()
    again.child.kill('SIGTERM')
    expect(await exitOf(again.child)).toBe(0)
  })

  it('does not run twice on one folder', async () => {
    const { child } = await startDemo()
    const second = chartward(['demo', '--data', folder, '--port', '0'])
    expect(await exitOf(second.child)).toBe(1)
    expect(second.output.text).toContain('stop it first')
    child.kill('SIGINT')
    await exitOf(child)
  })

  /**
   * It ended by itself, and has left nothing behind: no claim on the folder, no database server, no
   * sequencer.
   */
  const expectAllEnded = async (child: ChildProcess): Promise<void> => {
    expect(await exitOf(child)).toBe(1)
    expect(existsSync(join(folder, 'chartward.pid'))).toBe(false)
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false)
  }

  it('that can not have its port says so, ends all that it has begun, and exits', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? String(address.port) : ''
    try {
      const { child, output } = chartward(['demo', '--data', folder, '--port', port])
      await expectAllEnded(child)
      expect(output.text).toContain(`Port ${port} is taken`)
      expect(output.text).not.toContain('Chartward runs on')
    } finally {
      taken.close()
    }
  })

  it('with a key that others may read says which, ends all that it has begun, and exits', async () => {
    const key = join(folder, 'keys', 'append.key')
    await chmod(key, 0o644)
    try {
      const { child, output } = chartward(['demo', '--data', folder, '--port', '0'])
      await expectAllEnded(child)
      expect(output.text).toContain('append.key')
      expect(output.text).not.toMatch(/Failed:|\bat .*\.ts/)
    } finally {
      await chmod(key, 0o600)
    }
  })

  it('can not become a production installation', async () => {
    const serve = chartward(['serve', '--port', '0'], { CHARTWARD_DATA: folder })
    expect(await exitOf(serve.child)).toBe(1)
    expect(serve.output.text).toContain('is a demo')
    const people = ['--admin', 'A Person <a@demo.example>', '--admin', 'B Person <b@demo.example>']
    const init = chartward(['init', ...people], { CHARTWARD_DATA: folder })
    expect(await exitOf(init.child)).toBe(1)
    expect(init.output.text).toContain('stays one')
  })

  it('runs on no database but its own', async () => {
    const demo = chartward(['demo', '--data', folder], { DATABASE_URL: 'postgres://x@localhost/x' })
    expect(await exitOf(demo.child)).toBe(1)
    expect(demo.output.text).toContain('unset DATABASE_URL')
  })
})

describe.skipIf(!existsSync(CONSOLE))('a demo with a past (where the console has been built)', () => {
  let data: string
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'chartward-past-'))
  })
  afterAll(async () => {
    await (await startEmbedded(data)).stop()
    await rm(data, { recursive: true, force: true })
  })

  const pageOf = async (url: string) => {
    const answer = await fetch(url, { headers: { accept: 'text/html' } }).catch(() => null)
    return answer === null ? null : { status: answer.status, text: await answer.text() }
  }

  /** Until something of what happened has been made. */
  const untilHalf = async ({ child, output, url }: Awaited<ReturnType<typeof beginDemo>>): Promise<void> => {
    while (!(await pageOf(url))?.text.includes('Making up what happened')) {
      if (child.exitCode !== null) throw new Error(`the demo ended: ${output.text}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  it('that is killed while it is made is made anew by the next start, and nobody could sign in before', async () => {
    const first = await beginDemo(data, PATIENTS, '4')
    await untilHalf(first)
    expect(await (await fetch(`${first.url}/readyz`)).json()).toEqual({ status: 'starting' })
    const body = JSON.stringify({ email: 'admin@demo.example', password: 'Wrong-Password-1' })
    const signIn = await fetch(`${first.url}/trpc/auth.signIn`, { method: 'POST', body })
    expect(signIn.status).toBe(503)
    first.child.kill('SIGKILL')
    await exitOf(first.child)
    expect(existsSync(join(data, 'demo-accounts.json'))).toBe(false)
    expect(existsSync(join(data, 'postgres'))).toBe(true)

    const second = await startDemo(data, PATIENTS, '2')
    expect(second.output.text).toContain('the demo is made anew')
    expect(await ready(second.url)).toMatchObject({ status: 'ready' })
    expect(existsSync(join(data, 'demo-unfinished'))).toBe(false)
    const db = openDatabase({ url: await runningUrl(data), connections: 1, name: 'look' })
    const [row] = await db.sql`
      select count(*) filter (where action = 'key.created' and at < now() - interval '3 days 1 hour')::int as of_first,
        count(*) filter (where action = 'installation.demo-loaded')::int as loaded from audit_entries`
    await db.close()
    expect(row).toEqual({ of_first: 0, loaded: 1 })
    second.child.kill('SIGTERM')
    expect(await exitOf(second.child)).toBe(0)
  })

  it('is whole for an auditor with the log’s key and the folder outside the database', async () => {
    for (const options of [['--database'], ['--store', join(data, 'log-store')]]) {
      const { child, output } = chartward(['verify', ...options], { CHARTWARD_DATA: data })
      expect([await exitOf(child), output.text]).toEqual([0, expect.any(String)])
    }
  })

  it('that is stopped while it is made says that the next start makes it anew, and is shown by none as whole', async () => {
    const other = await mkdtemp(join(tmpdir(), 'chartward-stopped-'))
    try {
      const demo = await beginDemo(other, PATIENTS, '3')
      await untilHalf(demo)
      demo.child.kill('SIGINT')
      await exitOf(demo.child)
      expect(demo.output.text).toContain('the next start makes it anew')
      expect(existsSync(join(other, 'demo-accounts.json'))).toBe(false)
      expect(existsSync(join(other, 'demo-unfinished'))).toBe(true)
    } finally {
      await (await startEmbedded(other)).stop()
      await rm(other, { recursive: true, force: true })
    }
  })

  it('is made in no folder that holds a database already', async () => {
    await rm(join(data, 'demo-accounts.json'))
    const { child, output } = await beginDemo(data, PATIENTS, '1')
    expect(await exitOf(child)).toBe(1)
    expect(output.text).toContain('holds a demo without its accounts')
    expect(existsSync(join(data, 'postgres.json'))).toBe(true)
  })
})

describe('a folder that an earlier version has made', () => {
  it('is left as it was, and a sentence says what to do', async () => {
    const data = await mkdtemp(join(tmpdir(), 'chartward-earlier-'))
    try {
      const server = await startEmbedded(data)
      await applyEarlierMigrations(server.url('chartward_owner'), 1)
      await server.stop()
      for (const args of [['demo', '--data', data, '--port', '0'], ['migrate']]) {
        const { child, output } = chartward(args, { CHARTWARD_DATA: data })
        expect(await exitOf(child)).toBe(1)
        expect(output.text).toContain('This database was made by another version of Chartward.')
        expect(output.text).toContain(`It is in ${data}: move that folder away, or delete it.`)
        expect(output.text).not.toMatch(/Failed:|\bat .*\.ts/)
        expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false)
      }
      expect(existsSync(join(data, 'keys'))).toBe(false)
    } finally {
      await rm(data, { recursive: true, force: true })
    }
  })
})

describe('an unreadable file', () => {
  it('is an error that says which, and nothing else happens', async () => {
    const data = join(folder, 'unused')
    const verify = chartward(['verify', join(data, 'missing.ndjson'), '--key', 'nonsense'])
    expect(await exitOf(verify.child)).not.toBe(0)
    expect(verify.output.text).not.toContain('at ')
  })
})

describe('an installation', () => {
  it('that has its administrators says so to whoever names others, and exits', async () => {
    const data = await mkdtemp(join(tmpdir(), 'chartward-init-'))
    const init = async (...people: string[]) => {
      const run = chartward(['init', '--data', data, ...people.flatMap((person) => ['--admin', person])])
      return { exit: await exitOf(run.child), text: run.output.text }
    }
    try {
      const [first, second] = ['A Person <a@clinic.example>', 'B Person <b@clinic.example>']
      expect((await init(first, second)).exit).toBe(0)
      const others = await init('C Person <c@clinic.example>', 'D Person <d@clinic.example>')
      expect(others).toMatchObject({ exit: 1, text: expect.stringContaining('has its administrators') })
      const again = await init(first, second)
      expect(again.exit).toBe(0)
      expect(again.text.match(/\/invitation#/g)).toHaveLength(2)
    } finally {
      await rm(data, { recursive: true, force: true })
    }
  })
})
