import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../app.ts'
import { fullySignedIn, newPerson, wait } from '../services/auth/testing/person.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

let t: TestApp
/** A process that is set to shorter sessions, and to two of them. */
let strict: App & { close(): Promise<void> }
beforeAll(async () => {
  t = await createTestApp()
  strict = await t.another({
    connections: 4,
    sessions: { idleMs: 5 * 60_000, absoluteMs: 60 * 60_000, perPerson: 2 },
  })
})
afterAll(async () => {
  await strict.close()
  await t.stop()
})

describe('a session that is set to be shorter', () => {
  it('ends so long after the last act, and so long after its beginning', async () => {
    const browser = await fullySignedIn(strict, await newPerson(strict))
    const begun = t.now.getTime()
    for (let minute = 0; minute < 59; minute += 4) {
      wait(t, 4 * 60_000)
      expect((await browser.context.signedIn()) !== null).toBe(t.now.getTime() - begun < 60 * 60_000)
    }
    const idle = await fullySignedIn(strict, await newPerson(strict))
    wait(t, 5 * 60_000)
    expect(await idle.context.signedIn()).toBeNull()
  })
})

it('of as many as a person may have, one more ends the oldest', async () => {
  const person = await newPerson(strict)
  const browsers = []
  for (let i = 0; i < 3; i += 1) {
    browsers.push(await fullySignedIn(strict, person))
    wait(t)
  }
  const open = await Promise.all(browsers.map(async ({ context }) => (await context.signedIn()) !== null))
  expect(open).toEqual([false, true, true])
})
