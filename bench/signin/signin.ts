import { withTransaction } from '@chartward/db'
import { builtInPolicy, rolesAllowing, type SessionId, type UserId } from '@chartward/policy'
import type { App } from '../../apps/api/src/app.ts'
import { takeCommitments } from '../../apps/api/src/audit/commitments.ts'
import { newId } from '../../apps/api/src/core/ids.ts'
import type { RequestContext } from '../../apps/api/src/guard/request-context.ts'
import { authRouter } from '../../apps/api/src/services/auth/router.ts'
import { totpCode } from '../../apps/api/src/services/auth/totp.ts'
import { createDemoUser } from '../../apps/api/src/services/users/create-demo-user.ts'
import { findSignedIn, startSession } from '../../apps/api/src/sessions/sessions.ts'
import { createCallerFactory, router } from '../../apps/api/src/trpc/trpc.ts'
import { createInstallation, openBenchApp } from '../harness/installation.ts'
import { say } from '../harness/print.ts'
import { figure, limited, type Report } from '../harness/report.ts'
import { alternate, spreadOf } from '../harness/rounds.ts'

const ROUNDS = 7
const CHECKS = 600
const PEOPLE = 40
/** As `bench read` does it: so many requests at once share their statements. */
const AT_ONCE = 32
const MOST = 1.5
/** What an entry may cost more that is refused where its session has ended. */
const MOST_OF_ENTRY = 1.05
const SIGN_INS = 10

/** Any role that opens charts. */
const [ROLE = ''] = rolesAllowing(builtInPolicy, 'vault:patient:search')

const callerOf = createCallerFactory(router({ auth: authRouter }))
const FROM = { ip: '127.0.0.1', userAgent: 'bench' }
const PASSWORD = 'Nine-quiet-0tters!'

/** Runs `one` over and over, `atOnce` at a time, and gives microseconds of wall time for each. */
const timed = async (
  count: number,
  atOnce: number,
  one: (i: number) => Promise<unknown>,
): Promise<number> => {
  const started = performance.now()
  let next = 0
  const lane = async () => {
    for (let i = next++; i < count; i = next++) await one(i)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return ((performance.now() - started) / count) * 1000
}

/**
 * What the check of a session adds to a request, against the bare read of one row by an indexed column in the
 * same pool and run: one request at a time, and many at once, which share their statements. Then what a whole
 * sign-in takes.
 */
export const run = async (): Promise<Report> => {
  const installation = await createInstallation()
  const app = await openBenchApp(installation.server.url('chartward_app'), installation.keyFolder)
  try {
    const tokens = await signedIn(app)
    const hashes = await app.db.sql<{ token_hash: string }[]>`select token_hash from sessions`
    const tokenOf = (i: number): string => tokens[i % tokens.length] ?? ''
    const hashOf = (i: number): string => hashes[i % hashes.length]?.token_hash ?? ''
    const check = async (i: number) => {
      const found = await findSignedIn(app, tokenOf(i), { background: false, from: FROM })
      if (found === null) throw new Error('a session was not found')
    }
    const bare = (i: number) =>
      app.db.sql.unsafe('select * from sessions where token_hash = $1', [hashOf(i)], { prepare: true })
    const sessions = await app.db.sql<{ id: SessionId; user_id: UserId }[]>`select id, user_id from sessions`
    const entry = (i: number, isHeld: boolean) => {
      const session = sessions[i % sessions.length]
      if (session === undefined) throw new Error('there is no session')
      return app.audit.commit({
        action: 'sessions.listed',
        outcome: 'success',
        actor: { kind: 'user', id: session.user_id },
        sessionId: session.id,
        within: isHeld ? session.id : null,
        resource: { type: 'session', id: null },
      })
    }
    const held = (i: number) => entry(i, true)
    const free = (i: number) => entry(i, false)
    for (const one of [check, bare, held, free]) await timed(CHECKS, AT_ONCE, one)
    const found = await alternate<'check' | 'bare' | 'checks' | 'bares' | 'held' | 'free', number>(ROUNDS, {
      check: () => timed(CHECKS, 1, check),
      bare: () => timed(CHECKS, 1, bare),
      checks: () => timed(CHECKS, AT_ONCE, check),
      bares: () => timed(CHECKS, AT_ONCE, bare),
      held: () => timed(CHECKS, AT_ONCE, held),
      free: () => timed(CHECKS, AT_ONCE, free),
    })
    const ratioOf = (ours: readonly number[], theirs: readonly number[]): number =>
      spreadOf(ours.map((value, round) => value / (theirs[round] ?? Number.NaN))).median
    const median = (values: readonly number[]): number => spreadOf(values).median
    say(`signin: ${CHECKS} checks a round, ${ROUNDS} rounds`)
    return {
      bench: 'signin',
      results: [
        limited('session check, one at a time', ratioOf(found.check, found.bare), '× bare SELECT', MOST),
        figure('session check, one at a time, median', median(found.check), 'µs'),
        figure('bare SELECT, one at a time, median', median(found.bare), 'µs'),
        limited(
          `session check, ${AT_ONCE} at once`,
          ratioOf(found.checks, found.bares),
          '× bare SELECT',
          MOST,
        ),
        figure(`session check, ${AT_ONCE} at once, median`, median(found.checks), 'µs'),
        figure(`bare SELECT, ${AT_ONCE} at once, median`, median(found.bares), 'µs'),
        limited(
          `entry that holds its session, ${AT_ONCE} at once`,
          ratioOf(found.held, found.free),
          '× entry that holds none',
          MOST_OF_ENTRY,
        ),
        figure('entry that holds its session, median', median(found.held), 'µs'),
        figure('entry that holds none, median', median(found.free), 'µs'),
        ...(await signIns(app)),
      ],
    }
  } finally {
    await app.close()
    await installation.stop()
  }
}

/** People with a role and a session each, by their tokens. */
const signedIn = async (app: App): Promise<string[]> => {
  const tokens: string[] = []
  for (let i = 0; i < PEOPLE; i += 1) {
    const { id: userId } = await createDemoUser(app, person())
    const start = { userId, stage: 'full', factorAt: app.clock(), origin: FROM } as const
    const started = await withTransaction(app.db, 'none', async (tx) => {
      const begun = await startSession(tx, app, start)
      // No entry: what is measured is the check.
      takeCommitments(tx)
      return begun
    })
    tokens.push(started.token)
  }
  return tokens
}

const person = () => ({
  email: `${newId()}@example.test`,
  displayName: 'Ada Bee',
  role: ROLE,
  password: PASSWORD,
})

/** Both steps of sign-in, one person after the other: argon2id, a code, their entries and a known device. */
const signIns = async (app: App) => {
  const passwords: number[] = []
  const codes: number[] = []
  for (let i = 0; i < SIGN_INS; i += 1) {
    const wanted = person()
    const { totpSecret } = await createDemoUser(app, wanted)
    const { auth } = callerOf(browserOf(app))
    passwords.push(await timed(1, 1, () => auth.signIn({ email: wanted.email, password: PASSWORD })))
    const code = totpCode(totpSecret, app.clock())
    codes.push(await timed(1, 1, () => auth.verifyTotp({ code })))
  }
  return [
    figure('sign-in, password (argon2id, m 19 MiB, t 2), median', spreadOf(passwords).median / 1000, 'ms'),
    figure('sign-in, code, median', spreadOf(codes).median / 1000, 'ms'),
  ]
}

const browserOf = (app: App): RequestContext => {
  let held: string | null = null
  let device: string | null = null
  return {
    app,
    requestId: newId(),
    ...FROM,
    get token() {
      return held
    },
    get deviceToken() {
      return device
    },
    background: false,
    setToken: (next) => {
      held = next
    },
    setDeviceToken: (next) => {
      device = next
    },
    signedIn: async () => (held === null ? null : findSignedIn(app, held, { background: false, from: FROM })),
  }
}
