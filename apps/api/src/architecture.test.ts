import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { PERMISSIONS, type Permission, ROLE_NAMES } from '@chartward/policy'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from './core/ids.ts'
import { appRouter } from './router.ts'
import { addRoutes, createHttp } from './server.ts'
import { auditEntries } from './testing/entries.ts'
import { createTestApp, newAddress, type TestApp } from './testing/test-app.ts'
import type { ProcedureMeta } from './trpc/trpc.ts'

/*
 * What holds the rooms together and no type can say. Each list of exceptions gives its reasons, and fails for
 * an exception that is none any more.
 */

/**
 * Routes that anybody may call without a session, and why that is right. Every other is guarded: it refuses
 * nobody unseen.
 */
const UNGUARDED: Readonly<Record<string, string>> = {
  '/healthz': 'says that the process answers, and nothing else',
  '/readyz': 'says whether the process can serve, and nothing else',
  '/assets/*': 'the console’s code, the same for everybody',
  '/favicon.svg': 'a picture',
  '/trpc/:path': 'each procedure behind it is guarded by itself: the access table walks them',
}

describe('the HTTP routes', () => {
  let t: TestApp
  let folder: string
  let server: FastifyInstance
  const routes: string[] = []
  beforeAll(async () => {
    t = await createTestApp()
    folder = await mkdtemp(join(tmpdir(), 'chartward-routes-'))
    await mkdir(join(folder, 'assets'))
    for (const name of ['index.html', 'sign-in.html']) await writeFile(join(folder, name), '<html></html>')
    await writeFile(join(folder, 'preloads.json'), '[]')
    const options = { app: t.app, host: '127.0.0.1', port: 0, tls: undefined, trustedProxy: undefined }
    server = await createHttp(options)
    server.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) if (one !== 'HEAD' && one !== 'OPTIONS') routes.push(`${one} ${url}`)
    })
    await addRoutes(server, { app: t.app, consoleFolder: folder })
  })
  afterAll(async () => {
    await server?.close()
    await t?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  /**
   * Whether the route refuses whoever has no session, with an entry of it, as the guard does and nothing
   * else.
   */
  const isGuarded = async (route: string): Promise<boolean> => {
    const [method = '', pattern = ''] = route.split(' ')
    const url = pattern
      .replace(':id', newId())
      .replace(':format', 'csv')
      .replace(':source', 'lab')
      .replace('*', 'nothing')
    const answer = await server.inject({ method: method as 'GET', url, remoteAddress: newAddress() })
    const requestId: unknown = answer.headers['content-type']?.toString().includes('json')
      ? answer.json().requestId
      : null
    const entries = (await auditEntries(t.app)).filter((entry) => entry.requestId === requestId)
    return answer.statusCode === 401 && entries.length === 1 && entries[0]?.outcome === 'refused'
  }

  it('are all guarded, but for those that are listed with their reason', async () => {
    expect(routes.length).toBeGreaterThan(Object.keys(UNGUARDED).length)
    const unguarded = new Set<string>()
    for (const route of routes) if (!(await isGuarded(route))) unguarded.add(route.split(' ')[1] ?? route)
    expect([...unguarded].toSorted()).toEqual(Object.keys(UNGUARDED).toSorted())
  })
})

const forOthers = Object.entries(PERMISSIONS).filter(([, { forOthers: where }]) => where !== null)

describe('a permission that is for others', () => {
  const used = new Set(
    Object.values(appRouter._def.procedures).map((procedure: unknown) =>
      typeof procedure === 'function' && '_def' in procedure
        ? ((procedure._def as { meta?: ProcedureMeta }).meta?.permission ?? null)
        : null,
    ),
  )

  it.each(forOthers)('%s is used by a procedure, so that its check is in use', (permission) => {
    expect(used.has(permission as Permission)).toBe(true)
  })

  it('is checked in one place for what is read of a row, and in one for what is asked', async () => {
    const files = await sources('apps/api/src')
    const throwing = await holding(files, /new ChartwardError\('SECOND_PERSON_REQUIRED'\)/)
    expect(throwing).toEqual(['apps/api/src/guard/separation.ts'])
    const telling = await holding(files, /aboutUserId: guard\.aboutUser/)
    expect(telling).toEqual(['apps/api/src/guard/guard.ts'])
  })
})

const ROOT = join(import.meta.dirname, '../../..')

/** The program's own sources under a folder: no tests, none of their helpers. */
const sources = async (folder: string): Promise<string[]> => {
  const found = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((path) => !/node_modules|\/dist\/|\.test\.tsx?$|\/testing\/|\/e2e\//.test(path))
}

const holding = async (files: readonly string[], pattern: RegExp): Promise<string[]> => {
  const found: string[] = []
  for (const file of files) if (pattern.test(await readFile(join(ROOT, file), 'utf8'))) found.push(file)
  return found.toSorted()
}

/** Roles whose names are words of other things too, and can't be told from them by a search. */
const COMMON_WORDS = ['patient', 'billing']
const NAMED = ROLE_NAMES.filter((name) => !COMMON_WORDS.includes(name))

describe('the names of roles', () => {
  const pattern = new RegExp(`['"\`](${NAMED.join('|')})['"\`]`)

  it('stand in packages/policy and nowhere else: roles are data', async () => {
    const folders = ['apps/api/src', 'apps/web/src', 'packages/db/src', 'packages/audit/src', 'bench']
    const files = (await Promise.all(folders.map(sources))).flat()
    expect(files.length).toBeGreaterThan(300)
    expect(await holding(files, pattern)).toEqual([])
  })

  it('would be seen', async () => {
    expect(await holding(await sources('packages/policy/src'), pattern)).toContain(
      'packages/policy/src/roles.ts',
    )
  })
})

/** Whatever reads rows of accounts. */
const READS_ACCOUNTS = /\b(?:from|join) users\b|\b(?:from|innerJoin|leftJoin)\((?:schema\.)?users\b/
const ACCOUNTS = 'apps/api/src/'

/**
 * Who reads rows of accounts without a word of their kind, and why no patient is told of by that. Every other
 * says whose accounts it means.
 */
const OF_ANY_KIND: Readonly<Record<string, string>> = {
  'care/relationship.ts': 'of whoever asks, by id',
  'care/window.ts': 'joined by care relationships, which no patient’s account has',
  'services/approvals/origins.ts':
    'of subjects of requests, by id: no act asks for one about a patient’s account',
  'services/approvals/standing.ts': 'of whoever asks or decides, by id',
  'services/approvals/terms.ts': 'of subjects of requests, by id',
  'services/auth/account-link.ts': 'of whoever holds the link',
  'services/auth/account.ts': 'of whoever signs in, by id',
  'services/auth/invitation.ts': 'of whoever holds the link',
  'services/auth/reseal-hashes.ts': 'all of them: a hash is sealed anew, and nobody is told of',
  'services/auth/resets/accept-factor-reset.ts': 'of whoever holds the link',
  'services/auth/resets/view-factor-reset.ts': 'of whoever holds the link',
  'services/break-glass/tell.ts': 'joined by role assignments, of which no patient’s account has one',
  'services/care/candidates.ts': 'joined by role assignments',
  'services/care/list.ts': 'of whoever has a care relationship, by id',
  'services/import/care-reach.ts': 'by practitioner, which no patient’s account has',
  'services/needs-you/care.ts': 'joined by care relationships',
  'services/notices/notify.ts': 'of whoever is told, by id',
  'services/patient-accounts/get.ts': 'of the patient who is asked about',
  'services/people/carry-out.ts': 'by id of a plan, and by an address of staff',
  'services/people/known-people.ts':
    'by an address of staff or employee number, which no patient’s account has',
  'services/people/managers.ts': 'who has a manager, and managers: no patient’s account',
  'services/uploads/may-trust.ts': 'of whoever asks or decides, by id',
  'services/uploads/trust-plan.ts': 'by practitioner',
  'services/users/change-identity.ts': 'by an address of staff',
  'services/users/initialise-administrators.ts': 'joined by role assignments',
  'services/users/link-practitioner.ts': 'by practitioner',
  'services/users/list.ts': 'by ids that the list of the workforce gave',
  'services/users/names.ts': 'of whoever did something, by id: a patient is called the same as every other',
  'services/users/recover-administrator.ts': 'by an address of staff, and by role assignments',
  'sessions/device.ts': 'of whoever signs in',
}

describe('rows of accounts', () => {
  it('are read by whoever says of which kind, or is listed with its reason', async () => {
    const reading = await holding(await sources('apps/api/src'), READS_ACCOUNTS)
    expect(reading.length).toBeGreaterThan(30)
    const saying = new Set(
      await holding(reading, /\bkind (?:=|!==|===) '(?:workforce|patient)'|\busers\.kind\b/),
    )
    const silent = reading.filter((file) => !saying.has(file)).map((file) => file.slice(ACCOUNTS.length))
    expect(silent).toEqual(Object.keys(OF_ANY_KIND).toSorted())
  })
})

/** What opens a socket, or hands one on: modules, and the globals that have one behind them. */
const OPENS_SOCKETS =
  /from '(node:)?(net|tls|http|https|http2|dgram|dns|dns\/promises|undici)'|from 'nodemailer'|(?<![\w.])(fetch|WebSocket|EventSource)\(/

/** Who names one of those, and why nothing leaves by it. The rest goes by `core/outbound`. */
const SOCKETS: Readonly<Record<string, string>> = {
  'apps/api/src/core/network.ts': 'asks whether a text is an IPv6 address',
  'apps/api/src/core/outbound/addresses.ts': 'compares addresses',
  'apps/api/src/core/outbound/dial.ts': 'the way out',
  'apps/api/src/core/outbound/guard.ts': 'refuses every other',
  'apps/api/src/core/outbound/smtp.ts': 'speaks on a connection that was dialled',
  'apps/api/src/keys/kms/agent.ts': 'dials each connection that it gives',
  'apps/api/src/keys/kms/vault.ts': 'asks on a connection that was dialled',
  'apps/api/src/http/error-answers.ts': 'answers on a socket that came in',
  'apps/api/src/http/pace.ts': 'looks at a socket that came in',
  'apps/api/src/cli/dev/main.ts': 'looks for a free port',
  'apps/api/src/cli/dev/outbox.ts': 'listens',
  'apps/api/src/demo/start-page.ts': 'listens',
  'packages/db/src/embedded/server.ts': 'looks for a free port',
  'packages/db/src/socket.ts': 'the way to PostgreSQL',
  'packages/db/src/tls.ts': 'a type',
}

/** Where a process begins. */
const PROGRAMS = ['cli/main.ts', 'sequencer/main.ts', 'cli/dev/main.ts', 'cli/dev/api.ts']

describe('what leaves a process', () => {
  const packages = ['audit', 'contract', 'crypto', 'db', 'deid', 'fhir', 'policy']
  const folders = ['apps/api/src', ...packages.map((name) => `packages/${name}/src`)]

  it('goes by core/outbound, or by the one file that speaks to PostgreSQL', async () => {
    const files = (await Promise.all(folders.map(sources))).flat()
    expect(await holding(files, OPENS_SOCKETS)).toEqual(Object.keys(SOCKETS).toSorted())
  })

  it('is guarded from the first import of each program on', async () => {
    for (const program of PROGRAMS)
      expect(await readFile(join(ROOT, 'apps/api/src', program), 'utf8')).toMatch(
        /^import '[./]+core\/outbound\/guarded\.ts'\n/,
      )
  })

  it.each([
    "import { connect } from 'node:net'",
    "import https from 'https'",
    "import { request } from 'undici'",
    "await fetch('https://x')",
    'new WebSocket(url)',
  ])('would be seen: %s', (line) => {
    expect(OPENS_SOCKETS.test(line)).toBe(true)
  })
})
