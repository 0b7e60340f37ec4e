import { withTransaction } from '@chartward/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { guardRequest } from '../../guard/guard.ts'
import { endSessionsOf } from '../../sessions/sessions.ts'
import { refusalOf } from '../../testing/entries.ts'
import { signInAs, type TestSignIn } from '../../testing/sign-in.ts'
import type { TestApp } from '../../testing/test-app.ts'
import { createTestHouse } from '../exports/testing/house.ts'
import { Places } from './places.ts'
import { receiveUpload } from './receive.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestHouse()
})
afterAll(() => t.stop())

const TEXT = '{"resourceType":"Patient","id":"one"}\n'

/** Uploads a file; `meanwhile` happens while it is on its way. */
const uploadWhile = ({ context }: TestSignIn, meanwhile: () => Promise<void>) =>
  guardRequest(
    { ...context, requestId: newId() },
    { permission: 'import:upload:create', audit: 'import.uploaded', mode: 'change' },
    null,
    ({ ctx }) => {
      async function* body() {
        yield Buffer.from(TEXT)
        await meanwhile()
      }
      return receiveUpload({
        ctx,
        input: { source: 'lab', bytes: TEXT.length, body: body(), places: new Places() },
      })
    },
  )

describe('an upload that takes longer than its session', () => {
  it('is taken in where the time of the session was up meanwhile', async () => {
    const person = await signInAs(t.app, 'administrator')
    const { id } = await uploadWhile(person, async () => {
      t.now = new Date(t.now.getTime() + 16 * 60_000)
      expect(await person.context.signedIn()).toBeNull()
    })
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('is not where somebody has ended it', async () => {
    const person = await signInAs(t.app, 'administrator')
    const call = uploadWhile(person, async () => {
      await withTransaction(t.app.db, 'none', (tx) =>
        endSessionsOf(tx, t.app, person.userId, { reason: 'lockdown', by: null }),
      )
    })
    expect(await refusalOf(call)).toBe('UNAUTHENTICATED')
    expect(await t.app.db.sql`select from uploads where uploaded_by = ${person.userId}`).toHaveLength(0)
  })
})
