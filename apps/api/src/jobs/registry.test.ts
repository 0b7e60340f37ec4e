import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { AboutJob, AppFollower, Job, PeriodicJob } from './job.ts'
import { JOBS } from './registry.ts'

const FOLDER = new URL('.', import.meta.url)

/** What the files of jobs export, found by looking at them. */
const declared = async (): Promise<unknown[]> => {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const modules: Record<string, unknown>[] = await Promise.all(
    files.map((name) => import(new URL(name, FOLDER).href)),
  )
  return modules
    .flatMap((module) => Object.values(module))
    .filter((value) => typeof value === 'object' && value !== null && 'kind' in value)
}

describe('the registry of jobs', () => {
  it('has each job that a file here declares, and what the sequencer follows', async () => {
    const bySequencer = JOBS.filter(({ login }) => login === 'sequencer')
    expect(bySequencer.map(({ name }) => name)).toContain('roll-up')
    expect(new Set(JOBS)).toEqual(new Set([...(await declared()), ...bySequencer]))
  })

  it('knows each job by a name of its own', () => {
    const names = JOBS.map(({ name }) => name)
    expect(names).toEqual([...new Set(names)])
  })

  it('has the jobs that are done about dead letters', () => {
    const deadLetters = JOBS.flatMap((job) =>
      job.kind === 'about' && job.deadLetter !== null ? [job.deadLetter] : [],
    )
    expect(deadLetters.length).toBeGreaterThan(0)
    for (const job of deadLetters) expect(JOBS).toContain(job)
  })
})

describe('a job of which a part is missing', () => {
  it('does not compile', () => {
    const queue = {
      expireInSeconds: 1,
      heartbeatSeconds: null,
      retryLimit: 1,
      retryDelay: 1,
      retryBackoff: false,
      retryDelayMax: null,
    }
    const run = async () => undefined
    // @ts-expect-error no dead letter
    const about: AboutJob = { kind: 'about', name: 'x', login: 'app', queue, run }
    // @ts-expect-error no schedule
    const periodic: PeriodicJob = { kind: 'periodic', name: 'x', login: 'app', queue, run }
    // @ts-expect-error no cursor
    const follower: AppFollower = { kind: 'follower', name: 'x', login: 'app', see: run }
    // @ts-expect-error no login
    const nobodys: Job = { kind: 'follower', name: 'x', cursor: { batch: 1 }, see: run }
    // @ts-expect-error the queue belongs to the application
    const elsewhere: Job = {
      kind: 'periodic',
      name: 'x',
      login: 'sequencer',
      queue,
      schedule: { everySeconds: 1 },
      run,
    }
    expect([about, periodic, follower, nobodys, elsewhere]).toHaveLength(5)
  })
})
