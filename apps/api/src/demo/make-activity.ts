import { withTransaction } from '@chartward/db'
import type { App } from '../app.ts'
import type { Act } from './activity/act.ts'
import type { SimulatedClock } from './activity/clock.ts'
import type { Ledger } from './activity/ledger.ts'
import { runActivity } from './activity/run-activity.ts'
import { makeStage } from './activity/stage.ts'
import { importPopulation, type MadeAccount } from './load-demo.ts'
import { keyOf } from './people.ts'
import type { Population } from './population.ts'

interface Given {
  readonly app: App
  readonly clock: SimulatedClock
  readonly ledger: Ledger
  readonly population: Population
  readonly accounts: readonly MadeAccount[]
  readonly acts: readonly Act[]
  readonly onProgress: (done: number, day: Date) => void
  readonly signal: AbortSignal
}

/** Has everything happen that is planned, on an installation that has its patients and accounts. */
export const makeActivity = async (given: Given): Promise<void> => {
  const { app, clock, ledger, population, accounts, acts, onProgress, signal } = given
  const patients = await withTransaction(
    app.db,
    'all',
    ({ sql }) => sql<{ id: string }[]>`select id from patients order by id`,
  )
  const stage = makeStage({
    app,
    clock,
    ledger,
    ...population.people(),
    patientIds: patients.map(({ id }) => id),
    deliver: (until) => importPopulation(app, population, { until, signal }),
  })
  for (const account of accounts) stage.enters(keyOf(account), account.id, account)
  await runActivity(stage, acts, { onProgress: ({ done, at }) => onProgress(done, at), signal })
}
