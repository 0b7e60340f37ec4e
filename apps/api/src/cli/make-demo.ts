import { makeEarlierMonths, openDatabase } from '@chartward/db'
import type { App } from '../app.ts'
import { Calendar } from '../core/days.ts'
import { makeIdsBy } from '../core/ids.ts'
import { findInstallation } from '../core/installation.ts'
import { createLogger } from '../core/log.ts'
import { withUnwinding } from '../core/unwinding.ts'
import { SimulatedClock } from '../demo/activity/clock.ts'
import { Ledger } from '../demo/activity/ledger.ts'
import { makePlan, type Plan } from '../demo/activity/plan.ts'
import { actsOf } from '../demo/activity/stories.ts'
import {
  type DemoAccount,
  importPopulation,
  type MadeAccount,
  makeAccounts,
  makePatientAccounts,
} from '../demo/load-demo.ts'
import { makeActivity } from '../demo/make-activity.ts'
import { DEMO_PEOPLE, keyOf } from '../demo/people.ts'
import { Population } from '../demo/population.ts'
import { Progress, type ProgressView } from '../demo/progress.ts'
import { STAFF } from '../demo/staff.ts'
import type { Environment } from '../env.ts'
import type { KeyFiles } from '../keys/key-files.ts'
import type { Databases } from './database.ts'
import { installOnce } from './prepare.ts'
import { openAppFor } from './run-server.ts'
import { UsageError } from './usage-error.ts'

const LOG_ORIGIN = 'demo.chartward.invalid/log'
/** The same at every start of the same version, so that two people speak of the same things. */
const SEED = 'chartward-demo-activity-1'

/** Makes the keys of a demo, where it has none; the database then is a demo's for good. */
export const installDemo = (
  databases: Databases,
  keyFolder: string,
  clock: () => Date = () => new Date(),
): Promise<KeyFiles> => installOnce(databases, keyFolder, { mode: 'demo', logOrigin: LOG_ORIGIN, clock })

/**
 * Throws UsageError for a database that is somebody's already: a demo is made in one that nothing has been
 * done in, or none.
 */
export const requireEmpty = async ({ app }: Databases, folder: string): Promise<void> => {
  const db = openDatabase({ url: app, connections: 1, name: 'chartward-demo' })
  try {
    const installation = await findInstallation(db)
    if (installation === null) return
    throw new UsageError(
      installation.mode === 'demo'
        ? `${folder} holds a demo without its accounts: name another folder with --data, or delete it.`
        : `${folder} holds a production installation, which stays one: name another folder with --data.`,
    )
  } finally {
    await db.close()
  }
}

export interface DemoOptions {
  readonly environment: Environment
  readonly databases: Databases
  readonly url: string
  readonly patients: number
  /** How far back its log reaches; 0 for a demo in which nothing has happened. */
  readonly days: number
  /** Told whenever something is new. */
  readonly onProgress: (view: ProgressView) => void
  readonly signal: AbortSignal
}

/** What is made up is thrown away whole where it is broken off: no commit of it is waited for. */
const unwaited = (url: string): string => {
  const parsed = new URL(url)
  parsed.searchParams.set('synchronous_commit', 'off')
  return parsed.toString()
}

/** What happens, and who is there from its beginning. */
const planOf = ({ environment, days }: DemoOptions, now: Date): Plan | null =>
  days === 0
    ? null
    : makePlan({ seed: SEED, days, now, calendar: new Calendar(environment.timeZone), people: STAFF })

interface Making extends DemoOptions {
  readonly app: App
  readonly population: Population
  readonly progress: Progress
}

const load = async (making: Making, until: number, plan: Plan | null): Promise<MadeAccount[]> => {
  const { app, population, progress, onProgress, patients, signal } = making
  await importPopulation(app, population, {
    until,
    signal,
    onProgress: (loaded) => {
      progress.imported(loaded, patients)
      onProgress(progress.view)
    },
  })
  const people = (plan?.people ?? DEMO_PEOPLE).filter(
    ({ joined }) => joined === undefined || plan?.at(joined, 0) === null,
  )
  return makeAccounts(app, people, population.people().families)
}

/**
 * A demo whose log begins in the past: everything with the application's own verbs, at times and with ids of
 * a clock that runs through that past.
 */
const makeWithPast = async (options: DemoOptions, plan: Plan): Promise<MadeAccount[]> => {
  const { environment, databases, url, patients, onProgress, signal } = options
  const clock = new SimulatedClock(new Date(plan.from))
  await makeEarlierMonths(databases.owner, new Date(plan.from))
  return withUnwinding(async (unwinding) => {
    unwinding.add(makeIdsBy(clock.now))
    const hasty = { ...databases, app: unwaited(databases.app), sequencer: unwaited(databases.sequencer) }
    const files = await installDemo(hasty, environment.keyFolder, clock.now)
    const ledger = await Ledger.open({
      url: hasty.sequencer,
      files,
      keyFolder: environment.keyFolder,
      logStore: environment.logStore ?? null,
      origin: LOG_ORIGIN,
      clock: clock.now,
      log: createLogger(environment.logLevel),
    })
    unwinding.add(() => ledger.close())
    const app = await openAppFor(environment, hasty, files, url, clock.now)
    const made = await withUnwinding(async (inner) => {
      inner.add(() => app.close())
      const acts = actsOf(plan)
      const progress = new Progress({ patients, acts: acts.length }, () => performance.now())
      const population = new Population(patients, new Date(plan.to))
      const accounts = await load({ ...options, app, population, progress }, plan.from, plan)
      const told = (done: number, day: Date): void => {
        progress.acted(done, acts.length, day.toISOString().slice(0, 10), patients)
        onProgress(progress.view)
      }
      await makeActivity({ app, clock, ledger, population, accounts, acts, onProgress: told, signal })
      return accounts
    })
    // With what the application has said as it closed.
    await ledger.write()
    await ledger.follow()
    return made
  })
}

/**
 * Fills a database that is empty but for its schema with a demo, and resolves with the accounts that it is
 * shown with. Broken off anywhere, what it leaves is to be thrown away.
 */
export const makeDemo = async (options: DemoOptions): Promise<DemoAccount[]> => {
  const { environment, databases, url, patients } = options
  const now = new Date()
  const plan = planOf(options, now)
  const past = plan === null ? null : await makeWithPast(options, plan)
  const files = await installDemo(databases, environment.keyFolder)
  const app = await openAppFor(environment, databases, files, url)
  try {
    const progress = new Progress({ patients, acts: 0 }, () => performance.now())
    const population = new Population(patients, now)
    const accounts =
      past ?? (await load({ ...options, app, population, progress }, Number.POSITIVE_INFINITY, null))
    const ofPatients = await makePatientAccounts(app)
    // Waited for, as everything from now on: with it all that came before it is on the disk.
    await app.audit.commit({
      action: 'installation.demo-loaded',
      outcome: 'success',
      actor: { kind: 'system', name: 'demo' },
      resource: { type: 'Installation', id: null },
      count: patients,
    })
    const shown = new Set(DEMO_PEOPLE.map(keyOf))
    const staff = accounts
      .filter((account) => shown.has(keyOf(account)))
      .map(({ id: _id, ...account }) => account)
    return [...staff, ...ofPatients]
  } finally {
    await app.close()
  }
}
