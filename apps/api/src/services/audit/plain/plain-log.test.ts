import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  ACTIONS,
  type Action,
  type ActionSpec,
  type EntryChange,
  isAction,
  type Outcome,
} from '@chartward/audit'
import { testServer } from '@chartward/db/testing'
import type { PatientId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Draft } from '../../../audit/entry.ts'
import { newId } from '../../../core/ids.ts'
import { auditEntries } from '../../../testing/entries.ts'
import { createTestApp, type TestApp } from '../../../testing/test-app.ts'
import { type PlainAction, plainAction } from './plain-action.ts'
import { type PlainEntry, plainLines } from './plain-log.ts'

const KEYS = [
  'timestamp',
  'user_id',
  'action',
  'event_type',
  'resource_type',
  'resource_id',
  'patient_id',
  'ip_address',
  'user_agent',
  'success',
  'justification',
]

/**
 * By hand: what a success of each action is to another system. The rest are changes, told by what they left.
 */
const SUCCESSES: Readonly<Record<PlainAction, readonly Action[]>> = {
  VIEW: [
    'key.listed',
    'key.rotation-viewed',
    'key.search-viewed',
    'shred.viewed',
    'shred.listed',
    'shred.certificate-viewed',
    'backup.listed',
    'auth.invitation.viewed',
    'auth.password.reset-viewed',
    'account.viewed',
    'devices.listed',
    'people.listed',
    'people.viewed',
    'decision.explained',
    'decision.readers-listed',
    'role.listed',
    'role.viewed',
    'role.compared',
    'role.replayed',
    'patient.emergency-searched',
    'patient-account.viewed',
    'patient.accesses-viewed',
    'care.cover.listed',
    'care.window.viewed',
    'break-glass.listed',
    'break-glass.viewed',
    'auth.factor-reset.viewed',
    'factor.listed',
    'notices.listed',
    'user.viewed',
    'user.listed',
    'sessions.listed',
    'approval.listed',
    'claim.searched',
    'approval.viewed',
    'patient.searched',
    'patient.listed',
    'patient.viewed',
    'record.listed',
    'record.viewed',
    'care.relationship.listed',
    'export.listed',
    'export.viewed',
    'audit.searched',
    'audit.viewed',
    'audit.proof-viewed',
    'audit.accesses-viewed',
    'audit.verified',
    'work.listed',
    'work.viewed',
    'key.provider-viewed',
    'import.listed',
    'import.viewed',
    'home.viewed',
    'access.exceeded',
    'request.refused',
  ],
  CREATE: [
    'auth.sign-in.password',
    'auth.sign-in.totp',
    'auth.sign-in.passkey',
    'auth.sign-in.recovery-code',
    'auth.factor.enrol-start',
    'auth.password.reset-asked',
    'auth.password.reset-started',
    'record.imported',
    'installation.initialised',
    'installation.demo-loaded',
    'import.started',
    'import.finished',
    'import.server-known',
    'import.rejected-resource',
    'audit.check-asked',
    'access.explained',
  ],
  UPDATE: [
    'auth.step-up',
    'auth.password.set',
    'auth.password.changed',
    'auth.password.reset',
    'auth.authenticator.rebound',
    'auth.factor.enrolled',
    'audit.rows.committed',
    'audit.writer.counted',
    'audit.writer.closed',
    'record.withdrawn',
    'export.build-begun',
    'work.begun',
    'work.done',
    'work.failed',
    'key.rewrapped',
    'key.resealed',
    'key.records-resealed',
    'work.cancel-asked',
    'work.cancelled',
    'installation.recovered',
    'mail.undeliverable',
  ],
  DELETE: ['auth.sign-out', 'auth.session.ended'],
  EXPORT: [
    'export.downloaded',
    'mail.sent',
    'export.patients-read',
    'deid.started',
    'deid.finished',
    'audit.exported',
    'audit.accesses-printed',
    'audit.accesses-exported',
    'record.taken-away',
    'bundle.signed',
  ],
  DENIED: ['auth.lockout', 'auth.passkey.suspected', 'auth.authenticator.refused'],
}

const actions = Object.keys(ACTIONS).filter(isAction)
const specOf = (action: Action): ActionSpec => ACTIONS[action]
const made: EntryChange = { before: null, after: {} }
const changed: EntryChange = { before: {}, after: {} }
const removed: EntryChange = { before: {}, after: null }

describe('an action in six words', () => {
  const listed = Object.values(SUCCESSES).flat()

  it('is decided by hand for each that is no change, and for no other', () => {
    const without = actions.filter((action) => specOf(action).change === 'none')
    expect(listed.toSorted()).toEqual(without.toSorted())
  })

  it.each(Object.entries(SUCCESSES).flatMap(([word, of]) => of.map((action) => [action, word] as const)))(
    '%s is %s',
    (action, word) => expect(plainAction({ action, outcome: 'success', change: null })).toBe(word),
  )

  it.each(actions.filter((action) => specOf(action).change === 'required'))(
    '%s is what it left',
    (action) => {
      expect(plainAction({ action, outcome: 'success', change: made })).toBe('CREATE')
      expect(plainAction({ action, outcome: 'success', change: changed })).toBe('UPDATE')
      expect(plainAction({ action, outcome: 'success', change: removed })).toBe('DELETE')
      expect(plainAction({ action, outcome: 'failure', change: null })).toMatch(/^(UPDATE|DENIED)$/)
    },
  )

  it.each(actions)('%s is DENIED where it was refused, and where a code was asked for first', (action) => {
    expect(plainAction({ action, outcome: 'refused', change: null })).toBe('DENIED')
    expect(plainAction({ action, outcome: 'asked', change: null })).toBe('DENIED')
  })
})

describe('the plain export', () => {
  let test: TestApp
  let folder: string
  const patientId: PatientId = newId()
  const userId = newId()

  /** An entry of the action as the application writes one. */
  const draft = (action: Action, outcome: Outcome): Draft => {
    const { change, patient, records } = specOf(action)
    const done = outcome === 'success'
    return {
      action,
      outcome,
      actor: { kind: 'user', id: userId },
      resource: { type: 'Thing', id: newId() },
      patientId: done && patient === 'required' ? patientId : null,
      records: done && records === 'required' ? { digest: '0'.repeat(64), count: 1 } : null,
      change: done && change === 'required' ? changed : null,
      ip: '10.0.0.7',
      userAgent: 'a browser',
    }
  }

  const read = async (options: Partial<Parameters<typeof plainLines>[1]> = {}): Promise<PlainEntry[]> => {
    const { sql } = test.database.open('chartward_auditor', 1)
    const entries: PlainEntry[] = []
    const all = { from: null, to: null, readNote: async () => null, onMalformed: () => undefined, ...options }
    for await (const line of plainLines(sql, all)) entries.push(JSON.parse(line))
    return entries
  }

  beforeAll(async () => {
    test = await createTestApp()
    folder = await mkdtemp(join(tmpdir(), 'chartward-plain-'))
    for (const action of actions)
      for (const outcome of ['success', 'failure', 'refused', 'asked'] as const)
        await test.app.audit.commit(draft(action, outcome))
    await test.app.audit.commit({ ...draft('patient.viewed', 'success'), note: 'because I may' })
    await test.app.audit.commit({
      ...draft('home.viewed', 'success'),
      actor: { kind: 'service', name: 'import' },
    })
    await test.app.audit.commit({ ...draft('home.viewed', 'failure'), actor: { kind: 'anonymous' } })
  })
  afterAll(async () => {
    await test.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('has each entry once, in order, with exactly the eleven keys', async () => {
    const entries = await read()
    const logged = await auditEntries(test.app)
    expect(entries.map(({ event_type, success }) => [event_type, success])).toEqual(
      logged.map(({ action, outcome }) => [action, outcome === 'success']),
    )
    for (const entry of entries) expect(Object.keys(entry)).toEqual(KEYS)
    const last = logged.at(-3)
    expect(entries.at(-3)).toEqual({
      timestamp: last?.at,
      user_id: userId,
      action: 'VIEW',
      event_type: 'patient.viewed',
      resource_type: 'Thing',
      resource_id: last?.resource.id,
      patient_id: patientId,
      ip_address: '10.0.0.7',
      user_agent: 'a browser',
      success: true,
      justification: null,
    })
    expect(entries.slice(-2).map(({ user_id }) => user_id)).toEqual(['service:import', null])
  })

  it('is read a page at a time, by the auditor’s login, which can write nothing', async () => {
    const many = await createTestApp()
    await Promise.all(
      Array.from({ length: 2_300 }, () => many.app.audit.commit(draft('home.viewed', 'success'))),
    )
    const { sql } = many.database.open('chartward_auditor', 1)
    let lines = 0
    for await (const _ of plainLines(sql, {
      from: null,
      to: null,
      readNote: async () => null,
      onMalformed: () => undefined,
    }))
      lines++
    await expect(sql`delete from audit_entries`).rejects.toThrow('permission denied')
    await many.stop()
    expect(lines).toBe(2_300)
  })

  it('goes from a moment on, up to and without another', async () => {
    const all = await read()
    const middle = new Date(all[60]?.timestamp ?? '')
    const parts = [await read({ to: middle }), await read({ from: middle })]
    expect(parts.flat()).toHaveLength(all.length)
    expect(parts[0]?.every(({ timestamp }) => new Date(timestamp) < middle)).toBe(true)
    expect(parts[1]?.length).toBeGreaterThan(0)
  })

  it('says of an entry whose bytes were changed what its columns say, and counts it', async () => {
    const owner = test.database.open('chartward_owner', 1)
    const [row] = await owner.sql<
      { id: string; bytes: Buffer }[]
    >`select id, bytes from audit_entries order by id limit 1`
    await owner.sql`set session_replication_role = replica`
    await owner.sql`update audit_entries set bytes = '{}' where id = ${row?.id ?? ''}`
    let malformed = 0
    const [first] = await read({ onMalformed: () => void malformed++ })
    await owner.sql`update audit_entries set bytes = ${row?.bytes ?? null} where id = ${row?.id ?? ''}`
    expect(malformed).toBe(1)
    expect(first).toMatchObject({ event_type: actions[0], user_agent: null, success: true })
  })

  const chartward = async (...args: string[]): Promise<{ code: unknown; out: string; err: string }> => {
    const url = (login: 'chartward_app' | 'chartward_auditor') =>
      `${test.database.url(login)}${testServer().roleByParameter ? `?role=${login}` : ''}`
    const env = {
      DATABASE_URL: url('chartward_app'),
      CHARTWARD_AUDITOR_DATABASE_URL: url('chartward_auditor'),
      CHARTWARD_KEYS: dirname(test.files.kms),
    }
    const main = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url))
    return new Promise((resolve) => {
      execFile(process.execPath, [main, ...args], { env, maxBuffer: 64 * 1024 * 1024 }, (error, out, err) =>
        resolve({ code: error?.code ?? 0, out, err }),
      )
    })
  }

  it('by the command line has justifications where the keys are, and an entry of its own before the first line', async () => {
    const file = join(folder, 'log.ndjson')
    const before = (await auditEntries(test.app, 'audit.exported')).length
    expect(await chartward('log', 'export', '--plain', '--out', file)).toMatchObject({ code: 0, out: '' })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const entries: PlainEntry[] = (await readFile(file, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(
      entries.filter(({ justification }) => justification !== null).map(({ justification }) => justification),
    ).toEqual(['because I may'])
    expect(entries.at(-1)).toMatchObject({
      event_type: 'audit.exported',
      action: 'EXPORT',
      user_id: 'system:log-export',
    })
    expect(await auditEntries(test.app, 'audit.exported')).toHaveLength(before + 1)
    const again = await chartward('log', 'export', '--plain', '--out', file)
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('is not written over') })
  })

  it('without the keys has none, says so, and writes no entry', async () => {
    const before = await auditEntries(test.app)
    await rename(test.files.kms, `${test.files.kms}.away`)
    try {
      const { code, out, err } = await chartward('log', 'export', '--plain')
      expect(code).toBe(0)
      expect(out.trimEnd().split('\n')).toHaveLength(before.length)
      expect(out).not.toContain('because I may')
      expect(err).toContain('no justification can be read, and this export writes no audit entry')
    } finally {
      await rename(`${test.files.kms}.away`, test.files.kms)
    }
    expect(await auditEntries(test.app)).toHaveLength(before.length)
  })

  it.each([
    [['--csv'], 'unknown option'],
    [['--from', 'yesterday', '--plain'], 'A time is a day'],
    [[], 'Say --plain'],
  ])('%s is an error that says what to do', async (options, text) => {
    const { code, out, err } = await chartward('log', 'export', ...options)
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(err).toContain(text)
  })
})
