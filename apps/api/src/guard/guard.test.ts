import { schema, withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { ChartwardError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { auditEntries, refusalOf } from '../testing/entries.ts'
import { whileLogIsHeld, whileLogRefuses } from '../testing/log-unwritable.ts'
import { signInAs, type TestSignIn } from '../testing/sign-in.ts'
import { createTestApp, requestBy, type TestApp } from '../testing/test-app.ts'
import { changeProcedure, readProcedure } from '../trpc/procedure.ts'
import { createCallerFactory, router } from '../trpc/trpc.ts'
import { guardRequest, type VerbContext } from './guard.ts'
import type { RequestContext } from './request-context.ts'

let t: TestApp
let administrator: TestSignIn
let nurse: TestSignIn
beforeAll(async () => {
  t = await createTestApp({ connections: 20 })
  administrator = await signInAs(t.app, 'administrator')
  nurse = await signInAs(t.app, 'nurse')
})
afterAll(() => t.stop())

const SHOWN = { shown: 'what the verb has read' }

/**
 * What a probe's verb does: shows something, changes a user's row (a time in it) with its entry, changes it
 * without, or fails.
 */
type Act = 'show' | 'change' | 'change-unrecorded' | 'fail'
const input = z.strictObject({ userId: z.custom<UserId>(), name: z.string() })
type Input = z.output<typeof input>

const rename = (ctx: VerbContext<'user.deactivated'>, { userId, name }: Input, isRecorded: boolean) =>
  withTransaction(ctx.app.db, 'none', async (tx) => {
    await tx.orm
      .update(schema.users)
      .set({ lastSeenAt: new Date(name) })
      .where(eq(schema.users.id, userId))
    if (!isRecorded) return
    const change = { before: { status: 'active' }, after: { status: 'active' } }
    await ctx.entry.changed(tx, { change, patientId: null, records: null })
  })

const READ = { permission: 'account:user:list', audit: 'user.listed' } as const
const CHANGE = { permission: 'account:user:invite', audit: 'user.deactivated' } as const
const FOR_OTHERS = { permission: 'account:user:deactivate', audit: 'user.deactivated' } as const

/** The two doors: a procedure of tRPC and an HTTP route. Both must keep what the guard promises. */
const DOORS = {
  procedure: (request: RequestContext, act: Act, given: Input): Promise<unknown> => {
    const probes = router({
      show: readProcedure({ ...READ, input, output: z.any() }).query(() => SHOWN),
      fail: readProcedure({ ...READ, input, output: z.any() }).query(() => {
        throw new ChartwardError('CONFLICT')
      }),
      change: changeProcedure({ ...CHANGE, input, output: z.any() }).mutation(async ({ ctx, input }) => {
        await rename(ctx.verb, input, true)
        return SHOWN
      }),
      'change-unrecorded': changeProcedure({ ...CHANGE, input, output: z.any() }).mutation(
        async ({ ctx, input }) => {
          await rename(ctx.verb, input, false)
          return SHOWN
        },
      ),
    })
    return createCallerFactory(probes)(request)[act](given)
  },
  route: async (request: RequestContext, act: Act, given: Input): Promise<unknown> => {
    if (act === 'show' || act === 'fail') {
      return guardRequest(request, { ...READ, mode: 'read' }, given, async () => {
        if (act === 'fail') throw new ChartwardError('CONFLICT')
        return SHOWN
      })
    }
    return guardRequest(request, { ...CHANGE, mode: 'change' }, given, async ({ ctx }) => {
      await rename(ctx, given, act === 'change')
      return SHOWN
    })
  },
} as const

const by = ({ signedIn }: TestSignIn): RequestContext => requestBy(t.app, signedIn)
const fresh = async (): Promise<Input> => ({
  userId: (await signInAs(t.app, 'nurse')).userId,
  name: someTime(),
})
/** Another one each time: the random end of an id, as a time. */
const someTime = (): string => new Date(Number.parseInt(newId().slice(-8), 16) * 1_000).toISOString()
const nameOf = async (userId: UserId): Promise<string | undefined> =>
  (
    await t.app.db.orm.select().from(schema.users).where(eq(schema.users.id, userId))
  )[0]?.lastSeenAt?.toISOString()
const outcomesOf = async ({ requestId }: RequestContext): Promise<string[]> =>
  (await auditEntries(t.app))
    .filter((entry) => entry.requestId === requestId)
    .map(({ action, outcome }) => `${action} ${outcome}`)

describe.each(Object.entries(DOORS))('by a %s', (_, door) => {
  it('the answer of a read waits until its entry is committed', async () => {
    const request = by(administrator)
    const given = await fresh()
    const { early, outcome } = await whileLogIsHeld(t.database, () => door(request, 'show', given))
    expect(early).toBe(false)
    expect(outcome).toEqual({ status: 'fulfilled', value: SHOWN })
    expect(await outcomesOf(request)).toEqual(['user.listed success'])
  })

  it.each([
    ['of whoever has no session', () => requestBy(t.app, null), 'UNAUTHENTICATED'],
    ['of whoever may not', () => by(nurse), 'FORBIDDEN'],
  ] as const)('the refusal %s waits until it is committed', async (_who, requestOf, code) => {
    const request = requestOf()
    const given = await fresh()
    const { early, outcome } = await whileLogIsHeld(t.database, () => refusalOf(door(request, 'show', given)))
    expect(early).toBe(false)
    expect(outcome).toEqual({ status: 'fulfilled', value: code })
    expect(await outcomesOf(request)).toEqual(['user.listed refused'])
  })

  it('the failure of a verb waits until it is committed', async () => {
    const request = by(administrator)
    const given = await fresh()
    const { early, outcome } = await whileLogIsHeld(t.database, () => refusalOf(door(request, 'fail', given)))
    expect(early).toBe(false)
    expect(outcome).toEqual({ status: 'fulfilled', value: 'CONFLICT' })
    expect(await outcomesOf(request)).toEqual(['user.listed failure'])
  })

  it('a change waits until its entry is committed with it', async () => {
    const given = await fresh()
    const { early, outcome } = await whileLogIsHeld(t.database, () =>
      door(by(administrator), 'change', given),
    )
    expect(early).toBe(false)
    expect(outcome).toEqual({ status: 'fulfilled', value: SHOWN })
    expect(await nameOf(given.userId)).toBe(given.name)
  })

  it('where nothing can be appended, a read shows nothing', async () => {
    const given = await fresh()
    const code = await whileLogRefuses(t.database, () => refusalOf(door(by(administrator), 'show', given)))
    expect(code).toBe('UNAVAILABLE')
  })

  it('where nothing can be appended, nobody is told that they may not', async () => {
    const given = await fresh()
    for (const request of [by(nurse), requestBy(t.app, null)]) {
      const code = await whileLogRefuses(t.database, () => refusalOf(door(request, 'show', given)))
      expect(code).toBe('UNAVAILABLE')
    }
  })

  it('where nothing can be appended, a change is not made', async () => {
    const given = await fresh()
    const before = await nameOf(given.userId)
    const code = await whileLogRefuses(t.database, () => refusalOf(door(by(administrator), 'change', given)))
    expect(code).toBe('UNAVAILABLE')
    expect(await nameOf(given.userId)).toBe(before)
  })

  it('a change that records nothing fails', async () => {
    const request = by(administrator)
    expect(await refusalOf(door(request, 'change-unrecorded', await fresh()))).toBe('INTERNAL')
  })
})

describe('an act for others, of whom only the verb learns', () => {
  const act = async (
    request: RequestContext,
    given: Input,
    ask: ((ctx: VerbContext) => void) | null,
  ): Promise<unknown> =>
    guardRequest(request, { ...FOR_OTHERS, mode: 'change' }, given, async ({ ctx }) => {
      ask?.(ctx)
      await rename(ctx, given, true)
      return SHOWN
    })

  it('is done for somebody else', async () => {
    const given = await fresh()
    const ask = ({ separation }: VerbContext) => separation.require(given.userId)
    expect(await act(by(administrator), given, ask)).toBe(SHOWN)
    expect(await nameOf(given.userId)).toBe(given.name)
  })

  it('is refused where it is about oneself, among others too', async () => {
    const given = await fresh()
    for (const [one, ...more] of [[administrator.userId], [given.userId, administrator.userId]] as const) {
      const request = by(administrator)
      const ask = ({ separation }: VerbContext) => separation.require(one, ...more)
      expect(await refusalOf(act(request, given, ask))).toBe('SECOND_PERSON_REQUIRED')
      expect(await outcomesOf(request)).toEqual(['user.deactivated refused'])
    }
  })

  it('is undone where the verb has forgotten to ask', async () => {
    const given = await fresh()
    const before = await nameOf(given.userId)
    expect(await refusalOf(act(by(administrator), given, null))).toBe('INTERNAL')
    expect(await nameOf(given.userId)).toBe(before)
  })
})
