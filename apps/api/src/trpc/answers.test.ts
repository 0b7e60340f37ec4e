import { Writable } from 'node:stream'
import { withTransaction } from '@chartward/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { createLogger } from '../core/log.ts'
import type { RequestContext } from '../guard/request-context.ts'
import { auditEntries, refusalOf } from '../testing/entries.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, requestBy, type TestApp } from '../testing/test-app.ts'
import { changeProcedure, openProcedure, readProcedure } from './procedure.ts'
import { createCallerFactory, router } from './trpc.ts'

const SECRET = 'Doe-Sentinel-19570309'

/**
 * What a careless verb gives: its type allows the key, since it is no literal that TypeScript
 * would look through.
 */
const answer = { shown: true, [SECRET]: SECRET, ssn: SECRET }
const nested = { items: [answer] }

const input = z.optional(z.strictObject({}))
const output = z.strictObject({ shown: z.boolean() })

const callerFor = createCallerFactory(
  router({
    open: openProcedure({ input, output }).query(() => answer),
    read: readProcedure({ permission: 'home:summary:read', audit: 'home.viewed', input, output }).query(
      ({ ctx }) => {
        ctx.verb.entry.shown({ count: 1 })
        return answer
      },
    ),
    list: readProcedure({
      permission: 'home:summary:read',
      audit: 'home.viewed',
      input,
      output: z.strictObject({ items: z.array(output) }),
    }).query(() => nested),
    byTest: readProcedure({
      permission: 'home:summary:read',
      audit: 'home.viewed',
      input,
      output,
      proven: 'by test',
    }).query(() => answer),
    change: changeProcedure({
      permission: 'account:user:invite',
      audit: 'user.deactivated',
      input,
      output,
    }).mutation(async ({ ctx }) => {
      await withTransaction(ctx.app.db, 'none', (tx) =>
        ctx.verb.entry.changed(tx, {
          change: { before: { status: 'active' }, after: { status: 'deactivated' } },
          patientId: null,
          records: null,
        }),
      )
      return answer
    }),
  }),
)

let test: TestApp
let logged = ''

beforeAll(async () => {
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      logged += String(chunk)
      done()
    },
  })
  test = await createTestApp({ log: createLogger('info', destination) })
})
afterAll(() => test.stop())

const as = async (
  role: string,
): Promise<{ context: RequestContext; caller: ReturnType<typeof callerFor> }> => {
  const context = requestBy(test.app, (await signInAs(test.app, role)).signedIn)
  return { context, caller: callerFor(context) }
}

const entriesOf = async ({ requestId }: RequestContext) =>
  (await auditEntries(test.app)).filter((entry) => entry.requestId === requestId)

describe('an answer with one key too many', () => {
  it.each(['read', 'list'] as const)(
    'does not leave, and the entry of a %s says that it failed',
    async (name) => {
      const { context, caller } = await as('nurse')
      expect(await refusalOf(caller[name]())).toBe('INTERNAL')
      const entries = await entriesOf(context)
      expect(entries.map(({ outcome, reason, count }) => [outcome, reason, count])).toEqual([
        ['failure', 'INTERNAL', null],
      ])
      expect(JSON.stringify(entries)).not.toContain(SECRET)
    },
  )

  it('does not leave a change, whose entry stands, since it was made; a second one says that the request failed', async () => {
    const { context, caller } = await as('administrator')
    expect(await refusalOf(caller.change())).toBe('INTERNAL')
    expect((await entriesOf(context)).map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['success', expect.anything()],
      ['failure', 'INTERNAL'],
    ])
  })

  it('does not leave a step of signing in', async () => {
    expect(await refusalOf(callerFor(requestBy(test.app, null)).open())).toBe('INTERNAL')
  })

  it('says nothing of itself to the caller or in the log', async () => {
    const { caller } = await as('nurse')
    const told = await caller.read().catch((error: Error) => error.message)
    expect(told).toBe('Something went wrong on our side.')
    expect(logged).toContain('request failed')
    expect(logged).not.toContain(SECRET)
  })

  it('leaves a procedure that is proven by test: hot-reads.test.ts is what holds it back', async () => {
    const { caller } = await as('nurse')
    expect(await caller.byTest()).toEqual(answer)
  })
})

describe('a procedure', () => {
  const guarded = { permission: 'home:summary:read', audit: 'home.viewed' } as const

  it('can not be built without both schemas, nor have a verb that gives something else', () => {
    // @ts-expect-error no output
    expect(() => readProcedure({ ...guarded, input })).toThrow()
    // @ts-expect-error no input
    expect(() => changeProcedure({ ...guarded, output })).toThrow()
    // @ts-expect-error neither
    expect(() => openProcedure({})).toThrow()
    // @ts-expect-error what the verb gives is not what the schema says
    readProcedure({ ...guarded, input, output }).query(() => ({ shown: 'yes' }))
  })
})
