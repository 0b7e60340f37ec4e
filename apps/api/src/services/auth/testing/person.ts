import type { UserId } from '@chartward/policy'
import type { App } from '../../../app.ts'
import { Gate } from '../../../core/gate.ts'
import { newId } from '../../../core/ids.ts'
import type { RequestContext } from '../../../guard/request-context.ts'
import { browserOf } from '../../../testing/sign-in.ts'
import type { TestApp } from '../../../testing/test-app.ts'
import { createCallerFactory, router } from '../../../trpc/trpc.ts'
import { approvalsRouter } from '../../approvals/router.ts'
import { noticesRouter } from '../../notices/router.ts'
import { sessionsRouter } from '../../sessions/router.ts'
import { createDemoUser } from '../../users/create-demo-user.ts'
import { usersRouter } from '../../users/router.ts'
import { authRouter } from '../router.ts'
import { totpCode } from '../totp.ts'

/** A real caller of the procedures about accounts, for one browser. */
export const callerOf = createCallerFactory(
  router({
    auth: authRouter,
    users: usersRouter,
    sessions: sessionsRouter,
    approvals: approvalsRouter,
    notices: noticesRouter,
  }),
)

type Caller = ReturnType<typeof callerOf>

/** A hash of no terms: for whoever is refused before it is looked at. */
export const NO_TERMS = '0'.repeat(64)

/** As a person does: whoever decides has looked at what is asked for just before. */
export const looking = ({ list, get, approve, reject }: Caller['approvals']) => {
  const shown = async (id: string): Promise<string> => {
    try {
      return (await get({ id })).hash
    } catch {
      return NO_TERMS
    }
  }
  return {
    list,
    get,
    approve: async (input: { id: string; reason?: string }) =>
      approve({ ...input, hash: await shown(input.id) }),
    reject: async (input: { id: string; reason: string }) =>
      reject({ ...input, hash: await shown(input.id) }),
  }
}

export const PASSWORD = 'Nine-quiet-0tters!'

/** Moves the test's clock on, by a TOTP step unless told: each step's code counts once. */
export const wait = (t: TestApp, milliseconds = 30_000): void => {
  t.now = new Date(t.now.getTime() + milliseconds)
}

export interface Person {
  readonly id: UserId
  readonly email: string
  /** The code that their authenticator shows now. */
  code(): string
}

/** Somebody with the password above and a factor. */
export const newPerson = async (app: App, role = 'nurse'): Promise<Person> => {
  const email = `${newId()}@example.test`
  const { id, totpSecret } = await createDemoUser(app, {
    email,
    displayName: 'Ada Bee',
    role,
    password: PASSWORD,
  })
  return { id, email, code: () => totpCode(totpSecret, app.clock()) }
}

interface Browser {
  readonly context: RequestContext
  readonly caller: Caller
}

export const newBrowser = (app: App): Browser => {
  const context = browserOf(app)
  return { context, caller: callerOf(context) }
}

/** A browser in which somebody has come as far as the factor. */
export const afterPassword = async (app: App, { email }: Person): Promise<Browser> => {
  const browser = newBrowser(app)
  await browser.caller.auth.signIn({ email, password: PASSWORD })
  return browser
}

/** A browser in which somebody is fully signed in. */
export const fullySignedIn = async (app: App, person: Person): Promise<Browser> => {
  const browser = await afterPassword(app, person)
  await browser.caller.auth.verifyTotp({ code: person.code() })
  return browser
}

/**
 * The application with hashing that is done, and then holds its caller until the test lets go: what comes
 * between can happen.
 */
export const holdHashing = (app: App): { held: App; hashed: Promise<void>; letGo: () => void } => {
  const done = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  class HeldGate extends Gate {
    override async run<T>(work: () => Promise<T>): Promise<T> {
      const result = await work()
      done.resolve()
      await gate.promise
      return result
    }
  }
  const hashing = new HeldGate({ atOnce: 1, mostWaiting: 1 })
  return { held: { ...app, hashing }, hashed: done.promise, letGo: () => gate.resolve() }
}
