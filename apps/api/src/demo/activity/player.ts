import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { ChartwardCode } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { RequestContext } from '../../guard/request-context.ts'
import { appRouter } from '../../router.ts'
import { totpCode } from '../../services/auth/totp.ts'
import type { SignedIn } from '../../sessions/session.ts'
import { findSignedIn } from '../../sessions/sessions.ts'
import { toChartwardError } from '../../trpc/to-chartward-error.ts'
import { createCallerFactory } from '../../trpc/trpc.ts'
import type { SimulatedClock } from './clock.ts'

const callerOf = createCallerFactory(appRouter)
type Caller = ReturnType<typeof callerOf>

/** A session ends after 15 minutes without its person, and after 8 hours: nobody goes on just before. */
const IDLE_MS = 13 * 60_000
const SESSION_MS = 7.9 * 60 * 60_000
const TOTP_MS = 30_000

/** Where somebody sits, and with which browser. */
export interface Seat {
  readonly ip: string
  readonly userAgent: string
}

/** What somebody signs in with. */
export interface Credentials {
  readonly email: string
  readonly password: string
  readonly totpSecret: string
}

interface PlayerOptions {
  readonly app: App
  readonly clock: SimulatedClock
  readonly id: UserId
  readonly credentials: Credentials
  readonly seat: Seat
}

/**
 * A person of the demo at their browser. All that they do goes by the router's own procedures, in a session
 * that they have signed in to with password and code; a fresh code is given where one is asked for.
 */
export class Player {
  readonly id: UserId
  /** The patients in their care, as they last saw them listed. */
  patients: readonly string[] = []
  readonly #app: App
  readonly #clock: SimulatedClock
  #credentials: Credentials
  readonly #desk: Seat
  #seat: Seat
  #token: string | null = null
  /** What each browser that they sit at keeps to be known again by. */
  readonly #devices = new Map<string, string>()
  #since = 0
  #last = 0
  #codeStep = 0

  constructor({ app, clock, id, credentials, seat }: PlayerOptions) {
    this.#app = app
    this.#clock = clock
    this.id = id
    this.#credentials = credentials
    this.#desk = seat
    this.#seat = seat
  }

  /**
   * Does something, signed in. A fresh code is given where one is asked for, and `reason` where that is: then
   * it is done again. Rejects as the procedure does.
   */
  async does<T>(work: (caller: Caller) => Promise<T>, reason = 'A full day'): Promise<T> {
    await this.#signInIfNeeded()
    this.#last = this.#clock.now().getTime()
    try {
      return await work(this.#caller())
    } catch (error) {
      const { code: asked } = toChartwardError(error)
      if (asked !== 'STEP_UP_REQUIRED' && asked !== 'REASON_REQUIRED') throw error
      const code = this.code()
      if (asked === 'STEP_UP_REQUIRED') await this.#caller().auth.stepUp({ code })
      else await this.#caller().auth.explainAccess({ reason, code })
      return work(this.#caller())
    }
  }

  /**
   * Tries what comes to nothing, for the reason that is expected. Rejects for any other, and where it is
   * done.
   */
  async fails(expected: ChartwardCode, work: (caller: Caller) => Promise<unknown>): Promise<void> {
    const code = await this.does(work).then(
      () => 'done',
      (error: unknown) => toChartwardError(error).code,
    )
    if (code !== expected) throw new Error(`Expected ${expected}, and it was ${code}.`)
  }

  /** A request in this session that is no procedure: a download. */
  async request<T>(work: (request: RequestContext) => Promise<T>): Promise<T> {
    await this.does((caller) => caller.auth.session())
    return work(this.#request())
  }

  /** Without a session: a wrong password, or the way in of somebody who was invited. */
  async unknown<T>(work: (caller: Caller) => Promise<T>): Promise<T> {
    this.#token = null
    return work(this.#caller())
  }

  /** A password that is not theirs, which nobody is let in with. */
  async mistypes(): Promise<void> {
    const { email, password } = this.#credentials
    const code = await this.unknown((caller) => caller.auth.signIn({ email, password: `${password}+` })).then(
      () => 'done',
      (error: unknown) => toChartwardError(error).code,
    )
    if (code !== 'WRONG_CREDENTIALS') throw new Error(`A wrong password was answered by ${code}.`)
  }

  /** From now on they work from somewhere else; left out, from their desk. */
  movesTo(seat: Seat = this.#desk): void {
    this.#seat = seat
    this.#token = null
  }

  /** Follows an invitation's link, sets a password, and enrols an authenticator. */
  async enrols(invitationUrl: string, password: string): Promise<void> {
    const token = invitationUrl.slice(invitationUrl.indexOf('#') + 1)
    await this.unknown((caller) => caller.auth.invitation({ token }))
    await this.#caller().auth.acceptInvitation({ token, password })
    const { secret: totpSecret } = await this.#caller().auth.startEnrolment()
    await this.#caller().auth.finishEnrolment({ code: this.code(totpSecret) })
    this.#credentials = { ...this.#credentials, password, totpSecret }
    this.#since = this.#clock.now().getTime()
    this.#last = this.#since
  }

  /** The code that their authenticator shows; it waits for the next where it has given this one. */
  code(secret = this.#credentials.totpSecret): string {
    let now = this.#clock.now().getTime()
    if (Math.floor(now / TOTP_MS) <= this.#codeStep) {
      this.#clock.advanceTo((this.#codeStep + 1) * TOTP_MS + 1000)
      now = this.#clock.now().getTime()
    }
    this.#codeStep = Math.floor(now / TOTP_MS)
    return totpCode(secret, new Date(now))
  }

  async signsOut(): Promise<void> {
    if (!this.#isSignedIn()) return
    await this.#caller().auth.signOut()
    this.#token = null
  }

  #isSignedIn(): boolean {
    const now = this.#clock.now().getTime()
    return this.#token !== null && now - this.#last < IDLE_MS && now - this.#since < SESSION_MS
  }

  async #signInIfNeeded(): Promise<void> {
    if (this.#isSignedIn()) return
    const { email, password } = this.#credentials
    this.#since = this.#clock.now().getTime()
    await this.#caller().auth.signIn({ email, password })
    await this.#caller().auth.verifyTotp({ code: this.code() })
  }

  #caller(): Caller {
    return callerOf(this.#request())
  }

  #request(): RequestContext {
    const app = this.#app
    const token = this.#token
    const seat = this.#seat
    const browser = `${seat.ip} ${seat.userAgent}`
    let found: Promise<SignedIn | null> | null = null
    return {
      app,
      ...this.#seat,
      requestId: newId(),
      token,
      background: false,
      setToken: (next) => {
        this.#token = next
      },
      deviceToken: this.#devices.get(browser) ?? null,
      setDeviceToken: (next) => void this.#devices.set(browser, next),
      // Once a request, as the server does: a step-up in it gives the browser another token.
      signedIn: () => {
        found ??=
          token === null ? Promise.resolve(null) : findSignedIn(app, token, { background: false, from: seat })
        return found
      },
    }
  }
}
