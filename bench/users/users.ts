import { openDatabase } from '@chartward/db'
import { builtInRoles, type UserId } from '@chartward/policy'
import type { App } from '../../apps/api/src/app.ts'
import { newId } from '../../apps/api/src/core/ids.ts'
import { appRouter } from '../../apps/api/src/router.ts'
import { insertVouched } from '../../apps/api/src/testing/rows.ts'
import { signInAs } from '../../apps/api/src/testing/sign-in.ts'
import { createCallerFactory } from '../../apps/api/src/trpc/trpc.ts'
import { createInstallation, openBenchApp } from '../harness/installation.ts'
import { say } from '../harness/print.ts'
import { figure, limited, type Report, type Result } from '../harness/report.ts'

const PEOPLE = 50_000
const AT_ONCE = 500
const CALLS = 60
const MOST_MS = 100

const callerFor = createCallerFactory(appRouter)
type Caller = ReturnType<typeof callerFor>

const GIVEN = ['Ada', 'Bo', 'Cem', 'Dag', 'Eve', 'Fay', 'Gil', 'Hal', 'Ivo', 'Lucía', 'Søren', 'Zoë']
const FAMILY = ['Abernathy', 'Baptiste', 'Cho', 'Dubois', 'Ekwall', 'Fitzgibbon', 'Mora', 'O’Brien', 'Weiß']
const ROLES = [builtInRoles.nurse.name, builtInRoles.clinician.name, builtInRoles.analyst.name]

/** What is asked of the list, each with all its facets. */
const LOOKS: Readonly<Record<string, (caller: Caller, i: number) => Promise<unknown>>> = {
  'first page': ({ users }) => users.list({}),
  'by name': ({ users }) => users.list({ sort: 'user' }),
  'by two facets': ({ users }, i) => users.list({ role: ROLES[i % ROLES.length], status: 'active' }),
  'by a text': ({ users }, i) => users.list({ text: `${FAMILY[i % FAMILY.length]} ${i % 10}` }),
  'after somebody was seen': async ({ users }) => users.list({ seen: 'ever', sort: '-seen' }),
}

/** The list of users with all its facets, over 50,000 accounts. */
export const run = async (): Promise<Report> => {
  const installation = await createInstallation()
  const app = await openBenchApp(installation.server.url('chartward_app'), installation.keyFolder)
  try {
    await fill(app)
    const owner = openDatabase({
      url: installation.server.url('chartward_owner'),
      connections: 1,
      name: 'bench',
    })
    await owner.sql.unsafe('vacuum (analyze)')
    await owner.close()
    const { context } = await signInAs(app, builtInRoles.administrator.name)
    const caller = callerFor(context)
    const began = performance.now()
    await caller.users.list({})
    const results: Result[] = [figure('the first look of a process', performance.now() - began, 'ms')]
    for (const [name, look] of Object.entries(LOOKS)) {
      const taken: number[] = []
      for (let i = 0; i < CALLS; i += 1) {
        await app.db.sql`update users set last_seen_at = now()
          where id in (select id from users offset ${i * 20} limit 20)`
        const from = performance.now()
        await look(caller, i)
        taken.push(performance.now() - from)
      }
      taken.sort((a, b) => a - b)
      const at = (share: number) => taken[Math.floor(taken.length * share)] ?? Number.NaN
      say(`users: ${name}, median ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms`)
      results.push(limited(`p95, ${name}`, at(0.95), 'ms', MOST_MS), figure(`median, ${name}`, at(0.5), 'ms'))
    }
    return { bench: 'users', results }
  } finally {
    await app.close()
    await installation.stop()
  }
}

const fill = async (app: App): Promise<void> => {
  const now = new Date()
  for (let from = 0; from < PEOPLE; from += AT_ONCE) {
    const ids: UserId[] = Array.from({ length: AT_ONCE }, () => newId())
    await insertVouched(
      app,
      'user',
      ids.map((id, at) => {
        const i = from + at
        const email = `person-${i}@hospital.example`
        return {
          id,
          kind: 'workforce',
          email,
          addressKey: email,
          displayName: `${GIVEN[i % GIVEN.length]} ${FAMILY[i % FAMILY.length]} ${i % 97}`,
          status: i % 11 === 0 ? 'deactivated' : 'active',
          department: `Ward ${i % 40}`,
          employeeNumber: `E-${i}`,
          createdAt: now,
        } as const
      }),
    )
    await insertVouched(
      app,
      'role-assignment',
      ids.map((userId, at) => ({
        id: newId(),
        userId,
        role: ROLES[(from + at) % ROLES.length] ?? '',
        reason: Buffer.alloc(64),
        startsAt: now,
        endsAt: null,
      })),
    )
    await insertVouched(
      app,
      'factor',
      ids.map((userId) => ({
        id: newId(),
        userId,
        secret: Buffer.alloc(64),
        createdAt: now,
        confirmedAt: now,
        disabled: false,
      })),
    )
  }
  say(`users: ${PEOPLE} accounts`)
}
