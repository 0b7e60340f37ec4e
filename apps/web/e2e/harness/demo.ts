import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { Authenticator } from './authenticator.ts'
import { type BrowserWindow, launchBrowser, openWindow, takePicture } from './browser.ts'
import { type Installation, makeInstallation } from './installation.ts'
import { type Person, signIn } from './sign-in.ts'

interface DemoAccounts {
  readonly accounts: readonly {
    readonly role: string
    readonly displayName: string
    readonly email: string
    readonly password: string
    readonly totpSecret: string
  }[]
}

/** The demo as `pnpm start` has it, with somebody of each role signed in, in a window of their own. */
export interface Demo<Role extends string> {
  readonly installation: Installation
  readonly browser: Browser
  readonly windows: ReadonlyMap<Role, BrowserWindow>
  personOf(role: Role): Person
  windowOf(role: Role): BrowserWindow
  /** Keeps a picture of every window, for whoever asks why a test has failed. */
  picture(name: string): Promise<void>
  close(): Promise<void>
}

interface Options {
  readonly patients: number
  /** What an operator would give in the environment. */
  readonly settings?: Readonly<Record<string, string>>
}

/** Starts it, and leaves nothing running where that fails. */
export const openDemo = async <Role extends string>(
  roles: readonly Role[],
  { patients, settings }: Options,
): Promise<Demo<Role>> => {
  const installation = await makeInstallation(settings)
  const { port, folder, url } = installation
  const browser = await launchBrowser()
  const close = async (): Promise<void> => {
    await browser.close()
    await installation.remove()
  }
  const people = new Map<Role, Person>()
  const windows = new Map<Role, BrowserWindow>()
  try {
    // Without a past: what is counted here is what the test has done.
    await installation.start(
      'demo',
      ...['--port', String(port), '--data', folder, '--patients', String(patients), '--activity', 'none'],
    )
    const { accounts }: DemoAccounts = JSON.parse(await readFile(join(folder, 'demo-accounts.json'), 'utf8'))
    for (const role of roles) {
      const account = accounts.find((one) => one.role === role)
      if (account === undefined) throw new Error(`The demo has no ${role}.`)
      const { displayName: name, email, password, totpSecret } = account
      const door = role === 'patient' ? ({ door: 'patient' } as const) : {}
      const person = { name, email, ...door, password, authenticator: new Authenticator(totpSecret) }
      const window = await openWindow(browser, url)
      people.set(role, person)
      windows.set(role, window)
      await signIn(window.page, person)
    }
  } catch (error) {
    await close()
    throw error
  }
  const of = <Value>(values: ReadonlyMap<Role, Value>, role: Role): Value => {
    const value = values.get(role)
    if (value === undefined) throw new Error(`No ${role} is signed in.`)
    return value
  }
  return {
    installation,
    browser,
    windows,
    personOf: (role) => of(people, role),
    windowOf: (role) => of(windows, role),
    picture: async (name) => {
      for (const [role, { page }] of windows) await takePicture(page, `${name}-${role}`)
    },
    close,
  }
}
