import { schema, withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../core/ids.ts'
import { actionsOf, appendEntries } from '../sequencer/testing/log-kit.ts'
import { whileLogIsHeld, whileLogRefuses } from '../testing/log-unwritable.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, requestBy, type TestApp } from '../testing/test-app.ts'
import { downloadAccesses } from './access-file.ts'

let test: TestApp
let patientId: PatientId
const by = newId()

/** More than are in memory at a time. */
const MANY = 1_203

beforeAll(async () => {
  test = await createTestApp()
  patientId = newId()
  await withTransaction(test.app.db, [patientId], (tx) =>
    tx.orm.insert(schema.patients).values({ id: patientId }),
  )
  const actor = { kind: 'user', id: by } as const
  await appendEntries(test, MANY, { action: 'record.viewed', actor, patientId })
})
afterAll(() => test.stop())

const collect = async (chunks: AsyncIterable<string>): Promise<string> => {
  let text = ''
  for await (const chunk of chunks) text += chunk
  return text
}

const download = async (query: object = {}, role = 'privacy-officer') => {
  const { userId, context } = await signInAs(test.app, role)
  return { userId, file: downloadAccesses({ request: context, params: { id: patientId }, query }) }
}

const linesOf = async (query: object = {}): Promise<string[]> => {
  const { chunks } = await (await download(query)).file
  return (await collect(chunks)).split('\r\n').slice(0, -1)
}

describe('who saw a patient, as a file', () => {
  it('has every access once, under a line of names', async () => {
    const [names = '', ...lines] = await linesOf({ actorId: by })
    expect(names.split(',').slice(0, 3)).toEqual(['time_utc', 'person', 'person_id'])
    const at = names.split(',').indexOf('entry_id')
    expect(new Set(lines.map((line) => line.split(',')[at])).size).toBe(MANY)
    expect(lines).toHaveLength(MANY)
  })

  it('has no entry before the entry of the download is committed, and is kept by nobody', async () => {
    const { userId, context } = await signInAs(test.app, 'privacy-officer')
    const { early, outcome } = await whileLogIsHeld(test.database, () =>
      downloadAccesses({ request: context, params: { id: patientId }, query: {} }),
    )
    expect(early).toBe(false)
    if (outcome.status === 'rejected') throw outcome.reason
    expect(await actionsOf(test, userId)).toEqual([['audit.accesses-exported', 'success']])
    expect(outcome.value.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="chartward-accesses-${patientId}-0.csv"`,
    })
  })

  it('opens in a spreadsheet without running what somebody typed, and keeps every letter', async () => {
    const { userId } = await signInAs(test.app, 'clinician', { displayName: '=HYPERLINK("http://x")' })
    const actor = { kind: 'user', id: userId } as const
    const note = '+49 zurückrufen, "bitte"'
    await appendEntries(test, 1, { action: 'patient.viewed', actor, patientId, note })
    const [, line = '', ...more] = await linesOf({ actorId: userId })
    expect(more).toEqual([])
    expect(line).toContain(`,"'=HYPERLINK(""http://x"")",`)
    expect(line).toContain(`,"'+49 zurückrufen, ""bitte""",`)
  })

  it('is narrowed by action and time', async () => {
    expect(await linesOf({ actorId: by, action: 'patient.viewed' })).toHaveLength(1)
    expect(await linesOf({ actorId: by, to: '2020-01-01T00:00:00Z' })).toHaveLength(1)
  })
})

describe('who may not', () => {
  it('nobody gets a byte where the entry of the download can not be written', async () => {
    const { context } = await signInAs(test.app, 'privacy-officer')
    const attempt = () => downloadAccesses({ request: context, params: { id: patientId }, query: {} })
    await expect(whileLogRefuses(test.database, attempt)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('a privacy officer without a fresh factor has to step up first, and was not refused', async () => {
    const { userId, context } = await signInAs(test.app, 'privacy-officer', { factorAt: null })
    const file = downloadAccesses({ request: context, params: { id: patientId }, query: {} })
    await expect(file).rejects.toMatchObject({ code: 'STEP_UP_REQUIRED' })
    expect(await actionsOf(test, userId)).toEqual([['audit.accesses-exported', 'asked']])
  })

  it.each(['administrator', 'auditor', 'security-officer', 'clinician', 'analyst'])(
    'a %s is refused, and it is logged',
    async (role) => {
      const { userId, file } = await download({}, role)
      await expect(file).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect(await actionsOf(test, userId)).toEqual([['audit.accesses-exported', 'refused']])
    },
  )

  it('nobody without a session gets anything', async () => {
    const request = requestBy(test.app, null)
    const file = downloadAccesses({ request, params: { id: patientId }, query: {} })
    await expect(file).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('an address that names no patient, or more than a period, person and action, is none', async () => {
    const { context } = await signInAs(test.app, 'privacy-officer')
    const of = (params: object, query: object) => downloadAccesses({ request: context, params, query })
    await expect(of({ id: newId() }, {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(of({ id: 'somebody' }, {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
    for (const query of [{ name: 'Smith' }, { from: 'yesterday' }, { action: 'user.viewed' }])
      await expect(of({ id: patientId }, query)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})
