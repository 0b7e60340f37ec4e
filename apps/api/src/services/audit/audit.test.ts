import {
  type Action,
  fromBase64,
  leafHash,
  parseEntry,
  toHex,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
} from '@chartward/audit'
import { type Database, withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { installQueue } from '../../jobs/install-queue.ts'
import type { SequencerContext } from '../../sequencer/context.ts'
import {
  actionsOf,
  appendEntries,
  draftOf,
  sequenceAll,
  sequencerOf,
} from '../../sequencer/testing/log-kit.ts'
import { auditEntries } from '../../testing/entries.ts'
import { logRows } from '../../testing/rows.ts'
import { type SignInOptions, signInAs } from '../../testing/sign-in.ts'
import { createTestApp, requestBy, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { finishWork } from '../works/testing/finish-work.ts'
import { auditRouter } from './router.ts'

let test: TestApp
let sequencer: SequencerContext
let owner: Database

const callerFor = createCallerFactory(router({ audit: auditRouter }))

const signIn = async (role: string, options: SignInOptions = {}) => {
  const { userId, context } = await signInAs(test.app, role, options)
  return { userId, audit: callerFor(context).audit }
}

/** Asks for a check of the log, has it done, and gives what it has found. */
const checked = async ({ audit }: Awaited<ReturnType<typeof signIn>>) => {
  const { workId } = await audit.askCheck({})
  await finishWork(test.app, workId)
  return audit.check({ id: workId })
}

/** The ids found, over all pages of `limit`. */
const searchAll = async (
  audit: Awaited<ReturnType<typeof signIn>>['audit'],
  filter: Parameters<typeof audit.search>[0],
): Promise<string[]> => {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await audit.search({ ...filter, ...(cursor === undefined ? {} : { cursor }) })
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return ids
}

beforeAll(async () => {
  test = await createTestApp()
  await installQueue(test.database.url('chartward_owner'))
  sequencer = sequencerOf(test)
  owner = test.database.open('chartward_owner', 2)
})
afterAll(() => test.stop())

describe('search', () => {
  it('pages through everything that fits, newest first, each entry once', async () => {
    const officer = await signIn('privacy-officer')
    const actor = { kind: 'system', name: 'pages' } as const
    const ids = [...(await appendEntries(test, 12, { actor })), ...(await appendEntries(test, 11, { actor }))]
    expect(await searchAll(officer.audit, { actorId: 'pages', limit: 5 })).toEqual([...ids].sort().reverse())
  })

  it('filters by actor, patient, action, outcome, resource, request and time, each and together', async () => {
    const officer = await signIn('privacy-officer')
    const [patientId, requestId, userId] = [newId<PatientId>(), newId(), newId()]
    const draft = {
      action: 'patient.viewed',
      actor: { kind: 'user', id: userId },
      patientId,
      requestId,
      resource: { type: 'Patient', id: patientId },
    } as const
    const second = test.now.toISOString().slice(0, 19)
    const [view = ''] = await appendEntries(test, 1, { ...draft, at: `${second}.000001Z` })
    const [refusal = ''] = await appendEntries(test, 1, {
      ...draft,
      outcome: 'refused',
      requestId: newId(),
      at: `${second}.000002Z`,
    })
    await appendEntries(test, 3)
    const both = [refusal, view]
    const find = (filter: Parameters<typeof officer.audit.search>[0]) => searchAll(officer.audit, filter)
    expect(await find({ patientId, resourceType: 'Patient' })).toEqual(both)
    expect(await find({ actorId: userId })).toEqual(both)
    expect(await find({ requestId })).toEqual([view])
    expect(await find({ patientId, outcome: 'refused', action: 'patient.viewed' })).toEqual([refusal])
    expect(await find({ patientId, action: 'record.viewed' })).toEqual([])
    const { items } = await officer.audit.search({ actorId: userId })
    const [later, earlier] = items.map(({ at }) => at)
    expect(await find({ actorId: userId, from: later ?? '' })).toEqual([refusal])
    expect(await find({ actorId: userId, from: earlier ?? '', to: later ?? '' })).toEqual([view])
    expect(await find({ actorId: userId, to: '2020-01-01T00:00:00Z' })).toEqual([])
  })

  it('says who, by name, and where the entry stands in the log', async () => {
    const officer = await signIn('privacy-officer', { displayName: 'Olga Officer' })
    await officer.audit.search({ actorId: officer.userId })
    await appendEntries(test, 1, { actor: { kind: 'anonymous' }, outcome: 'refused', ip: '192.0.2.7' })
    const [own] = (await officer.audit.search({ actorId: officer.userId })).items
    expect(own).toMatchObject({
      actor: { kind: 'user', id: officer.userId, name: 'Olga Officer' },
      action: 'audit.searched',
      statement: 'privacy-officer/oversee',
      index: null,
      intact: true,
    })
    await sequenceAll(sequencer)
    const [signed] = (await officer.audit.search({ requestId: own?.requestId ?? '' })).items
    expect(signed?.index).toBeTypeOf('number')
    const { items } = await officer.audit.search({ outcome: 'refused', limit: 1 })
    expect(items[0]).toMatchObject({ actor: { kind: 'anonymous', id: null }, ip: '192.0.2.7' })
  })

  it('is itself an entry, with the patient searched for and how much was found', async () => {
    const officer = await signIn('privacy-officer')
    const patientId: PatientId = newId()
    await appendEntries(test, 2, { action: 'patient.viewed', patientId })
    await officer.audit.search({ patientId })
    const [own] = (await officer.audit.search({ actorId: officer.userId })).items
    expect(own).toMatchObject({ action: 'audit.searched', outcome: 'success', patientId, count: 2 })
  })

  it('marks an entry that somebody has changed, even to what is no entry', async () => {
    const officer = await signIn('privacy-officer')
    const [id = ''] = await appendEntries(test, 1, { actor: { kind: 'system', name: 'damaged' } })
    const [before] = await owner.sql<{ bytes: Buffer }[]>`select bytes from audit_entries where id = ${id}`
    const setBytes = (bytes: Buffer) =>
      owner.sql.begin(async (sql) => {
        await sql`set local session_replication_role = replica`
        await sql`update audit_entries set bytes = ${bytes} where id = ${id}`
      })
    await setBytes(Buffer.from('no entry'))
    const [row] = (await officer.audit.search({ actorId: 'damaged' })).items
    expect(row).toMatchObject({ id, intact: false, actor: { name: 'damaged' } })
    expect(await officer.audit.get({ id })).toMatchObject({
      id,
      intact: false,
      canonical: 'no entry',
      facts: {},
    })
    await setBytes(before?.bytes ?? Buffer.alloc(0))
  })

  it('refuses unknown keys, ids that are none and actions that are none, and logs that it did', async () => {
    const officer = await signIn('privacy-officer')
    const unknown = { actorId: 'x', patient: 'y' }
    await expect(officer.audit.search(unknown)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(officer.audit.search({ patientId: 'no-id' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    const action = JSON.parse('"no.action"') as Action
    await expect(officer.audit.search({ action })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await actionsOf(test, officer.userId)).toEqual([
      ['audit.searched', 'failure'],
      ['audit.searched', 'failure'],
      ['audit.searched', 'failure'],
    ])
  })
})

describe('one entry', () => {
  it('is shown with its change, its facts, its note and the exact text that is hashed', async () => {
    const officer = await signIn('privacy-officer')
    const change = { before: null, after: { status: 'invited' } }
    const note = 'She begins on Monday — für die Aufnahme'
    const id = await withTransaction(test.app.db, 'none', (tx) =>
      test.app.audit.append(tx, draftOf({ action: 'user.invited', change, note, facts: { roles: ['a@1'] } })),
    )
    const view = await officer.audit.get({ id })
    expect(view).toMatchObject({ id, change, note, facts: { roles: ['a@1'] }, intact: true })
    const parsed = parseEntry(Buffer.from(view.canonical))
    expect(parsed).toMatchObject({ id, noteHash: view.noteHash })
    expect(await actionsOf(test, officer.userId)).toEqual([['audit.viewed', 'success']])
  })

  it('a note that was exchanged is not shown as the entry’s, and a redacted one is just gone', async () => {
    const officer = await signIn('privacy-officer')
    const append = (note: string) =>
      withTransaction(test.app.db, 'none', (tx) => test.app.audit.append(tx, draftOf({ note })))
    const [first, second] = [await append('first'), await append('second')]
    const notes = await owner.sql<{ entry_id: string; content: Buffer }[]>`
      select entry_id, content from audit_notes where entry_id in (${first}, ${second})`
    const superuser = test.database.open('chartward_owner', 1)
    await superuser.sql`set session_replication_role = replica`
    await superuser.sql`update audit_notes set content = (select content from audit_notes where entry_id = ${first})
      where entry_id = ${second}`
    expect(await officer.audit.get({ id: second })).toMatchObject({ note: null, intact: false })
    await owner.sql`delete from audit_notes where entry_id = ${first}`
    expect(await officer.audit.get({ id: first })).toMatchObject({
      note: null,
      noteHash: expect.any(String),
      intact: true,
    })
    // Put back: the integrity of the whole log is checked below.
    await owner.sql`delete from audit_notes where entry_id in (${first}, ${second})`
    for (const { entry_id, content } of notes)
      await owner.sql`insert into audit_notes (entry_id, content) values (${entry_id}, ${content})`
  })

  it('that is not there is NOT_FOUND, and the attempt is logged', async () => {
    const officer = await signIn('privacy-officer')
    await expect(officer.audit.get({ id: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await actionsOf(test, officer.userId)).toEqual([['audit.viewed', 'refused']])
  })
})

describe('proofs', () => {
  it('an entry is proven in the signed tree with what a reader has in hand', async () => {
    const officer = await signIn('privacy-officer')
    const ids = await appendEntries(test, 9)
    await sequenceAll(sequencer)
    for (const id of ids) {
      const { bytes, index, size, proof, checkpoint, verifierKey } = await officer.audit.proof({ id })
      const signed = await verifyCheckpoint(checkpoint, verifierKey)
      expect(signed.size).toBe(size)
      const hash = leafHash(fromBase64(bytes))
      const hashes = proof.map(fromBase64)
      expect(verifyInclusion({ index, size, leafHash: hash, proof: hashes, root: signed.root })).toBe(true)
      expect(parseEntry(fromBase64(bytes)).id).toBe(id)
    }
  })

  it('an entry that is not signed yet has none, and says so', async () => {
    const officer = await signIn('privacy-officer')
    const [id = ''] = await appendEntries(test, 1)
    await expect(officer.audit.proof({ id })).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
  })

  it('anybody signed in can hold the log to a head that they saw', async () => {
    const nurse = await signIn('nurse')
    await appendEntries(test, 3)
    await sequenceAll(sequencer)
    const before = await nurse.audit.head({})
    await appendEntries(test, 6)
    await sequenceAll(sequencer)
    const after = await nurse.audit.head({})
    const old = await verifyCheckpoint(before.checkpoint ?? '', before.verifierKey)
    const now = await verifyCheckpoint(after.checkpoint ?? '', before.verifierKey)
    const { proof } = await nurse.audit.consistency({ from: old.size, to: now.size })
    const claim = { size1: old.size, size2: now.size, root1: old.root, root2: now.root }
    expect(verifyConsistency({ ...claim, proof: proof.map(fromBase64) })).toBe(true)
    expect(toHex(old.root)).not.toBe(toHex(now.root))
    await expect(nurse.audit.consistency({ from: 1, to: now.size + 1000 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(nurse.audit.consistency({ from: 2, to: 1 })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('the head counts what waits to be sequenced', async () => {
    const nurse = await signIn('nurse')
    await sequenceAll(sequencer)
    expect(await nurse.audit.head({})).toMatchObject({ pending: 0 })
    await appendEntries(test, 4)
    // The first look is an entry too.
    expect(await nurse.audit.head({})).toMatchObject({ pending: 5 })
  })
})

describe('figures', () => {
  it('the histogram counts per day and outcome, with the empty days', async () => {
    const officer = await signIn('privacy-officer')
    const actor = { kind: 'system', name: 'figures' } as const
    await appendEntries(test, 3, { actor, at: '2026-03-02T10:00:00.000000Z' })
    await appendEntries(test, 2, { actor, at: '2026-03-02T23:59:59.999999Z', outcome: 'refused' })
    await appendEntries(test, 1, { actor, at: '2026-03-04T00:00:00.000000Z', outcome: 'failure' })
    await sequenceAll(sequencer)
    const range = { from: '2026-03-02T00:00:00Z', to: '2026-03-05T00:00:00Z', actorId: 'figures' }
    expect(await officer.audit.histogram({ ...range, bucket: 'day' })).toEqual({
      buckets: [
        { at: '2026-03-02T00:00:00.000Z', success: 3, failure: 0, refused: 2, asked: 0 },
        { at: '2026-03-03T00:00:00.000Z', success: 0, failure: 0, refused: 0, asked: 0 },
        { at: '2026-03-04T00:00:00.000Z', success: 0, failure: 1, refused: 0, asked: 0 },
      ],
    })
    const hours = await officer.audit.histogram({ ...range, bucket: 'hour', outcome: 'refused' })
    expect(hours.buckets).toHaveLength(72)
    expect(hours.buckets.filter(({ refused }) => refused > 0)).toEqual([
      { at: '2026-03-02T23:00:00.000Z', success: 0, failure: 0, refused: 2, asked: 0 },
    ])
    const long = { from: '2020-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z', bucket: 'hour' } as const
    await expect(officer.audit.histogram(long)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('the list of actions is the catalog of what can happen', async () => {
    const officer = await signIn('privacy-officer')
    expect(await officer.audit.actions({})).toContain('audit.searched')
  })
})

describe('integrity', () => {
  it('the whole log is checked, and the check is an entry', async () => {
    const officer = await signIn('privacy-officer')
    await logRows(test.app)
    await sequenceAll(sequencer)
    const report = await checked(officer)
    expect(report).toMatchObject({ ok: true, problems: [] })
    expect(report.checked).toBe(report.size)
    expect(await actionsOf(test, officer.userId)).toEqual([
      ['audit.check-asked', 'success'],
      ['work.viewed', 'success'],
    ])
    const [entry] = await auditEntries(test.app, 'audit.verified')
    expect(entry).toMatchObject({
      outcome: 'success',
      count: 0,
      resource: { type: 'AuditLog', id: null },
      facts: { askedBy: officer.userId },
      rows: [{ kind: 'work', version: 3 }],
    })
  })

  it('two who ask at once share one check', async () => {
    const [one, two] = [await signIn('privacy-officer'), await signIn('auditor')]
    const asked = await Promise.all([one.audit.askCheck({}), two.audit.askCheck({})])
    expect(new Set(asked.map(({ workId }) => workId)).size).toBe(1)
    expect(asked.map(({ joined }) => joined).toSorted()).toEqual([false, true])
    await finishWork(test.app, asked[0].workId)
    const [first, second] = await Promise.all(
      [one, two].map(({ audit }) => audit.check({ id: asked[0].workId })),
    )
    expect(first).toEqual(second)
  })

  it('what a superuser changed is named to the privacy officer', async () => {
    const officer = await signIn('privacy-officer')
    const [id = ''] = await appendEntries(test, 1)
    await logRows(test.app)
    await sequenceAll(sequencer)
    const change = (outcome: string) =>
      owner.sql.begin(async (sql) => {
        await sql`set local session_replication_role = replica`
        await sql`update audit_entries set outcome = ${outcome} where id = ${id}`
      })
    await change('refused')
    const { ok, problems } = await checked(officer)
    expect(ok).toBe(false)
    expect(problems).toMatchObject([{ code: 'column-changed', entryId: id }])
    await change('success')
  })
})

describe('who may not', () => {
  const calls = {
    search: (audit: Caller) => audit.search({}),
    histogram: (audit: Caller) => audit.histogram({ bucket: 'day' }),
    actions: (audit: Caller) => audit.actions({}),
    get: (audit: Caller) => audit.get({ id: newId() }),
    proof: (audit: Caller) => audit.proof({ id: newId() }),
    askCheck: (audit: Caller) => audit.askCheck({}),
    check: (audit: Caller) => audit.check({ id: newId() }),
  }
  type Caller = Awaited<ReturnType<typeof signIn>>['audit']

  it.each(['administrator', 'analyst', 'clinician', 'nurse', 'billing', 'patient'])(
    'a refused %s leaves an entry of each refusal',
    async (role) => {
      const person = await signIn(role)
      for (const call of Object.values(calls)) {
        await expect(call(person.audit)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      }
      const entries = await actionsOf(test, person.userId)
      expect(entries).toHaveLength(Object.keys(calls).length)
      expect(entries.every(([, outcome]) => outcome === 'refused')).toBe(true)
    },
  )

  it('nobody without a session reaches anything, the head included', async () => {
    const { audit } = callerFor(requestBy(test.app, null))
    for (const call of [...Object.values(calls), (caller: Caller) => caller.head({})]) {
      await expect(call(audit)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    }
  })
})
