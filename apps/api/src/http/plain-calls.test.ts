import { builtInRoles } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../core/ids.ts'
import { SESSION_COOKIE } from '../sessions/sessions.ts'
import { auditEntries } from '../testing/entries.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { type Served, serveTest } from './testing/served.ts'

let test: TestApp
let served: Served
let cookie: string

beforeAll(async () => {
  test = await createTestApp()
  served = await serveTest(test)
  const { token } = await signInAs(test.app, builtInRoles.clinician.name)
  cookie = `${SESSION_COOKIE}=${token}`
})
afterAll(async () => {
  await served?.stop()
  await test?.stop()
})

/** What is asked of it makes tRPC read the request and write the answer itself. */
const BY_TRPC = { 'trpc-accept': 'application/json' }

const record = { patientId: newId(), id: newId() }
const many = (count: number) => Array.from({ length: count }, () => 'auth.passwordRules').join()

const REQUESTS: readonly (readonly [what: string, path: string, body: string])[] = [
  ['one call', 'auth.session', '{}'],
  ['a batch of one', 'auth.session?batch=1', '{"0":{}}'],
  ['a batch of several', 'auth.session,auth.passwordRules?batch=1', '{"0":{},"1":{}}'],
  ['a call that is refused', 'records.get', JSON.stringify(record)],
  ['one that is not permitted', 'users.list', '{}'],
  ['a batch of which some are refused', 'auth.session,records.get?batch=1', JSON.stringify({ 1: record })],
  ['an input that does not fit', 'records.get', '{"patientId":"x","id":"y","more":1}'],
  ['an input in a batch that is not there', 'records.get,auth.session?batch=1', '{"1":{}}'],
  ['a list for an input', 'records.get', '[]'],
  ['null for an input', 'records.get', 'null'],
  ['a number for an input', 'records.get', '7'],
  ['what is no JSON', 'records.get', '{"patientId"'],
  ['no body', 'records.get', ''],
  ['a batch whose body is a list', 'auth.session,auth.session?batch=1', '[{},{}]'],
  ['a batch whose body is null', 'auth.session?batch=1', 'null'],
  ['a batch whose body is a text', 'auth.session?batch=1', '"0"'],
  ['a key that every object has', 'records.get', '{"__proto__":{"patientId":"x"}}'],
  ['such a key in a batch', 'records.get?batch=1', '{"__proto__":{"0":{}}}'],
  ['a procedure that is not there', 'records.nothing', '{}'],
  ['one in a batch that is not there', 'auth.session,records.nothing?batch=1', '{"0":{}}'],
  ['what every object has for a procedure', 'constructor', '{}'],
  ['a router for a procedure', 'records', '{}'],
  ['several in what is no batch', 'auth.session,auth.passwordRules', '{}'],
  ['nothing behind a comma', 'auth.session,?batch=1', '{"0":{}}'],
  ['queries and changes together', 'auth.session,auth.signOut?batch=1', '{"0":{},"1":{}}'],
  ['as many as a request may have', `${many(40)}?batch=1`, '{}'],
  ['more than a request may have', `${many(41)}?batch=1`, '{}'],
  ['another query', 'auth.session?batch=0', '{}'],
  ['a batch that is asked for twice', 'auth.session?batch=1&batch=1', '{"0":{}}'],
]

const answered = async (path: string, body: string, headers: Record<string, string>) => {
  const before = await auditEntries(test.app)
  const answer = await served.ask({
    url: `/trpc/${path}`,
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, ...headers },
    body,
  })
  const entries = (await auditEntries(test.app)).slice(before.length)
  return {
    status: answer.status,
    said: JSON.parse(answer.text.replace(/"requestId":"[^"]+"/g, '"requestId":"…"')),
    type: String(answer.headers['content-type']).replace('; charset=utf-8', ''),
    vary: answer.headers.vary,
    entries: entries.map(({ action, outcome, reason }) => [action, outcome, reason]),
  }
}

describe('a request that is read without tRPC', () => {
  it.each(REQUESTS)('is answered, and kept in the log, as tRPC would: %s', async (_, path, body) => {
    expect(await answered(path, body, {})).toEqual(await answered(path, body, BY_TRPC))
  })

  it.each([
    ['auth.session', '{}'],
    ['auth.session,auth.passwordRules?batch=1', '{"0":{},"1":{}}'],
  ])('says how long its answer is: %s', async (path, body) => {
    const ask = (headers: Record<string, string>) =>
      served.ask({
        url: `/trpc/${path}`,
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie, ...headers },
        body,
      })
    // This is what tells the two ways apart: the other one sends a stream.
    const plain = await ask({})
    expect(plain.headers['content-length']).toBe(String(Buffer.byteLength(plain.text)))
    expect((await ask(BY_TRPC)).headers['content-length']).toBeUndefined()
  })
})
