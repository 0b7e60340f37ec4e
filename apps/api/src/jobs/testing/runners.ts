import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Database } from '@chartward/db'
import { kill } from '../../testing/kills.ts'
import type { TestApp } from '../../testing/test-app.ts'
import { type RunningJobs, startJobs } from '../start-jobs.ts'

const RUN_JOBS = fileURLToPath(new URL('run-jobs.ts', import.meta.url))

/** What runs the jobs of a test application: in this process, and in others that a test kills. */
export interface Runners {
  /** Starts one in this process. */
  start(): Promise<void>
  /** Starts one in a process of its own. */
  startChild(): ChildProcess
  /** Ends all that were started. */
  stop(): Promise<void>
}

export const runnersOf = (house: TestApp): Runners => {
  const running: RunningJobs[] = []
  const children: ChildProcess[] = []
  return {
    start: async () => {
      running.push(await startJobs(house.app, house.database.url('chartward_app')))
    },
    startChild: () => {
      const config = { url: house.database.url('chartward_app'), files: house.files }
      const child = spawn(process.execPath, [RUN_JOBS, JSON.stringify(config)], { stdio: 'ignore' })
      children.push(child)
      return child
    },
    stop: async () => {
      for (const jobs of running.splice(0)) await jobs.stop()
      for (const child of children.splice(0)) await kill(child)
    },
  }
}

/** Waits are over for the queue, and it is time to look after it again; a job that runs goes on. */
export const waitsPass = async ({ sql }: Pick<Database, 'sql'>): Promise<void> => {
  await sql`update pgboss.job set start_after = now() where state in ('created', 'retry') and name <> 'expire-release'`
  await sql`update pgboss.queue set monitor_claim_on = null`
}

/** Hours go by for the queue: heartbeats have not come, too. */
export const hoursPass = async (owner: Pick<Database, 'sql'>): Promise<void> => {
  await owner.sql`update pgboss.job set heartbeat_on = heartbeat_on - interval '2 hours' where state = 'active'`
  await waitsPass(owner)
}
