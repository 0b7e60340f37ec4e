import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installQueue } from '../../jobs/install-queue.ts'
import { KILLING_MS, KILLS, kill, seeded } from '../../testing/kills.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { as, type Somebody } from '../users/testing/person.ts'
import { dryRun, finish } from './testing/files.ts'

const RUN_WORK = fileURLToPath(new URL('../uploads/testing/run-work-child.ts', import.meta.url))
const PEOPLE = 40

let t: TestApp
let first: Somebody
let second: Somebody
beforeEach(async () => {
  t = await createTestApp()
  await installQueue(t.database.url('chartward_owner'))
  first = await as(t.app, 'administrator')
  second = await as(t.app, 'administrator')
})
afterEach(() => t.stop())

const startChild = (workId: string): ChildProcess =>
  spawn(
    process.execPath,
    [RUN_WORK, JSON.stringify({ url: t.database.url('chartward_app'), files: t.files, workId })],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )

/** Of each account: how many entries made it, and how many roles it was given. */
const made = () => t.app.db.sql<{ whole: boolean; accounts: number; entries: number; grants: number }[]>`
  select
    (select count(*)::int from users u where u.email like 'kill-%') as accounts,
    (select count(*)::int from audit_entries where action = 'user.invited') as entries,
    (select count(*)::int from role_assignments a join users u on u.id = a.user_id
      where u.email like 'kill-%') as grants,
    not exists (select from users u where u.email like 'kill-%'
      and (select count(*) from role_assignments a where a.user_id = u.id) <> 1) as whole`

describe('an import of people whose process is killed', () => {
  it(
    'at any moment, again and again, makes each person whole and once, or not yet',
    async () => {
      const random = seeded(20_261_130)
      const lines = Array.from(
        { length: PEOPLE },
        (_, at) => `Person ${at},kill-${at}@house.example,K-${at},Ward 4,,nurse,`,
      )
      const { id, hash } = await dryRun(first, ...lines)
      const { approvalId } = await first.people.requestImport({ id, hash, reason: 'The new rota' })
      await second.approvals.approve({ id: approvalId })
      const { workId } = await first.people.get({ id })
      for (let round = 0; round < KILLS; round++) {
        const child = startChild(workId ?? '')
        if (child.stdout !== null) await once(child.stdout, 'data')
        await setTimeout(60 * random())
        await kill(child)
        const [sofar] = await made()
        expect(sofar).toMatchObject({ whole: true, entries: sofar?.accounts, grants: sofar?.accounts })
      }
      if ((await first.people.get({ id })).state === 'running') await finish(t, first, id)
      expect(await made()).toEqual([{ whole: true, accounts: PEOPLE, entries: PEOPLE, grants: PEOPLE }])
      expect((await first.people.get({ id })).results).toEqual({
        done: PEOPLE,
        same: 0,
        refused: 0,
        overtaken: 0,
      })
    },
    KILLING_MS,
  )
})
