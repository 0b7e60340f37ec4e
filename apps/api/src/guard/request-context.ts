import type { App } from '../app.ts'
import type { ChartwardError } from '../core/errors.ts'
import type { SignedIn } from '../sessions/session.ts'

/** One HTTP request, before anybody knows who made it. */
export interface RequestContext {
  readonly app: App
  readonly requestId: string
  readonly ip: string
  readonly userAgent: string | null
  /** The session cookie's token, or null. */
  readonly token: string | null
  /** The token by which this browser is known again, or null: it lets nobody in. */
  readonly deviceToken: string | null
  /** True for what the page does of itself (polling): it must not keep a session alive. */
  readonly background: boolean
  /** What all calls of the request are refused by, before any is begun. */
  readonly refusal?: ChartwardError | undefined
  /** Sets the session cookie, or (null) clears it and everything that the browser keeps of this site. */
  setToken(token: string | null): void
  /** Has the browser keep the token by which it is known again, from now on for as long as one is. */
  setDeviceToken(token: string): void
  /** Who made the request: looked up once, whatever a batch asks for. */
  signedIn(): Promise<SignedIn | null>
}
