import type { ChildProcess } from 'node:child_process'
import { endOf, messageOf, runChild, startChild } from '../harness/child.ts'
import { createInstallation } from '../harness/installation.ts'
import type { LoadDone, LoadJob } from '../harness/load.ts'
import { say } from '../harness/print.ts'
import { figure, type Report, type Result, rate } from '../harness/report.ts'
import { alternate, spreadOf } from '../harness/rounds.ts'
import { type CpuTime, type Listening, PATH, type ServerJob } from './procedure.ts'
import { type ReadSetup, setUp } from './setup.ts'

const ROUNDS = 3
const REACH = 0.5
const CONNECTIONS = 32
/**
 * Both servers are warmed up by the same number of requests, so that the runtime has compiled as much of
 * each.
 */
const WARM_UP_REQUESTS = 8000
const WARM_UP_MS = 30_000
const MEASURED_MS = 6000
const MOST_REQUESTS = 100_000

const LOAD = new URL('../harness/load.ts', import.meta.url)
const CHARTWARD = new URL('./chartward-server.ts', import.meta.url)
const BARE = new URL('./bare-server.ts', import.meta.url)

interface Run extends LoadDone {
  readonly perSecond: number
  /** CPU time of the server's process for each request, in microseconds. */
  readonly cpu: number
}

interface Round {
  /** Each patient read once by a process that has served others, and so has no key of theirs. */
  readonly cold: Run
  /** All patients read over and over, their keys unwrapped. */
  readonly warm: Run
}

/** A committed, audited, masked read of one record through HTTP against the bare read. */
export const run = async (): Promise<Report> => {
  const installation = await createInstallation()
  try {
    const started = performance.now()
    const setup = await setUp(installation)
    say(`read: ${setup.patientIds.length} patients, made in ${seconds(performance.now() - started)} s`)
    const job: ServerJob = {
      databaseUrl: installation.server.url('chartward_app'),
      keyFolder: installation.keyFolder,
    }
    const found = await alternate<'chartward' | 'bare', Round>(ROUNDS, {
      chartward: () => measureServer('chartward', CHARTWARD, job, setup),
      bare: () => measureServer('bare', BARE, job, setup),
    })
    return { bench: 'read', results: resultsOf(found.chartward, found.bare) }
  } finally {
    await installation.stop()
  }
}

const measureServer = async (name: string, script: URL, job: ServerJob, setup: ReadSetup): Promise<Round> => {
  const server = startChild(script, job)
  try {
    const { port } = await messageOf<Listening>(server)
    const half = Math.floor(setup.patientIds.length / 2)
    const [known, unknown] = [setup.patientIds.slice(0, half), setup.patientIds.slice(half)]
    const load = (patientIds: readonly string[], limits: Pick<LoadJob, 'requests' | 'milliseconds'>) =>
      measureLoad(server, {
        ...limits,
        port,
        path: PATH,
        headers: { cookie: setup.cookie },
        bodies: patientIds.map((id) => JSON.stringify({ patientId: id, id })),
        connections: CONNECTIONS,
      })
    await load(known, { requests: WARM_UP_REQUESTS, milliseconds: WARM_UP_MS })
    const cold = await load(unknown, { requests: unknown.length, milliseconds: 60_000 })
    const warm = await load(setup.patientIds, { requests: MOST_REQUESTS, milliseconds: MEASURED_MS })
    say(
      `  ${name.padEnd(10)} cold ${describe(cold)}; warm ${describe(warm)}, p50 ${warm.p50.toFixed(1)} ms, p99 ${warm.p99.toFixed(1)} ms`,
    )
    return { cold, warm }
  } finally {
    server.disconnect()
    await endOf(server)
  }
}

const measureLoad = async (server: ChildProcess, job: LoadJob): Promise<Run> => {
  const before = await cpuOf(server)
  const done = await runChild<LoadDone>(LOAD, job)
  const used = (await cpuOf(server)) - before
  return { ...done, perSecond: done.requests / done.seconds, cpu: (used / done.requests) * 1e6 }
}

const cpuOf = async (server: ChildProcess): Promise<number> => {
  server.send('cpu')
  return (await messageOf<CpuTime>(server)).cpuSeconds
}

const describe = ({ perSecond }: Run): string => `${perSecond.toFixed(0)}/s`
const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1)

const resultsOf = (chartward: readonly Round[], bare: readonly Round[]): Result[] => {
  const of = (rounds: readonly Round[], state: keyof Round, what: keyof Run) =>
    spreadOf(rounds.map((round) => round[state][what]))
  const rates = (state: keyof Round, reach: number | null): Result[] => {
    const [ours, theirs] = [of(chartward, state, 'perSecond'), of(bare, state, 'perSecond')]
    return [
      rate(`${state}, median`, ours.median, 'requests/s', { name: 'bare read', value: theirs.median }, reach),
      figure(`${state}, slowest round`, ours.min, 'requests/s'),
      figure(`${state}, fastest round`, ours.max, 'requests/s'),
      figure(`${state}, p50`, of(chartward, state, 'p50').median, 'ms'),
      figure(`${state}, p99`, of(chartward, state, 'p99').median, 'ms'),
    ]
  }
  return [
    ...rates('warm', REACH),
    ...rates('cold', null),
    figure('bare read, slowest round', of(bare, 'warm', 'perSecond').min, 'requests/s'),
    figure('bare read, fastest round', of(bare, 'warm', 'perSecond').max, 'requests/s'),
    figure('bare read, p50', of(bare, 'warm', 'p50').median, 'ms'),
    figure('bare read, p99', of(bare, 'warm', 'p99').median, 'ms'),
    figure('CPU of the server, warm', of(chartward, 'warm', 'cpu').median, 'µs/request'),
    figure('CPU of the bare server', of(bare, 'warm', 'cpu').median, 'µs/request'),
  ]
}
