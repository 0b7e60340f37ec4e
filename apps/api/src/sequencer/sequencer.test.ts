import { Writable } from 'node:stream'
import { verifyCheckpoint, verifyInclusion } from '@chartward/audit'
import { withTransaction } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readHead } from '../audit/log/head.ts'
import { storedInclusionProof } from '../audit/log/proofs.ts'
import { newId } from '../core/ids.ts'
import { createLogger } from '../core/log.ts'
import { readAppendKey } from '../keys/key-files.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import type { SequencerContext } from './context.ts'
import { HeadWatch } from './head-watch.ts'
import type { RotationLimits } from './housekeeping.ts'
import { KeptCheckpoint } from './kept-checkpoint.ts'
import { publishIfDue } from './publish.ts'
import { sequenceRound } from './round.ts'
import { runSequencer, type SequencerOptions } from './run.ts'
import { openSigner } from './signer.ts'
import { appendEntries, draftOf, keyFolder, sequenceAll, sequencerOf, until } from './testing/log-kit.ts'

let test: TestApp
let sequencer: SequencerContext

beforeEach(async () => {
  test = await createTestApp()
  sequencer = sequencerOf(test)
})
afterEach(() => test.stop())

const leaves = async (): Promise<{ index: number; id: string; hash: Buffer }[]> => {
  const rows = await test.app.db.sql<{ index: string; entry_id: EntryId; leaf_hash: Buffer }[]>`
    select index, entry_id, leaf_hash from audit_leaves order by index`
  return rows.map((row) => ({ index: Number(row.index), id: row.entry_id, hash: row.leaf_hash }))
}

/** All of `ids` are in the log, each once, at dense indexes, and provable under the signed root. */
const expectProven = async (ids: readonly string[]): Promise<void> => {
  const log = await leaves()
  expect(log.map(({ index }) => index)).toEqual(log.map((_, i) => i))
  expect(log.map(({ id }) => id).sort()).toEqual([...ids].sort())
  const head = await readHead(test.app.db.sql)
  const { size, root } = await verifyCheckpoint(head?.checkpoint ?? '', test.app.settings.logVerifierKey)
  expect(size).toBe(ids.length)
  for (const { index, hash } of log) {
    const proof = (await storedInclusionProof(test.app.db.sql, index, size)) ?? []
    expect(verifyInclusion({ index, size, leafHash: hash, proof, root })).toBe(true)
  }
}

const start = (options: Partial<Pick<SequencerOptions, 'rotation' | 'headHeldMs' | 'log'>> = {}) => {
  const controller = new AbortController()
  const done = runSequencer({
    db: sequencer.db,
    signer: openSigner(test.files, test.app.settings.logOrigin),
    appendKey: readAppendKey(test.files),
    kept: new KeptCheckpoint(keyFolder(test), null),
    store: null,
    log: test.app.log,
    clock: sequencer.clock,
    intervalMs: 10,
    signal: controller.signal,
    ...options,
  })
  return {
    done,
    stop: async () => {
      controller.abort()
      await done
    },
  }
}

const signedSize = async () => (await readHead(test.app.db.sql))?.checkpointSize ?? 0

describe('sequencing', () => {
  it('gives entries dense indexes in the order of their ids, and each is provable under the signed root', async () => {
    const ids = [...(await appendEntries(test, 5)), ...(await appendEntries(test, 8))]
    await sequenceAll(sequencer)
    expect((await leaves()).map(({ id }) => id)).toEqual([...ids].sort())
    ids.push(...(await appendEntries(test, 20)))
    await sequenceAll(sequencer)
    await expectProven(ids)
  })

  it('is never without a checkpoint: the first round signs the empty tree in its transaction', async () => {
    await appendEntries(test, 3)
    await sequenceRound(sequencer)
    const head = await readHead(test.app.db.sql)
    expect(head).toMatchObject({ size: 3, checkpointSize: 0 })
    const signed = await verifyCheckpoint(head?.checkpoint ?? '', test.app.settings.logVerifierKey)
    expect(signed.size).toBe(0)
    await publishIfDue(sequencer)
    expect(await readHead(test.app.db.sql)).toMatchObject({ size: 3, checkpointSize: 3 })
  })

  it('a transaction that rolls back leaves nothing in the log', async () => {
    const [kept] = await appendEntries(test, 1)
    const undone = withTransaction(test.app.db, 'none', async (tx) => {
      await test.app.audit.append(tx, draftOf())
      throw new Error('undo')
    })
    await expect(undone).rejects.toThrow('undo')
    await sequenceAll(sequencer)
    await expectProven([kept ?? ''])
  })

  it('a round that fails takes nothing from the queue', async () => {
    const ids = await appendEntries(test, 4)
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql`alter table audit_leaves rename to audit_leaves_away`
    await expect(sequenceRound(sequencer)).rejects.toThrow()
    await owner.sql`alter table audit_leaves_away rename to audit_leaves`
    await sequenceAll(sequencer)
    await expectProven(ids)
  })

  it.each(['audit_leaves', 'audit_nodes'])(
    'a round whose rows of %s are swallowed moves nothing on',
    async (table) => {
      const ids = await appendEntries(test, 4)
      const owner = test.database.open('chartward_owner', 1)
      await owner.sql`create function planted() returns trigger language plpgsql as 'begin return null; end'`
      await owner.sql`create trigger planted before insert on ${owner.sql(table)} for each row execute function planted()`
      await expect(sequenceRound(sequencer)).rejects.toThrow('other rows than it was given')
      await owner.sql`drop trigger planted on ${owner.sql(table)}`
      await sequenceAll(sequencer)
      await expectProven(ids)
    },
  )

  it('an entry that is queued twice keeps its one index', async () => {
    const ids = await appendEntries(test, 3)
    await sequenceAll(sequencer)
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql`insert into audit_pending_1 values (${ids[0] ?? ''})`
    ids.push(...(await appendEntries(test, 2)))
    await sequenceAll(sequencer)
    await expectProven(ids)
  })

  it('counts each entry once per hour, actor, action and outcome', async () => {
    await appendEntries(test, 6)
    await sequenceAll(sequencer)
    await appendEntries(test, 5)
    await appendEntries(test, 2, { actor: { kind: 'anonymous' }, outcome: 'refused' })
    await sequenceAll(sequencer)
    const rows = await test.app.db.sql`
      select actor_id, outcome, sum(count)::int as count from audit_hourly group by 1, 2 order by 3`
    expect([...rows]).toEqual([
      { actor_id: 'anonymous', outcome: 'refused', count: 2 },
      { actor_id: 'test', outcome: 'success', count: 11 },
    ])
  })
})

describe('what does not come from the application', () => {
  const forge = async (column: string): Promise<string> => {
    const [from = ''] = await appendEntries(test, 1)
    await sequenceAll(sequencer)
    const owner = test.database.open('chartward_owner', 1)
    const id = newId()
    await owner.sql`insert into audit_entries
      select (jsonb_populate_record(e, jsonb_build_object('id', ${id}::text))).* from audit_entries e where id = ${from}`
    if (column === 'mac') {
      await owner.sql`set session_replication_role = replica`
      await owner.sql`update audit_entries set mac = sha256(mac) where id = ${id}`
      await owner.sql`set session_replication_role = origin`
    }
    return id
  }

  it.each([
    ['a MAC that is not the application’s', 'mac', 'bad-mac'],
    ['an id that is not that of its bytes', 'id', 'column-mismatch: id'],
  ])('%s: quarantined, and never in the log', async (_, column, problem) => {
    const id = await forge(column)
    await appendEntries(test, 2)
    await sequenceAll(sequencer)
    const quarantined = await test.app.db.sql`select entry_id, problem from audit_quarantine`
    expect([...quarantined]).toEqual([{ entry_id: id, problem }])
    expect((await leaves()).map((leaf) => leaf.id)).not.toContain(id)
    expect((await leaves()).length).toBe(3)
  })

  it('an entry that was deleted before it was sequenced is named', async () => {
    const [id = ''] = await appendEntries(test, 1)
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql`set session_replication_role = replica`
    await owner.sql`delete from audit_entries where id = ${id}`
    await sequenceAll(sequencer)
    const quarantined = await test.app.db.sql`select entry_id, problem from audit_quarantine`
    expect([...quarantined]).toEqual([{ entry_id: id, problem: 'entry-missing' }])
  })
})

describe('several at once', () => {
  it('two sequencers share the work: nothing is lost and nothing is there twice', async () => {
    const runs = [start(), start()]
    const ids: string[] = []
    for (let i = 0; i < 20; i++) ids.push(...(await appendEntries(test, 25)))
    await until(async () => (await signedSize()) === ids.length)
    await Promise.all(runs.map((run) => run.stop()))
    await expectProven(ids)
  })

  it('while another leads, a round does nothing', async () => {
    await appendEntries(test, 1)
    await withTransaction(sequencer.db, 'none', async ({ sql }) => {
      await sql`select 1 from audit_head for update`
      expect(await sequenceRound(sequencerOf(test))).toBeNull()
      await publishIfDue(sequencerOf(test))
    })
    expect(await signedSize()).toBe(0)
  })
})

describe('followers', () => {
  const counted = async () => {
    const [row] = await test.app.db.sql<{ count: number }[]>`
      select coalesce(sum(count), 0)::int as count from audit_hourly`
    return row?.count
  }

  it('see what a running sequencer has sequenced, and one that can not work holds nothing up', async () => {
    const run = start()
    const ids = await appendEntries(test, 20)
    await until(async () => (await counted()) === ids.length)
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql`revoke update on audit_hourly from chartward_sequencer`
    ids.push(...(await appendEntries(test, 20)))
    await until(async () => (await signedSize()) === ids.length)
    expect(await counted()).toBe(20)
    await owner.sql`grant update on audit_hourly to chartward_sequencer`
    await until(async () => (await counted()) === ids.length)
    await run.stop()
    await expectProven(ids)
  })
})

describe('a head that somebody holds locked', () => {
  const keptLog = () => {
    const lines: string[] = []
    const destination = new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk))
        done()
      },
    })
    return { lines, log: createLogger('error', destination) }
  }

  it('while entries wait is an error in the log, and they are sequenced when it is let go', async () => {
    const { lines, log } = keptLog()
    const owner = test.database.open('chartward_owner', 1)
    const run = start({ log, headHeldMs: 50 })
    const ids = await appendEntries(test, 1)
    await until(async () => (await signedSize()) === 1)
    expect(lines).toEqual([])
    await withTransaction(owner, 'none', async ({ sql }) => {
      await sql`select from audit_head for update`
      ids.push(...(await appendEntries(test, 2)))
      await until(async () => lines.some((line) => line.includes('locked by somebody')))
    })
    await until(async () => (await signedSize()) === 3)
    await run.stop()
    await expectProven(ids)
  })

  it('at the start is an error too, and no reason to give up', async () => {
    const { lines, log } = keptLog()
    const owner = test.database.open('chartward_owner', 1)
    const ids = await appendEntries(test, 2)
    const run = await withTransaction(owner, 'none', async ({ sql }) => {
      await sql`select from audit_head for update`
      const started = start({ log, headHeldMs: 50 })
      await until(async () => lines.some((line) => line.includes('could not work')))
      return started
    })
    await until(async () => (await signedSize()) === 2)
    await run.stop()
    await expectProven(ids)
  })

  it('is none while another sequencer moves it on', () => {
    const { lines, log } = keptLog()
    const watch = new HeadWatch(log, 0)
    for (let size = 1; size < 5; size++) watch.locked(size)
    watch.free()
    watch.locked(4)
    expect(lines).toEqual([])
    watch.locked(4)
    expect(lines).toHaveLength(1)
  })
})

describe('the queue’s tables', () => {
  const QUICK: RotationLimits = { rows: 40, ms: 100 }

  const queueBytes = async () => {
    const [row] = await test.app.db.sql<{ bytes: string }[]>`select pg_relation_size('audit_pending_0')
      + pg_relation_size('audit_pending_1') + pg_relation_size('audit_pending_2') as bytes`
    return Number(row?.bytes)
  }

  it('turning them under load, with transactions that stay open over it, loses nothing', async () => {
    const run = start({ rotation: QUICK })
    const ids: string[] = []
    const used = new Set<number>()
    const slow = Array.from({ length: 5 }, (_, i) =>
      withTransaction(test.app.db, 'none', async (tx) => {
        ids.push(await test.app.audit.append(tx, draftOf()))
        await new Promise((resolve) => setTimeout(resolve, 200 + 150 * i))
        ids.push(await test.app.audit.append(tx, draftOf()))
      }),
    )
    // As long as it takes until a table was turned: how soon that is, the machine decides.
    for (let i = 0; i < 40 || used.size < 2; i++) {
      ids.push(...(await appendEntries(test, 20)))
      const [cursor] = await test.app.db.sql<{ current: number }[]>`select current from audit_pending_cursor`
      used.add(cursor?.current ?? -1)
    }
    await Promise.all(slow)
    await until(async () => (await signedSize()) === ids.length)
    await run.stop()
    expect(used.size).toBeGreaterThan(1)
    await expectProven(ids)
  })

  it('an old snapshot open elsewhere neither stops sequencing nor lets the queue grow', async () => {
    const other = test.database.open('chartward_auditor', 1)
    const run = start({ rotation: QUICK })
    const ids: string[] = []
    await other.sql.begin('isolation level repeatable read read only', async (sql) => {
      await sql`select count(*) from audit_entries`
      for (let i = 0; i < 30; i++) ids.push(...(await appendEntries(test, 30)))
      await until(async () => (await signedSize()) === ids.length)
      // What is left is the table in use, with the dead rows of one turn at most.
      await until(async () => (await queueBytes()) <= 3 * 8192)
      expect(await sql`select 1 from audit_leaves`).toHaveLength(0)
    })
    await run.stop()
    await expectProven(ids)
  })

  it('a table that a transaction still writes to is not truncated under it', async () => {
    const run = start({ rotation: QUICK })
    const ids = await appendEntries(test, 100)
    await withTransaction(test.app.db, 'none', async (tx) => {
      ids.push(await test.app.audit.append(tx, draftOf()))
      for (let i = 0; i < 10; i++) ids.push(...(await appendEntries(test, 50)))
      await until(async () => (await signedSize()) === ids.length - 1)
    })
    await until(async () => (await signedSize()) === ids.length)
    await run.stop()
    await expectProven(ids)
  })
})

describe('a log that is not what was signed', () => {
  const damage = async (statement: string) => {
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql`set session_replication_role = replica`
    await owner.sql.unsafe(statement)
  }

  it.each([
    [
      'checkpoint-ahead',
      `delete from audit_leaves; delete from audit_nodes;
      update audit_head set size = 0, frontier = '', root = sha256('')`,
    ],
    ['nodes-mismatch', 'delete from audit_leaves where index = 6'],
    ['leaves-mismatch', `insert into audit_leaves values (7, gen_random_uuid(), sha256(''))`],
    ['nodes-mismatch', `update audit_nodes set hash = sha256(hash) where level = 2`],
    ['head-mismatch', `update audit_head set root = sha256(root)`],
    ['head-missing', `delete from audit_head`],
    [
      'checkpoint-missing',
      'update audit_head set checkpoint = null, checkpoint_size = null, signed_at = null',
    ],
    ['checkpoint-invalid', `update audit_head set checkpoint = replace(checkpoint, E'\\n7\\n', E'\\n6\\n')`],
    ['checkpoint-invalid', `update audit_head set checkpoint_size = 6`],
  ])('%s is fatal at the start, and nothing is signed', async (code, statement) => {
    await appendEntries(test, 7)
    await sequenceAll(sequencer)
    await damage(statement)
    await appendEntries(test, 1)
    const [before] = await test.app.db.sql`select * from audit_head`
    await expect(start().done).rejects.toMatchObject({ name: 'LogFault', code })
    const [after] = await test.app.db.sql`select * from audit_head`
    expect(after).toEqual(before)
  })

  it('a running sequencer stops at one that is cut back under it', async () => {
    const run = start()
    // Looked at from the start: it may stop before the next line is reached.
    const stopped = expect(run.done).rejects.toMatchObject({ name: 'LogFault' })
    await appendEntries(test, 7)
    await until(async () => (await signedSize()) === 7)
    await damage(`delete from audit_leaves; delete from audit_nodes;
      update audit_head set size = 0, frontier = '', root = sha256('')`)
    await appendEntries(test, 1)
    await stopped
    expect(await signedSize()).toBe(7)
  })

  it('never signs a tree that does not go on from the last one, though it fits itself', async () => {
    await appendEntries(test, 4)
    await sequenceAll(sequencer)
    const { checkpoint = null } = (await readHead(test.app.db.sql)) ?? {}
    // Another history of the same length, built and signed by nobody, under the old checkpoint.
    await damage(`delete from audit_leaves; delete from audit_nodes;
      update audit_head set size = 0, frontier = '', root = sha256(''), checkpoint = null, checkpoint_size = null`)
    await appendEntries(test, 6)
    await sequenceAll(sequencerOf(test))
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql`update audit_head set checkpoint = ${checkpoint}, checkpoint_size = 4`
    await expect(publishIfDue(sequencer)).rejects.toMatchObject({ code: 'checkpoint-mismatch' })
    await expect(start().done).rejects.toMatchObject({ code: 'checkpoint-mismatch' })
  })
})
