import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort, openDatabase } from '@chartward/db'
import { type BrokenLine, openBrokenLine } from '@chartward/db/testing/broken-line'
import { hasPgBouncer, startPgBouncer } from '@chartward/db/testing/pgbouncer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readHead } from '../audit/log/head.ts'
import { readAppendKey } from '../keys/key-files.ts'
import { checkDatabase } from '../services/audit/check-database.ts'
import { type ApiProcess, type Cluster, type Process, startCluster, until } from '../testing/cluster.ts'
import { KILLING_MS, KILLS } from '../testing/kills.ts'
import { type Answer, ask, call, type Load, startLoad } from '../testing/load.ts'
import { logRows } from '../testing/rows.ts'
import { signInAs } from '../testing/sign-in.ts'

/*
 * The product as it runs, while its database goes away and comes back: nothing that was acknowledged is lost,
 * no process dies of it, and everybody is told that it is an outage.
 */
const CONSOLE = fileURLToPath(new URL('../../../web/dist/index.html', import.meta.url))
const noConsole = !existsSync(CONSOLE)
const ROUNDS = Math.max(1, Math.round(KILLS / 12))

let cluster: Cluster
beforeAll(async () => {
  if (!noConsole) cluster = await startCluster()
}, KILLING_MS)
afterAll(() => cluster?.stop(), KILLING_MS)

const isReady = async ({ port }: ApiProcess): Promise<boolean> => (await ask(port, '/readyz')).status === 200

/** Milliseconds from now until each process has acknowledged something again. */
const recovery = async (load: Load, apis: readonly ApiProcess[]): Promise<number> => {
  const begun = performance.now()
  await until(() => apis.every(({ port }) => load.lastDone(port) > begun), 5)
  return performance.now() - begun
}

const report = (line: string): void => void process.stderr.write(`outage: ${line}\n`)

const figures = (times: readonly number[]): string =>
  `${times.length} times, at most ${Math.max(...times).toFixed(0)} ms`

/** What a load acknowledges in so many milliseconds in which nothing is killed, by the second. */
const rate = async ({ acknowledged }: Load, ms: number): Promise<string> => {
  const before = acknowledged.length
  await setTimeout(ms)
  return (((acknowledged.length - before) / ms) * 1000).toFixed(0)
}

const expectAlive = ({ child, output }: Process): void => {
  expect(child().exitCode, output().slice(-2_000)).toBe(null)
  expect(child().signalCode).toBe(null)
  expect(output()).not.toMatch(/TypeError|uncaught|unhandled/i)
}

/** Everything that was acknowledged is there, once, with its entry, and the log of it holds. */
const expectNothingLost = async ({ app, files, server }: Cluster, load: Load): Promise<void> => {
  expect([...load.failures.keys()].filter((status) => status !== 503 && status !== 0)).toEqual([])
  const { acknowledged } = load
  expect(acknowledged.length).toBeGreaterThan(20)
  const done = ['user.listed', 'user.invited']
  const entries = await app.db.sql<{ request_id: string; action: string; times: number }[]>`
    select request_id, action, count(*)::int as times from audit_entries
    where request_id = any(${acknowledged.map(({ requestId }) => requestId)}::uuid[])
      and (outcome = 'success' or action <> all(${done}::text[]))
    group by request_id, action`
  const found = new Map(entries.map(({ request_id, action, times }) => [`${request_id} ${action}`, times]))
  const wrong = acknowledged.filter(({ requestId, action }) => found.get(`${requestId} ${action}`) !== 1)
  expect(wrong).toEqual([])
  const made = acknowledged.flatMap(({ userId }) => (userId === null ? [] : [userId]))
  const [users] = await app.db.sql`select count(*)::int as there from users where id = any(${made}::uuid[])`
  expect(users?.there).toBe(made.length)

  // Until what was under way when a process was killed has been settled by the server, the log still grows.
  const counted = async () => {
    const [row] = await app.db.sql<{ entries: number; leaves: number }[]>`
      select (select count(*) from audit_entries)::int as entries, (select count(*) from audit_leaves)::int as leaves`
    return row
  }
  await until(async () => {
    const [row, head] = [await counted(), await readHead(app.db.sql)]
    return row?.entries === row?.leaves && head?.checkpointSize === row?.entries
  })
  // Whoever makes the load signed in without an entry.
  await logRows(app)
  await until(async () => (await readHead(app.db.sql))?.checkpointSize === (await counted())?.entries)
  const auditor = openDatabase({ url: server.url('chartward_auditor'), connections: 2, name: 'verify' })
  try {
    const { ok, problems } = await checkDatabase(auditor.sql, {
      appendKey: readAppendKey(files),
      verifierKey: app.settings.logVerifierKey,
    })
    expect({ ok, problems }).toEqual({ ok: true, problems: [] })
  } finally {
    await auditor.close()
  }
}

const isOutage = ({ status, headers }: Answer): boolean =>
  status === 503 && /^[1-9]\d*$/.test(headers['retry-after'] ?? '')

describe.skipIf(noConsole)('while its database is away, the API (where the console has been built)', () => {
  let line: BrokenLine
  let apis: readonly [ApiProcess, ApiProcess]
  beforeAll(async () => {
    line = await openBrokenLine(cluster.server.url('chartward_app'))
    const urls = {
      app: line.through(cluster.server.url('chartward_app')),
      sequencer: line.through(cluster.server.url('chartward_sequencer')),
    }
    apis = [cluster.api(await freePort(), urls), cluster.api(await freePort(), urls, ['--no-sequencer'])]
    await until(async () => (await Promise.all(apis.map(isReady))).every(Boolean))
  }, KILLING_MS)
  afterAll(() => line?.stop())

  it(
    'lives on, loses nothing that it acknowledged, and is back when the database is',
    async () => {
      const load = await startLoad(
        cluster.app,
        apis.map(({ port }) => port),
      )
      await recovery(load, apis)
      const perSecond = await rate(load, 1000)
      const ended: number[] = []
      const restarted: number[] = []
      let backends = 0
      for (let round = 0; round < ROUNDS; round++) {
        for (let times = 0; times < 6; times++) {
          backends += await cluster.server.terminateAll()
          ended.push(await recovery(load, apis))
        }
        for (const signal of ['SIGKILL', 'SIGQUIT'] as const) {
          await cluster.server.kill(signal)
          await setTimeout(1000)
          await cluster.server.start()
          restarted.push(await recovery(load, apis))
        }
      }
      await load.stop()
      for (const api of apis) expectAlive(api)
      await expectNothingLost(cluster, load)
      report(`two processes, ${load.acknowledged.length} acknowledged, ${perSecond} a second undisturbed`)
      report(`${backends} backends ended, recovered ${figures(ended)}`)
      report(`server killed and started again, recovered ${figures(restarted)}`)
    },
    KILLING_MS,
  )

  it(
    'says 503 and when to ask again at every door, goes on serving its pages, and ends when it is told to',
    async () => {
      const [{ port }, second] = apis
      const { token } = await signInAs(cluster.app, ['administrator', 'privacy-officer'])
      const email = 'nobody@example.test'
      await cluster.server.kill('SIGKILL')
      const begun = performance.now()
      const doors = await Promise.all([
        call(port, 'auth.session', {}, { token }),
        call(port, 'auth.signIn', { email, password: 'wrong wrong wrong' }),
        call(port, 'users.list', {}, { token }),
        call(port, 'users.invite', { email, displayName: 'Invited' }, { token }),
        call(port, 'users.list', {}),
        ask(port, '/audit/export', { token }),
        ask(port, '/exports/01890000-0000-7000-8000-000000000000/csv', { token }),
        ask(port, '/readyz'),
      ])
      report(`server killed: eight doors answered after ${(performance.now() - begun).toFixed(0)} ms at most`)
      expect(doors.map(({ status }) => status)).toEqual(doors.map(() => 503))
      expect(doors.every(isOutage)).toBe(true)
      const pages = [ask(port, '/healthz'), ask(port, '/sign-in', { accept: 'text/html' })]
      expect((await Promise.all(pages)).map(({ status }) => status)).toEqual([200, 200])

      const stopping = performance.now()
      expect(await second.kill('SIGTERM')).toBe(0)
      report(`server killed: SIGTERM ended it after ${(performance.now() - stopping).toFixed(0)} ms`)
      await cluster.server.start()
    },
    KILLING_MS,
  )

  it(
    'says so too where the database answers nothing at all, and ends when it is told to',
    async () => {
      const [first] = apis
      await until(() => isReady(first))
      const { token } = await signInAs(cluster.app, 'administrator')
      line.behave('silent')
      line.cut('reset')
      const begun = performance.now()
      const answers = await Promise.all([
        call(first.port, 'users.list', {}, { token }),
        call(first.port, 'auth.signIn', { email: 'nobody@example.test', password: 'wrong wrong wrong' }),
      ])
      report(`silent server: read and sign-in answered after ${(performance.now() - begun).toFixed(0)} ms`)
      expect(answers.every(isOutage)).toBe(true)
      const late = call(first.port, 'users.list', {}, { token }).catch(() => null)
      const stopping = performance.now()
      await first.kill('SIGTERM')
      report(`silent server: SIGTERM ended it after ${(performance.now() - stopping).toFixed(0)} ms`)
      await late
    },
    KILLING_MS,
  )

  it(
    'and so does a sequencer',
    async () => {
      line.behave('whole')
      const sequencer = cluster.sequencer(line.through(cluster.server.url('chartward_sequencer')))
      const before = (await readHead(cluster.app.db.sql))?.size ?? 0
      await cluster.app.audit.commit({
        action: 'user.listed',
        outcome: 'success',
        actor: { kind: 'system', name: 'test' },
        resource: { type: 'none', id: null },
      })
      await until(async () => ((await readHead(cluster.app.db.sql))?.size ?? 0) > before)
      line.behave('silent')
      const stopping = performance.now()
      expect(await sequencer.kill('SIGTERM')).toBe(0)
      report(
        `silent server: SIGTERM ended the sequencer after ${(performance.now() - stopping).toFixed(0)} ms`,
      )
    },
    KILLING_MS,
  )
})

const noPgBouncer = !hasPgBouncer && process.env.CI !== 'true'

describe.skipIf(noConsole || noPgBouncer)(
  'two of each behind PgBouncer (where the console has been built and pgbouncer is installed)',
  () => {
    it(
      'whichever is killed under load, the others go on, and nothing is lost or there twice',
      async () => {
        const { server, app } = cluster
        const pooler = await startPgBouncer(server)
        try {
          const urls = { app: pooler.url('chartward_app') }
          const apis = [
            cluster.api(await freePort(), urls, ['--no-sequencer']),
            cluster.api(await freePort(), urls, ['--no-sequencer']),
          ] as const
          const sequencers = [1, 2].map(() => cluster.sequencer(pooler.url('chartward_sequencer')))
          await until(async () => (await Promise.all(apis.map(isReady))).every(Boolean))
          const load = await startLoad(
            app,
            apis.map(({ port }) => port),
          )
          await recovery(load, apis)
          const perSecond = await rate(load, 2000)
          const sequenced = async (): Promise<void> => {
            const before = (await readHead(app.db.sql))?.size ?? 0
            await until(async () => ((await readHead(app.db.sql))?.size ?? 0) > before)
          }
          const back: Record<string, number[]> = {}
          const note = async (what: string, work: Promise<number>): Promise<void> => {
            back[what] = [...(back[what] ?? []), await work]
          }
          for (let round = 0; round < ROUNDS; round++) {
            for (const [index, api] of apis.entries()) {
              const other = apis[1 - index] ?? api
              await api.kill()
              await note('other API went on', recovery(load, [other]))
              await sequenced()
              api.start()
              await note('API started again', recovery(load, apis))
            }
            for (const sequencer of sequencers) {
              await sequencer.kill()
              await sequenced()
              sequencer.start()
            }
            await pooler.kill()
            await setTimeout(500)
            await pooler.start()
            await note('PgBouncer', recovery(load, apis))
            await server.kill(round % 2 === 0 ? 'SIGKILL' : 'SIGQUIT')
            await setTimeout(500)
            await server.start()
            await note('PostgreSQL', recovery(load, apis))
            for (let times = 0; times < 5; times++) {
              await server.terminateAll()
              await note('backends', recovery(load, apis))
            }
            await sequenced()
          }
          await load.stop()
          for (const one of [...apis, ...sequencers]) expectAlive(one)
          await expectNothingLost(cluster, load)
          const [jobs] = await app.db.sql`
            select count(*)::int as done from pgboss.job where state = 'completed'`
          expect(jobs?.done).toBeGreaterThan(0)
          report(`two of each, ${load.acknowledged.length} acknowledged, ${perSecond} a second undisturbed`)
          for (const [what, times] of Object.entries(back)) report(`${what}: ${figures(times)}`)
        } finally {
          await pooler.stop()
        }
      },
      KILLING_MS,
    )
  },
)
