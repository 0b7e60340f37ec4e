import { builtInRoles, type PatientId } from '@chartward/policy'
import type { App } from '../../apps/api/src/app.ts'
import { appRouter } from '../../apps/api/src/router.ts'
import { importFhir } from '../../apps/api/src/services/import/import-fhir.ts'
import { signInAs } from '../../apps/api/src/testing/sign-in.ts'
import { createCallerFactory } from '../../apps/api/src/trpc/trpc.ts'
import { createInstallation, openBenchApp } from '../harness/installation.ts'
import { say } from '../harness/print.ts'
import { figure, type Report, type Result, rate } from '../harness/report.ts'
import { alternate, spreadOf } from '../harness/rounds.ts'
import { chartChunks, LONG, SHORT } from './population.ts'

const ROUNDS = 5
const CALLS = 20

const callerFor = createCallerFactory(appRouter)
type Caller = ReturnType<typeof callerFor>

/** What is measured, of either patient. */
const ACTS = {
  'first page of observations': ({ records }: Caller, patientId: PatientId) =>
    records.list({ patientId, type: 'Observation', limit: 20 }),
  'first page of encounters': ({ records }: Caller, patientId: PatientId) =>
    records.list({ patientId, type: 'Encounter', limit: 20 }),
  'head of the chart': ({ patients }: Caller, id: PatientId) => patients.get({ id }),
} as const

/** Pages of a chart of 20,000 observations against those of a chart of 20, by the same process. */
export const run = async (): Promise<Report> => {
  const installation = await createInstallation()
  const { server, keyFolder } = installation
  const app = await openBenchApp(server.url('chartward_app'), keyFolder)
  try {
    const now = new Date()
    await importFhir(app, chartChunks(now), { trusted: true, author: 'service:import' })
    const { caller, long, short } = await readerOf(app)
    say(`chart: a patient of ${LONG} observations, and one of ${SHORT}`)
    const results: Result[] = []
    for (const [name, act] of Object.entries(ACTS)) {
      const measure = async (patientId: PatientId): Promise<number> => {
        const began = performance.now()
        for (let i = 0; i < CALLS; i += 1) await act(caller, patientId)
        return (performance.now() - began) / CALLS
      }
      await measure(long)
      await measure(short)
      const found = await alternate<'long' | 'short', number>(ROUNDS, {
        long: () => measure(long),
        short: () => measure(short),
      })
      const [ours, theirs] = [spreadOf(found.long).median, spreadOf(found.short).median]
      results.push(
        rate(`${name}, ${LONG} observations`, 1000 / ours, 'calls/s', {
          name: `${SHORT}`,
          value: 1000 / theirs,
        }),
        figure(`${name}, ${LONG} observations`, ours, 'ms'),
        figure(`${name}, ${SHORT} observations`, theirs, 'ms'),
      )
    }
    return { bench: 'chart', results }
  } finally {
    await app.close()
    await installation.stop()
  }
}

/** A clinician with a care relationship to both patients, and the patients by the length of their charts. */
const readerOf = async (app: App) => {
  const [found] = await app.db.sql<{ practitioner_id: string; patients: PatientId[] }[]>`
    select practitioner_id, array_agg(patient_id) as patients from care_relationships group by 1`
  const { context } = await signInAs(app, builtInRoles.clinician.name, {
    practitionerId: found?.practitioner_id ?? '',
  })
  const caller = callerFor(context)
  const charts = await Promise.all(
    (found?.patients ?? []).map(async (id) => {
      const { counts } = await caller.patients.get({ id })
      return { id, counts }
    }),
  )
  const [short, long] = charts
    .toSorted((a, b) => (a.counts.Observation ?? 0) - (b.counts.Observation ?? 0))
    .map(({ id }) => id)
  if (short === undefined || long === undefined) throw new Error('the charts were not imported')
  return { caller, long, short }
}
