import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../core/ids.ts'
import { SESSION_COOKIE } from '../sessions/sessions.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { type Served, serveTest } from './testing/served.ts'

let t: TestApp
let served: Served
beforeAll(async () => {
  t = await createTestApp()
  served = await serveTest(t)
})
afterAll(async () => {
  await served.stop()
  await t.stop()
})

/** What the wire says of a call that is refused: the whole body, and what is in its error. */
const refused = async (role: string, path: string, input: object) => {
  const { token } = await signInAs(t.app, role)
  const { text } = await served.ask({
    method: 'POST',
    url: `/trpc/${path}`,
    body: JSON.stringify(input),
    headers: { 'content-type': 'application/json', cookie: `${SESSION_COOKIE}=${token}` },
  })
  const { error }: { error: { message: string; data: Record<string, unknown> } } = JSON.parse(text)
  return { text, data: error.data }
}

const administrator = 'administrator'
const reason = 'for the table'
const past = '2020-01-01T00:00:00.000Z'
const someone = async (): Promise<string> => (await signInAs(t.app, 'nurse')).userId

describe('an error over the wire', () => {
  it('of an address that is taken names the field and not the address', async () => {
    const email = `taken-${newId()}@example.test`
    const { token } = await signInAs(t.app, administrator)
    await served.ask({
      method: 'POST',
      url: '/trpc/users.invite',
      body: JSON.stringify({ email, displayName: 'Ada Bee' }),
      headers: { 'content-type': 'application/json', cookie: `${SESSION_COOKIE}=${token}` },
    })
    const { text, data } = await refused(administrator, 'users.invite', { email, displayName: 'Cy Dee' })
    expect(data).toMatchObject({ chartward: 'CONFLICT', field: 'email' })
    expect(text).not.toContain(email)
    expect(Object.keys(data).toSorted()).toEqual(['chartward', 'code', 'field', 'httpStatus', 'requestId'])
  })

  it('that only the server can know names the field that it is about', async () => {
    const userId = await someone()
    const told: [string, string, object, string, string][] = [
      [administrator, 'users.assignRole', { userId, role: 'nobody', reason }, 'NOT_FOUND', 'role'],
      [administrator, 'users.assignRole', { userId, role: 'nurse', reason }, 'CONFLICT', 'role'],
      [
        administrator,
        'users.assignRole',
        { userId, role: 'billing', reason, endsAt: past },
        'INVALID_INPUT',
        'endsAt',
      ],
      [
        administrator,
        'users.requestPractitionerLink',
        { userId, npi: '1234567893', reason },
        'NOT_FOUND',
        'npi',
      ],
      [
        'analyst',
        'exports.request',
        { purpose: 'For the table of errors', types: ['Patient'], asOf: '2020-01-01' },
        'INVALID_INPUT',
        'asOf',
      ],
      ['clinician', 'patients.search', { by: 'mrn', text: '--' }, 'INVALID_INPUT', 'text'],
      ['nurse', 'auth.stepUp', { code: '000000' }, 'WRONG_CODE', 'code'],
    ]
    for (const [role, path, input, chartward, field] of told) {
      const { data } = await refused(role, path, input)
      expect([path, data.chartward, data.field]).toEqual([path, chartward, field])
    }
  })

  it('that is about no field names none', async () => {
    const { data } = await refused('nurse', 'users.list', {})
    expect(data).toMatchObject({ chartward: 'FORBIDDEN', field: null })
  })
})
