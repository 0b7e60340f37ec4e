import type { Action, Actor, AuditEntryBase } from '@chartward/audit'
import type { Transaction } from '@chartward/db'
import type { SessionId, UserId } from '@chartward/policy'
import type { Draft } from '../../audit/entry.ts'
import { type ChartwardCode, ChartwardError } from '../../core/errors.ts'
import type { RequestContext } from '../../guard/request-context.ts'
import type { SessionStage, SignedIn } from '../../sessions/session.ts'
import { toChartwardError } from '../../trpc/to-chartward-error.ts'
import { countSecret } from './secret-rate.ts'

type Facts = AuditEntryBase['facts']

/** What was refused before it was tried; every other error is an attempt that failed. */
const REFUSALS: ReadonlySet<ChartwardCode> = new Set([
  'UNAUTHENTICATED',
  'FACTOR_REQUIRED',
  'ENROLMENT_REQUIRED',
  'LOCKED_OUT',
  'TOO_MANY_REQUESTS',
  'CONFLICT',
])

/** The audit entry of one step of sign-in, filled in as it becomes known who is there. */
export class AuthEntry {
  readonly #request: RequestContext
  readonly #action: Action
  #actor: Actor = { kind: 'anonymous' }
  #sessionId: SessionId | null = null
  #userId: UserId | null = null
  #facts: Facts = {}

  constructor(request: RequestContext, action: Action) {
    this.#request = request
    this.#action = action
  }

  /** The account that it is about: not yet who is there. */
  about(userId: UserId): void {
    this.#userId = userId
  }

  /** Who is there: somebody who has given a password, a factor or an invitation of this account. */
  by(userId: UserId, sessionId: SessionId | null): void {
    this.#actor = { kind: 'user', id: userId }
    this.#userId = userId
    this.#sessionId = sessionId
  }

  /** Whose account it is, as far as it is known. */
  get userId(): UserId | null {
    return this.#userId
  }

  fact(facts: Facts): void {
    this.#facts = { ...this.#facts, ...facts }
  }

  draft(outcome: AuditEntryBase['outcome'], reason: string | null, action: Action = this.#action): Draft {
    return {
      action,
      outcome,
      reason,
      actor: this.#actor,
      sessionId: this.#sessionId,
      requestId: this.#request.requestId,
      resource: { type: 'user', id: this.#userId },
      facts: this.#facts,
      ip: this.#request.ip,
      userAgent: this.#request.userAgent,
    }
  }

  /** The step's success, in the transaction of what it changes. */
  async succeed(
    tx: Transaction,
    more: Pick<Draft, 'change' | 'note'> & { readonly action?: Action } = {},
  ): Promise<void> {
    const { action, ...rest } = more
    await this.#request.app.audit.append(tx, { ...this.draft('success', null, action), ...rest })
  }
}

/** Steps that look at no secret. */
const WITHOUT_SECRET: ReadonlySet<Action> = new Set([
  'auth.sign-out',
  'auth.factor.enrol-start',
  'access.explained',
])

/**
 * Runs one step of sign-in, counted where it looks at a secret. Whatever it throws is written first, in a
 * transaction of its own.
 */
export const authStep = async <T>(
  ctx: RequestContext,
  action: Action,
  run: (entry: AuthEntry) => Promise<T>,
): Promise<T> => {
  const entry = new AuthEntry(ctx, action)
  try {
    if (!WITHOUT_SECRET.has(action)) await countSecret(ctx)
    return await run(entry)
  } catch (error) {
    const { code } = toChartwardError(error)
    const outcome = code === 'STEP_UP_REQUIRED' ? 'asked' : REFUSALS.has(code) ? 'refused' : 'failure'
    await ctx.app.refusals.commit(entry.draft(outcome, code))
    throw error
  }
}

/**
 * Who makes the request, if their sign-in stands at `stage`; else throws the error that says what comes
 * first.
 */
export const requireStage = async (
  ctx: RequestContext,
  entry: AuthEntry,
  stage: SessionStage,
): Promise<SignedIn> => {
  const signedIn = await ctx.signedIn()
  if (signedIn === null) throw new ChartwardError('UNAUTHENTICATED')
  const { session } = signedIn
  entry.by(session.userId, session.id)
  if (session.stage === stage) return signedIn
  if (session.stage === 'factor') throw new ChartwardError('FACTOR_REQUIRED')
  if (session.stage === 'enrol') throw new ChartwardError('ENROLMENT_REQUIRED')
  throw new ChartwardError('CONFLICT', 'You are signed in already.')
}
